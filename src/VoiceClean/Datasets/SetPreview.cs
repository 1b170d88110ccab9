using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.State;

namespace VoiceClean.Datasets;

/// <summary>What a run would do about a recording.</summary>
/// <param name="Item">The recording.</param>
/// <param name="Action">What would be done.</param>
/// <param name="Files">Clips that an earlier run made of it, rejected ones included.</param>
internal sealed record SetStep(DatasetItem Item, ResumeAction Action, int Files);

/// <summary>What a run would do about a set now. Nothing has been touched.</summary>
/// <param name="Steps">About each recording of this run's shard.</param>
/// <param name="Gone">Ids of recordings whose clips would leave the set, because their files are gone.</param>
internal sealed record SetPreview(IReadOnlyList<SetStep> Steps, IReadOnlyList<string> Gone)
{
    /// <summary>Finds it out, from the records, the journal and the disk.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="plan">What was found.</param>
    /// <param name="gains">Of the speakers, where each has one.</param>
    /// <exception cref="Errors.VoiceCleanException">The set was begun with another number of shards, or cannot be
    /// read.</exception>
    public static SetPreview Of(BuildSetOptions options, SetPlan plan, IReadOnlyDictionary<string, double> gains)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(plan);
        var set = new SetFolders(options.OutputFolder, options.StateFolder);
        using var state = StateFolder.Peek(set.Root, options.Inputs.Shard, options.Advice, set.Memory);
        var runner = new BatchRunner(state, options.Batch, options.Set.Hash(gains), advice: options.Advice);
        var records = RecordingRecords.ReadAll(set).ToDictionary(r => r.Id, StringComparer.Ordinal);
        return new SetPreview(
            [.. plan.Items.Select(i => new SetStep(i, ActionOf(i), FilesOf(i)))],
            [
                .. RecordingRecords.FindGone(
                    set,
                    plan.All.Contains,
                    options.Inputs.Paths.Concat(options.Inputs.Listed)).Gone.Select(r => r.Id),
            ]);

        int FilesOf(DatasetItem item) =>
            records.TryGetValue(item.Plan.Id, out RecordingRecord? record) ? record.Clips.Count : 0;

        ResumeAction ActionOf(DatasetItem item) =>
            item.Plan.Failure is null
            && records.TryGetValue(item.Plan.Id, out RecordingRecord? record)
            && !RecordingRecords.IsCurrent(set, record, item, plan.Transcripts)
            && (options.Batch.Overwrite == OverwriteMode.Always || !RecordingRecords.IsOfAnother(record, item))
                ? ResumeAction.Replace
                : runner.Preview(item.Plan);
    }
}
