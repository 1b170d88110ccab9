using VoiceClean.Errors;
using VoiceClean.Runs.Selection;

namespace VoiceClean.Runs.Planning;

/// <summary>One input of a batch and where its result goes.</summary>
internal sealed record PlanItem
{
    /// <summary>Relative path of the input with '/'; see <see cref="SelectedFile"/>.</summary>
    public required string Id { get; init; }

    /// <summary>The input as the user can open it.</summary>
    public required string InputPath { get; init; }

    /// <summary>Relative path of the result with '/', unique in the batch: the key of the journal.</summary>
    public required string Output { get; init; }

    /// <summary>The result as the user can open it.</summary>
    public required string OutputPath { get; init; }

    /// <summary>Why this input fails without being opened, null for the usual case.</summary>
    public VoiceCleanException? Failure { get; init; }
}

/// <summary>Something that keeps the whole batch from starting.</summary>
/// <param name="Item">The input concerned.</param>
/// <param name="Failure">What is wrong, with its code.</param>
internal sealed record PlanProblem(PlanItem Item, VoiceCleanException Failure);

/// <summary>What happens if two inputs would become one file.</summary>
internal enum CollisionPolicy
{
    /// <summary>Nothing starts (the default).</summary>
    Fail,

    /// <summary>The second and later ones, in the order of the plan, get "-2", "-3" … behind their stem.</summary>
    Suffix,
}

/// <summary>Every input with its place in the output, found before any work.</summary>
/// <param name="Items">In the order of the plan, which is the order of the report: by id, ordinal. Only those of the
/// shard asked for.</param>
/// <param name="Problems">Empty, or the batch must not start. Looked for over all shards, so that all of them
/// agree.</param>
internal sealed record BatchPlan(IReadOnlyList<PlanItem> Items, IReadOnlyList<PlanProblem> Problems);
