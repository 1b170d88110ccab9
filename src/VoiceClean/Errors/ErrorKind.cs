namespace VoiceClean.Errors;

/// <summary>Who has to act on a failure. The command line maps each kind to one exit code.</summary>
public enum ErrorKind
{
    /// <summary>Options that contradict each other or name something unknown (exit code 2).</summary>
    Usage,

    /// <summary>The quality gate refused the recording (exit code 3).</summary>
    Refused,

    /// <summary>The input is missing, unreadable, unsupported or corrupt (exit code 4).</summary>
    Input,

    /// <summary>The output exists, is not permitted, or would overwrite an input (exit code 5).</summary>
    Output,

    /// <summary>Disk full, I/O error, lock held: the same command may succeed later (exit code 75).</summary>
    Temporary,
}
