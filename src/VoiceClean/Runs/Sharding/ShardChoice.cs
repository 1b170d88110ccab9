namespace VoiceClean.Runs.Sharding;

/// <summary>What is known about the number of shards before a scheduler is asked.</summary>
/// <param name="Given">What the user says; null = nothing.</param>
/// <param name="Pinned">What the output was begun with; null = it was not begun.</param>
/// <param name="MayBePinned">Whether this run pins its number, so that a later submission of a part can find
/// it.</param>
internal readonly record struct KnownShardCount(int? Given, int? Pinned, bool MayBePinned);

/// <summary>A share, and who chose it.</summary>
/// <param name="Shard">Which one.</param>
/// <param name="Source">The scheduler and its variable, like "Slurm array: SLURM_ARRAY_TASK_ID=3"; null if the user
/// named the share.</param>
internal readonly record struct ShardChoice(Shard Shard, string? Source)
{
    /// <summary>"shard 3 of 12 (Slurm array: SLURM_ARRAY_TASK_ID=3)".</summary>
    public override string ToString() =>
        FormattableString.Invariant($"shard {Shard.Index} of {Shard.Count}") + (Source is null ? "" : $" ({Source})");
}
