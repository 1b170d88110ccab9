using System.CommandLine;
using VoiceClean.Cli.Commands;
using VoiceClean.Cli.Output;
using VoiceClean.Errors;

namespace VoiceClean.Cli;

/// <summary>Words in, exit code out.</summary>
internal static class Program
{
    private static readonly ParserConfiguration Parser = new()
    {
        ResponseFileTokenReplacer = null,
        EnablePosixBundling = false,
    };

    private static int Main(string[] args)
    {
        try
        {
            if (args is ["help", "tuning"])
            {
                Console.Out.Write(HelpText.OfTuning());
                return ExitCodes.Ok;
            }

            RootCommand root = Root.Build();
            ParseResult parsed = root.Parse(Root.Complete(root, args), Parser);
            if (parsed.Errors.Count > 0)
            {
                string usage = (parsed.CommandResult.Command as OptionCommand)?.Usage ?? "voiceclean --help";
                string message = parsed.Errors[0].Message;
                Screen.Error(
                    parsed.UnmatchedTokens is [var extra, ..]
                        ? $"'{extra}' is one word too many; it goes like this: {usage}"
                    : message.StartsWith("Required", StringComparison.Ordinal)
                        ? $"a word is missing; it goes like this: {usage}"
                    : $"{message} ('voiceclean --help' lists the options)");
                return ExitCodes.Usage;
            }

            return parsed.Invoke(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }
            );
        }
        catch (VoiceCleanException e)
        {
            Screen.Error(e.Message);
            return ExitCodes.Of(e.Kind);
        }
#pragma warning disable CA1031 // The last line of defence: whatever escapes is a bug of ours and says so.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Console.Error.WriteLine(
                $"voiceclean: a bug of ours; please report this with the output of 'voiceclean doctor':\n{e}");
            return ExitCodes.Internal;
        }
    }
}
