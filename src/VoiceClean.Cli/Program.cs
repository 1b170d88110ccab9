using System.CommandLine;
using System.Text;
using VoiceClean.Cli.Commands;
using VoiceClean.Cli.Output;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.SoundFile;

namespace VoiceClean.Cli;

/// <summary>Words in, exit code out.</summary>
internal static class Program
{
    private static readonly ParserConfiguration Parser = new()
    {
        ResponseFileTokenReplacer = null,
        EnablePosixBundling = false,
    };

    private static readonly byte[] NoMemory = Encoding.UTF8.GetBytes($"voiceclean: {OutOfMemory.Sentence}\n");

    private static int Main(string[] args)
    {
        StandardDescriptors.Plug();
        StandardError.Install();
        LibraryNotes.AreUnwanted = true;
        StopSignals.IgnoreFileSizeSignal();
        AppDomain.CurrentDomain.UnhandledException += (_, e) =>
        {
            if (OutOfMemory.IsCause(e.ExceptionObject as Exception))
            {
                EndWithoutMemory();
            }
        };
        int exitCode = Guard(() => Run(args));
        if (OutOfMemory.HasHappened)
        {
            StopSignals.EndNow(exitCode);
        }

        return exitCode;
    }

    private static int Guard(Func<int> run)
    {
        try
        {
            return run();
        }
        catch (VoiceCleanException e)
        {
            Screen.Error(e.Message);
            return ExitCodes.Of(e.Kind);
        }
        catch (Exception e) when (OutOfMemory.IsCause(e))
        {
            EndWithoutMemory();
            return ExitCodes.Temporary;
        }
        catch (FileNotFoundException) when (IsFolderGone())
        {
            Screen.Error("The folder in which this was started is gone; change into another one.");
            return ExitCodes.Of(ErrorKind.Input);
        }
#pragma warning disable CA1031 // The last line of defence: whatever escapes is a bug of ours and says so.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Console.Error.WriteLine(
                Tongue.Say("voiceclean: a bug of ours; please report this with the output of 'voiceclean doctor':")
                    + $"\n{e}");
            return ExitCodes.Internal;
        }
    }

    // Relative names mean nothing then, and the runtime cannot say so.
    private static bool IsFolderGone()
    {
        try
        {
            _ = Directory.GetCurrentDirectory();
            return false;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
    }

    // Without any help of the runtime, which needs memory for it.
    private static void EndWithoutMemory()
    {
        if (!OperatingSystem.IsWindows())
        {
            using var errors = new DescriptorStream(2);
            try
            {
                errors.Write(NoMemory);
            }
            catch (IOException)
            {
                // nobody left to tell
            }
        }

        StopSignals.EndNow(ExitCodes.Temporary);
    }

    private static int Run(string[] args)
    {
        Paint.ChooseFrom(args);
        args = Tongue.ChooseFrom(args, Environment.GetEnvironmentVariable);
        if (args is ["help", "tuning"])
        {
            return Print(HelpText.OfTuning());
        }

        if (args is [Completer.Word, .. var words])
        {
            return Print(Completer.Answer(words));
        }

        Command root = Root.BuildFor(args);
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

        using var text = new StringWriter();        // help, version, suggestions
        int exitCode = parsed.Invoke(
            new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = text,
            });
        return text.ToString() is { Length: > 0 } said ? Print(said) : exitCode;
    }

    private static int Print(string text)
    {
        StandardOutput.Write(stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        return ExitCodes.Ok;
    }
}
