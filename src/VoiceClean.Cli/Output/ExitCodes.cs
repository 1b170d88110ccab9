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

    /// <summary>What the codes mean, for README and manual.</summary>
    public static readonly (string Code, string Meaning)[] All =
    [
        ("0", "everything is done or already up to date"),
        (
            "1",
            "a batch ended, at least one file failed (see the report), `--transcribe` gave no text for a clip, or "
                + "shards of a set that is checked are missing"),
        ("2", "wrong command line or options; nothing was touched"),
        ("3", "refused by the quality gate"),
        ("4", "input missing, unreadable, unsupported or corrupt"),
        ("5", "output exists, collides, is not permitted, would overwrite an input, or its reader went away"),
        ("70", "a bug of ours"),
        ("75", "temporary: disk full, I/O error, lock held; try again"),
        ("130, 143, 129", "stopped by SIGINT, SIGTERM, SIGHUP, within 2 s; the same command continues"),
    ];

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
