using System.CommandLine;
using VoiceClean.Cli.Output;
using VoiceClean.Errors;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// What stands around the work of every command on many files: screen, signals, and failures that become one sentence
/// and an exit code.
/// </summary>
internal static class CommandFrame
{
    /// <summary>Runs <paramref name="work"/>.</summary>
    public static int Run(ParseResult parsed, RunOptions options, Func<ParseResult, Screen, StopSignals, int> work)
    {
        using var screen = new Screen(parsed, options);
        using var signals = new StopSignals();
        try
        {
            return work(parsed, screen, signals);
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
