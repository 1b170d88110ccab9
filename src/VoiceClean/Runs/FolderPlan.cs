using VoiceClean.Errors;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.State;

namespace VoiceClean.Runs;

/// <summary>Everything that was found for a run, and what stands in its way. Nothing has been touched.</summary>
/// <param name="Selection">The inputs, and what was left out.</param>
/// <param name="All">The inputs with their places, in the order of the report; those of other shards included where
/// they had to be looked at.</param>
/// <param name="Items">Those of this run's shard.</param>
/// <param name="Problems">Inputs that keep the whole run from starting.</param>
/// <param name="Obstacle">Why the run cannot start; null if it can.</param>
internal sealed record FolderPlan(
    FileSelection Selection,
    IReadOnlyList<PlanItem> All,
    IReadOnlyList<PlanItem> Items,
    IReadOnlyList<PlanProblem> Problems,
    VoiceCleanException? Obstacle)
{
    /// <summary>
    /// How many inputs all shards have together, those aside that do not say by their names that they are audio: a
    /// number that every shard finds alike if it sees the same folders.
    /// </summary>
    public required int Total { get; init; }
}

/// <summary>What a run would do about one input now.</summary>
/// <param name="Item">The input.</param>
/// <param name="Action">What would be done.</param>
internal sealed record PlannedStep(PlanItem Item, ResumeAction Action);
