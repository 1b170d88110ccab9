using VoiceClean.Errors;

namespace VoiceClean.Web.Http;

/// <summary>How one reason is answered over HTTP.</summary>
/// <param name="Reason">The stable code.</param>
/// <param name="ExitCode">What the command line would return for it; null for what only a server knows.</param>
/// <param name="Status">The status of the answer; 499 is never sent, it stands in the log.</param>
/// <param name="IsRetryable">Whether the same request may succeed later.</param>
/// <param name="RetryAfter">What the header Retry-After says [s]; null = none, or what the moment gives.</param>
internal sealed record ReasonStatus(
    string Reason,
    int? ExitCode,
    int Status,
    bool IsRetryable = false,
    int? RetryAfter = null)
{
    private const int Usage = 2, Refused = 3, Input = 4, Output = 5, Internal = 70, Temporary = 75, Stopped = 130;

    /// <summary>Every reason there is, and its answer: the one list.</summary>
    public static IReadOnlyList<ReasonStatus> All { get; } =
    [
        new(ReasonCodes.BadOptions, Usage, 400),

        // Record again: the same bytes will be refused again.
        new(ReasonCodes.Silent, Refused, 422),
        new(ReasonCodes.NoSpeech, Refused, 422),
        new(ReasonCodes.SnrTooLow, Refused, 422),
        new(ReasonCodes.TooShort, Refused, 422),
        new(ReasonCodes.Clipped, Refused, 422),
        new(ReasonCodes.Damaged, Refused, 422),

        new(ReasonCodes.DecodeFailed, Input, 400),
        new(ReasonCodes.Truncated, Input, 400),
        new(ReasonCodes.EmptyFile, Input, 400),
        new(ReasonCodes.NoSuchTrack, Input, 400),
        new(ReasonCodes.UnsupportedFormat, Input, 415),
        new(ReasonCodes.TooLong, Input, 413),
        new(ReasonCodes.TooLarge, Input, 413),
        new(ReasonCodes.Timeout, Input, 504),

        // A client names no file, so these are about files of the server's own.
        new(ReasonCodes.NotFound, Input, 500),
        new(ReasonCodes.OutputExists, Output, 500),
        new(ReasonCodes.NameCollision, Output, 500),
        new(ReasonCodes.NameTooLong, Output, 500),
        new(ReasonCodes.UnreadableName, Output, 500),
        new(ReasonCodes.OutsideOutputRoot, Output, 500),
        new(ReasonCodes.InputIsOutput, Output, 500),
        new(ReasonCodes.OutputClosed, Output, 500),
        new(ReasonCodes.PermissionDenied, Output, 500),
        new(ReasonCodes.InternalError, Internal, 500),

        new(ReasonCodes.NoSpace, Temporary, 503, true, 30),
        new(ReasonCodes.IoError, Temporary, 503, true, 30),
        new(ReasonCodes.OutOfMemory, Temporary, 503, true, 30),
        new(ReasonCodes.Cancelled, Stopped, 503, true, 1),

        new(HttpReasons.Busy, Temporary, 503, true),
        new(HttpReasons.Draining, Temporary, 503, true, 1),
        new(HttpReasons.TokenLimit, null, 429, true),
        new(HttpReasons.SlowBody, null, 408, true),
        new(HttpReasons.BadBody, Input, 400),
        new(HttpReasons.ClientGone, Stopped, 499),
        new(HttpReasons.Unauthorized, null, 401),
        new(HttpReasons.NoRoute, null, 404),
        new(HttpReasons.WrongMethod, null, 405),
        new(HttpReasons.WrongHost, null, 421),
        new(HttpReasons.WrongOrigin, null, 403),
        new(HttpReasons.WrongType, null, 415),
        new(HttpReasons.ReadOnly, null, 403),
        new(HttpReasons.Superseded, null, 409),
        new(HttpReasons.NotExact, null, 409),
        new(HttpReasons.NotOpen, null, 404),
    ];

    private static readonly Dictionary<string, ReasonStatus> ByReason = All.ToDictionary(r => r.Reason);

    /// <summary>
    /// The answer to a reason. One that is in no list (a stage or a decoder of somebody else's) is answered by who has
    /// to act.
    /// </summary>
    /// <param name="reason">The stable code.</param>
    /// <param name="kind">Who has to act; null = a bug, or nobody.</param>
    public static ReasonStatus Of(string reason, ErrorKind? kind = null) =>
        ByReason.GetValueOrDefault(reason) ?? kind switch
        {
            ErrorKind.Usage => new(reason, Usage, 400),
            ErrorKind.Refused => new(reason, Refused, 422),
            ErrorKind.Input => new(reason, Input, 400),
            ErrorKind.Output => new(reason, Output, 500),
            ErrorKind.Temporary => new(reason, Temporary, 503, true, 30),
            _ => new(reason, Internal, 500),
        };
}
