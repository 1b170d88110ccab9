using System.CommandLine;
using VoiceClean.Cli.Commands;
using VoiceClean.Cli.Output;

namespace VoiceClean.Cli;

/// <summary>Words in, exit code out.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        try
        {
            RootCommand root = Root.Build();
            string[] words = Root.Complete(root, args);
            if (Root.FindUnknownOption(root, words) is { } unknown)
            {
                Console.Error.WriteLine(
                    $"voiceclean: there is no option {unknown} ('voiceclean {words[0]} --help' lists them; a file of that name is written ./{unknown})"
                );
                return ExitCodes.Usage;
            }

            ParseResult parsed = root.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0)
            {
                Console.Error.WriteLine(
                    $"voiceclean: {parsed.Errors[0].Message} ('voiceclean --help' lists the options)");
                return ExitCodes.Usage;
            }

            return parsed.Invoke(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }
            );
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
