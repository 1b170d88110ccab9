using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Datasets;

namespace VoiceClean.Reporting;

/// <summary>
/// The records of one or several runs, merged: of each input the latest verdict, and what is known to be missing.
/// Made by <see cref="RecordReader"/>.
/// </summary>
internal sealed class RunRecords
{
    private readonly IReadOnlyList<RecordSource> _sources;

    /// <summary>Puts together what was read.</summary>
    /// <param name="sources">Where it came from; still readable.</param>
    /// <param name="rows">Of each input the latest.</param>
    public RunRecords(IReadOnlyList<RecordSource> sources, IReadOnlyList<RecordRow> rows)
    {
        (_sources, Rows) = (sources, rows);
        // Of some of the runs only it would mislead.
        Summary = CountOf(rows, sources.All(s => s.Summary is not null) ? sources.Sum(s => s.Summary!.WallS) : 0);
        Settings = [.. Kinds(r => r.Settings)];
        Tools = [.. Kinds(r => r.Tool)];
        IsMeasured = rows.Any(r => r.LufsBefore is not null || r.LufsAfter is not null);
    }

    /// <summary>One row an input, in the order in which they were read first.</summary>
    public IReadOnlyList<RecordRow> Rows { get; }

    /// <summary>How many ended how.</summary>
    public RunSummary Summary { get; }

    /// <summary>SHA-256 of the settings, the most frequent first.</summary>
    public IReadOnlyList<string> Settings { get; }

    /// <summary>Versions, the most frequent first.</summary>
    public IReadOnlyList<string> Tools { get; }

    /// <summary>Whether anything was measured.</summary>
    public bool IsMeasured { get; }

    /// <summary>What a reader must know about these records.</summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];

    /// <summary>How the recordings were cleaned; null if no record says it.</summary>
    public CleaningOptions? Options { get; init; }

    /// <summary>The words of the command that does it again; empty if nobody said.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The training sets that came of it.</summary>
    public IReadOnlyList<SetRecords> Sets { get; init; } = [];

    /// <summary>The whole record of a row; null if it is not there any more.</summary>
    public ClipReport? ReadAgain(RecordRow row) => _sources[row.Place.Source].ReadAgain(row.Place);

    private IEnumerable<string> Kinds(Func<RecordRow, string?> of) =>
        Rows.Select(of)
            .OfType<string>()
            .CountBy(k => k)
            .OrderByDescending(k => k.Value)
            .ThenBy(k => k.Key, StringComparer.Ordinal)
            .Select(k => k.Key);

    private static RunSummary CountOf(IReadOnlyList<RecordRow> rows, double wallSeconds) => new()
    {
        Counts = Enum.GetValues<ClipStatus>()
            .ToDictionary(RunSummary.NameOf, s => rows.Count(r => r.Status == s)),
        Reasons = rows.Where(r => r.Reason is not null).CountBy(r => r.Reason!).ToDictionary(),
        Warnings = rows.Where(r => r.Status is ClipStatus.Ok or ClipStatus.Unchanged)
            .SelectMany(r => r.Warnings.Distinct())
            .CountBy(w => w)
            .ToDictionary(),
        AudioInS = rows.Sum(r => r.InputS ?? 0),
        AudioOutS = rows.Sum(r => r.OutputS ?? 0),
        WallS = wallSeconds,
    };
}

/// <summary>A training set as its records tell it.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Report">Its figures, made anew from the records.</param>
/// <param name="Recordings">What came of each recording.</param>
internal sealed record SetRecords(
    string Folder,
    DatasetReport Report,
    IReadOnlyList<RecordingRecord> Recordings);
