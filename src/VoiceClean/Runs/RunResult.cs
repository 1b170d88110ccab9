using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;

namespace VoiceClean.Runs;

/// <summary>An input that gave no result.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Path">As the user named it.</param>
/// <param name="Status">Rejected or failed.</param>
/// <param name="Reason">Stable code of the reason.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Kind">Who has to act; null for a fault of the program.</param>
internal sealed record FailedInput(
    string Id,
    string? Path,
    ClipStatus Status,
    string? Reason,
    string? Message,
    ErrorKind? Kind)
{
    /// <summary>The part of a report that says why there is no result.</summary>
    public static FailedInput Of(ClipReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new(report.Id, report.Input?.Path, report.Status, report.Reason, report.Message, report.Kind);
    }
}

/// <summary>How a run ended.</summary>
internal sealed record RunResult
{
    /// <summary>How many inputs ended how, and why.</summary>
    public required RunSummary Summary { get; init; }

    /// <summary>Rejected and failed inputs in the order of the plan; not those that the run did not come to.</summary>
    public IReadOnlyList<FailedInput> Failed { get; init; } = [];

    /// <summary>
    /// Paths of results of earlier runs that stay although their recordings are gone; empty where the run was stopped.
    /// </summary>
    public IReadOnlyList<string> Left { get; init; } = [];

    /// <summary>From the first input to the last line of the journal.</summary>
    public TimeSpan WallTime { get; init; }

    /// <summary>Something failed that may succeed later: a full disk, an I/O error.</summary>
    public bool HasTemporaryFailure { get; init; }

    /// <summary>A result was written with a warning.</summary>
    public bool HasWarnings { get; init; }

    /// <summary>
    /// Asked to stop, or given up, before every input was done: some have the verdict "cancelled". The same run again
    /// goes on from here.
    /// </summary>
    public bool IsStopped { get; init; }

    /// <summary>Number of inputs that ended with a verdict.</summary>
    public int Count(ClipStatus status) => Summary.Count(status);
}
