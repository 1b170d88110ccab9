using System.CommandLine;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Output;
using VoiceClean.Errors;

namespace VoiceClean.Cli.Commands;

/// <summary>What a command works with: what was chosen, the screen, the signals.</summary>
/// <param name="Parsed">The words, for the arguments.</param>
/// <param name="Options">The options of the command.</param>
/// <param name="Run">What was chosen about the run.</param>
/// <param name="Screen">Standard error.</param>
/// <param name="Signals">What may stop it.</param>
internal sealed record CommandContext(
    ParseResult Parsed,
    CommandOptions Options,
    RunSettings Run,
    Screen Screen,
    StopSignals Signals)
{
    /// <summary>What was chosen about the sound.</summary>
    /// <exception cref="VoiceCleanException">A variable or the configuration file is wrong.</exception>
    public CleaningOptions ReadCleaning()
    {
        CleaningOptions options = Options.ReadCleaning(Parsed, Run, Environment.GetEnvironmentVariable);
        return StandardChain.FindGap(options.Stages, options) is { } gap
            ? throw new VoiceCleanException(
                ErrorKind.Usage,
                ReasonCodes.BadOptions,
                $"--stages {string.Join(',', options.Stages)}: {gap}.")
            : options;
    }
}

/// <summary>
/// What stands around the work of every command: options, screen, signals, and failures that become one sentence and an
/// exit code.
/// </summary>
internal static class CommandFrame
{
    /// <summary>Runs <paramref name="work"/>.</summary>
    public static int Run(ParseResult parsed, CommandOptions options, Func<CommandContext, int> work)
    {
        using var signals = new StopSignals();
        try
        {
            RunSettings run = options.ReadRun(parsed, Environment.GetEnvironmentVariable);
            using var screen = new Screen(run);
            if (!run.Quiet)
            {
                EnvironmentVariables
                    .Misspelt(Environment.GetEnvironmentVariables().Keys.Cast<string>())
                    .ToList()
                    .ForEach(Screen.Line);
            }

            return work(new CommandContext(parsed, options, run, screen, signals));
        }
        catch (OperationCanceledException) when (signals.ExitCode is not null)
        {
            return signals.ExitCode.Value;      // while looking for inputs: nothing has been touched
        }
        catch (VoiceCleanException e)
        {
            Screen.Error(e.Message);
            return ExitCodes.Of(e.Kind);
        }
    }
}
