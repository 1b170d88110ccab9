using VoiceClean.Errors;

namespace VoiceClean.Cleaning.Reports;

/// <summary>
/// Reports of inputs whose verdict is reached outside the pipeline: not opened, not finished, given up.
/// </summary>
internal static class OutsideReports
{
    /// <summary>It fails without being opened.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="path">As the user named it.</param>
    /// <param name="failure">Why.</param>
    public static ClipReport Failed(string id, string path, VoiceCleanException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return Failed(id, path, failure.Code, failure.Message) with { Kind = failure.Kind };
    }

    /// <summary>The run was stopped while it was worked on.</summary>
    internal static ClipReport Stopped(string id, string path) =>
        Failed(id, path, ReasonCodes.Cancelled, "Stopped before it was done; nothing was written.") with
        {
            Status = ClipStatus.Stopped,
        };

    /// <summary>The run was stopped before it came to it.</summary>
    internal static ClipReport NotBegun(string id, string path) =>
        Failed(id, path, ReasonCodes.Cancelled, "The run was stopped before it came to this.") with
        {
            Status = ClipStatus.NotBegun,
        };

    /// <summary>It took too long.</summary>
    internal static ClipReport TimedOut(string id, string path, TimeSpan limit) =>
        Failed(
            id,
            path,
            ReasonCodes.Timeout,
            FormattableString.Invariant($"{path} took longer than {limit.TotalSeconds:0.###} s and was given up."));

    /// <summary>The work on it threw what it must not throw.</summary>
    internal static ClipReport Bug(string id, string path, Exception exception) =>
        OutOfMemory.IsCause(exception)
            ? Failed(id, path, new VoiceCleanException(
                ErrorKind.Temporary,
                ReasonCodes.OutOfMemory,
                OutOfMemory.Sentence,
                exception))
            : Failed(
            id,
            path,
            ReasonCodes.InternalError,
            $"A bug of ours ({exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}); "
                + "please report it.") with
            {
                Exception = exception,
            };

    /// <summary>A verdict without anything measured.</summary>
    internal static ClipReport Unmeasured(string id, string path, ClipStatus status) => new()
    {
        Id = id,
        Status = status,
        Input = new FileFacts { Path = path },
    };

    private static ClipReport Failed(string id, string path, string reason, string message) =>
        Unmeasured(id, path, ClipStatus.Failed) with
        {
            Reason = reason,
            Message = message,
        };
}
