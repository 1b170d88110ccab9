using VoiceClean.Datasets.Transcripts;
using VoiceClean.Errors;
using VoiceClean.Runs;
using VoiceClean.Runs.Selection;

namespace VoiceClean.Datasets;

/// <summary>Everything that was found for a set, and what stands in its way. Nothing has been touched.</summary>
/// <param name="Selection">The recordings of all shards, and what was left out.</param>
/// <param name="All">The recordings with speaker and stem, those of other shards included.</param>
/// <param name="Items">Those of this run's shard.</param>
/// <param name="Transcripts">What is said in them.</param>
/// <param name="Obstacle">Why the run cannot start; null if it can.</param>
internal sealed record SetPlan(
    FileSelection Selection,
    SetRecordings All,
    IReadOnlyList<DatasetItem> Items,
    TranscriptIndex Transcripts,
    VoiceCleanException? Obstacle)
{
    /// <summary>
    /// How many recordings all shards have together, those aside that do not say by their names that they are audio.
    /// </summary>
    public int Total => All.Count - Selection.CountWithoutName;

    /// <summary>No recordings were named: the clips of a finished set get texts, and nothing else is done.</summary>
    public bool IsFinishedSet { get; init; }
}

/// <summary>How the making of a set ended.</summary>
/// <param name="Run">How the recordings ended.</param>
/// <param name="Report">The set as it stands now, what earlier runs and other shards made included.</param>
/// <param name="ForeignFiles">Files in the folders of clips that are none of the set: a trainer would read them
/// too.</param>
internal sealed record SetResult(RunResult Run, DatasetReport Report, IReadOnlyList<string> ForeignFiles)
{
    /// <summary>Recordings that left the set, because their files are gone.</summary>
    public IReadOnlyList<string> Gone { get; init; } = [];

    /// <summary>Clips that somebody had deleted and that were made again.</summary>
    public IReadOnlyList<string> Remade { get; init; } = [];

    /// <summary>Recordings in the set that this run did not look at.</summary>
    public int OtherRecordings { get; init; }

    /// <summary>Whether the command for speech recognition gave no text for some clip.</summary>
    public bool HasUntranscribed => Report.Texts?.Problems.Any(p => p.Code == TextProblems.CommandFailed) == true;
}
