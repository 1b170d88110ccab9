namespace VoiceClean.Errors;

/// <summary>
/// The stable codes of failures and refusals, as they stand in reports. Never translated, never renamed.
/// </summary>
public static class ReasonCodes
{
#pragma warning disable CS1591 // The name is the code; the message that travels with it explains.
    public const string DecodeFailed = "decode_failed";
    public const string Truncated = "truncated";
    public const string UnsupportedFormat = "unsupported_format";
    public const string EmptyFile = "empty_file";
    public const string NoSuchTrack = "no_such_track";
    public const string TooLong = "too_long";
    public const string TooLarge = "too_large";
    public const string Timeout = "timeout";
    public const string Silent = "silent";
    public const string NoSpeech = "no_speech";
    public const string SnrTooLow = "snr_too_low";
    public const string TooShort = "too_short";
    public const string Clipped = "clipped";
    public const string Damaged = "damaged";
    public const string OutputExists = "output_exists";
    public const string NameCollision = "name_collision";
    public const string NameTooLong = "name_too_long";
    public const string UnreadableName = "unreadable_name";
    public const string OutsideOutputRoot = "outside_output_root";
    public const string InputIsOutput = "input_is_output";
    public const string OutputClosed = "output_closed";
    public const string PermissionDenied = "permission_denied";
    public const string NoSpace = "no_space";
    public const string IoError = "io_error";
    public const string OutOfMemory = "out_of_memory";
    public const string Cancelled = "cancelled";
    public const string InternalError = "internal_error";
    public const string NotFound = "not_found";
    public const string BadOptions = "bad_options";
#pragma warning restore CS1591
}
