using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Runs;

namespace VoiceClean.Cli.Output;

/// <summary>What a batch says to its caller.</summary>
internal static class BatchExitCode
{
    /// <summary>
    /// The most urgent of what happened: stopped by a signal, reader gone, worth another try, failed, refused.
    /// </summary>
    /// <param name="result">How the batch ended.</param>
    /// <param name="failOn">"error", "rejected", "warning" or "never".</param>
    /// <param name="signal">128 + the number of the signal that stopped it.</param>
    /// <param name="linesFailure">Why the JSON lines could not be written on: their reader went away, the disk is
    /// full.</param>
    public static int Of(RunResult result, string failOn, int? signal, ErrorKind? linesFailure)
    {
        if (signal is { } code && (result.IsStopped || linesFailure is not null))
        {
            return code;
        }

        if (linesFailure is { } kind)
        {
            return ExitCodes.Of(kind);
        }

        if (result.HasTemporaryFailure)
        {
            return ExitCodes.Temporary;
        }

        return failOn switch
        {
            "never" => ExitCodes.Ok,
            _ when result.Count(ClipStatus.Failed) > 0 => ExitCodes.SomeFailed,
            "rejected" or "warning" when result.Count(ClipStatus.Rejected) > 0 => ExitCodes.Refused,
            "warning" when result.HasWarnings => ExitCodes.SomeFailed,
            _ => ExitCodes.Ok,
        };
    }
}
