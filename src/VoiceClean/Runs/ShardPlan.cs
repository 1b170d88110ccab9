using VoiceClean.Files;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.Sharding;

namespace VoiceClean.Runs;

/// <summary>
/// The plan of one shard of many, which asks the disk about its own inputs only and counts the rest: with a million
/// names in a thousand shards each would else pay for a million.
/// </summary>
internal static class ShardPlan
{
    /// <summary>
    /// Finds the inputs of this shard. Null where that is not enough and a whole plan has to tell: names may meet, a
    /// result may be an input by another name, nothing can be read, or there is nothing.
    /// </summary>
    /// <param name="options">What is to be done.</param>
    /// <param name="decoders">Who recognises audio.</param>
    /// <param name="stop">Stops between two files.</param>
    /// <exception cref="VoiceClean.Errors.OutputException">An input is the output folder itself.</exception>
    public static FolderPlan? TryFind(CleanFolderOptions options, AudioDecoders decoders, CancellationToken stop)
    {
        RunInputs inputs = options.Inputs;
        if (!inputs.Shard.IsPart || options.OnCollision != CollisionPolicy.Fail || options.OneGainPerFolder)
        {
            return null;
        }

        var census = new ShareCensus(inputs.Shard);
        var ours = inputs.Select(options.OutputFolder, decoders, stop, census);
        if (
            !census.IsClear
            || census.Count == 0
            || (ours.Files.Count > 0 && ours.Files.All(f => f.Failure is not null)))
        {
            return null;
        }

        BatchPlan plan = Planner.Plan(
            ours.Files,
            options.OutputFolder,
            options.OnCollision,
            Shard.Whole,
            options.Advice);
        var folders = new Dictionary<string, bool>(StringComparer.Ordinal);
        return plan.Problems.Count > 0 || plan.Items.Any(i => MayReplaceAnInput(i, ours, folders))
            ? null
            : new FolderPlan(ours, plan.Items, plan.Items, [], null);
    }

    // A result that exists can be an input of another shard only where inputs lie, or by another name of its file.
    private static bool MayReplaceAnInput(PlanItem item, FileSelection inputs, Dictionary<string, bool> folders)
    {
        string folder = Path.GetDirectoryName(item.OutputPath)!;
        if (!folders.TryGetValue(folder, out bool holdsInputs))
        {
            folders.Add(folder, holdsInputs = Directory.Exists(folder) && inputs.MayHoldInputs(folder));
        }

        return (holdsInputs && File.Exists(item.OutputPath)) || FileIdentity.MayHaveOtherNames(item.OutputPath);
    }
}
