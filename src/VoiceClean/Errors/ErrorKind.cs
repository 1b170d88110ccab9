namespace VoiceClean.Errors;

/// <summary>Who has to act on a failure.</summary>
public enum ErrorKind
{
    /// <summary>Options that contradict each other or name something unknown.</summary>
    Usage,

    /// <summary>The quality gate refused the recording.</summary>
    Refused,

    /// <summary>The input is missing, unreadable, unsupported or corrupt.</summary>
    Input,

    /// <summary>The output exists, is not permitted, or would overwrite an input.</summary>
    Output,

    /// <summary>Disk full, I/O error, lock held: the same command may succeed later.</summary>
    Temporary,
}
