using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;

namespace VoiceClean.Cli.Output;

/// <summary>What the process says to its caller.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int SomeFailed = 1;
    public const int Usage = 2;
    public const int Refused = 3;
    public const int Input = 4;
    public const int Output = 5;
    public const int Internal = 70;
    public const int Temporary = 75;

    /// <summary>The code of one kind of failure.</summary>
    public static int Of(ErrorKind kind) => kind switch
    {
        ErrorKind.Usage => Usage,
        ErrorKind.Refused => Refused,
        ErrorKind.Input => Input,
        ErrorKind.Output => Output,
        ErrorKind.Temporary => Temporary,
        _ => Internal,
    };

    /// <summary>A summary with the key <c>exit_code</c> at its end.</summary>
    /// <param name="summary">One line of JSON, an object.</param>
    /// <param name="exitCode">What the process returns.</param>
    public static string AddTo(string summary, int exitCode) =>
        FormattableString.Invariant($"{summary[..^1]},\"exit_code\":{exitCode}}}");

    /// <summary>The code of the verdict on a single file.</summary>
    public static int Of(ClipReport report) => report.Status is ClipStatus.Ok or ClipStatus.Unchanged
        ? Ok
        : report.Kind is { } kind ? Of(kind) : Internal;
}
