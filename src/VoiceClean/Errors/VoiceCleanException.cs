namespace VoiceClean.Errors;

/// <summary>
/// A failure that belongs to the outside world (a file, a disk, a hopeless recording), not to a programmer.
/// It is caught once per clip, so one bad file never stops a batch. Programmer mistakes throw argument exceptions
/// instead.
/// </summary>
public class VoiceCleanException : Exception
{
    /// <summary>Makes a failure.</summary>
    /// <param name="kind">Who has to act.</param>
    /// <param name="code">A stable snake_case code, usually one of <see cref="ReasonCodes"/>.</param>
    /// <param name="message">One sentence: what, where, what to do.</param>
    /// <param name="inner">The cause, if another exception told us.</param>
    public VoiceCleanException(ErrorKind kind, string code, string message, Exception? inner = null)
        : base(message, inner)
    {
        Kind = kind;
        Code = code;
    }

    /// <summary>Who has to act.</summary>
    public ErrorKind Kind { get; }

    /// <summary>The stable code of the reason, for reports and scripts.</summary>
    public string Code { get; }
}

/// <summary>
/// The clip cannot honestly be processed (silent, no speech, too noisy …). Nothing is written for it.
/// </summary>
public sealed class ClipRefusedException(string code, string message)
    : VoiceCleanException(ErrorKind.Refused, code, message);

/// <summary>The input is missing, unreadable, unsupported or corrupt.</summary>
public sealed class InputException(string code, string message, Exception? inner = null)
    : VoiceCleanException(ErrorKind.Input, code, message, inner);

/// <summary>The output exists, is not permitted, or would overwrite an input.</summary>
public sealed class OutputException(string code, string message, Exception? inner = null)
    : VoiceCleanException(ErrorKind.Output, code, message, inner);
