using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;

namespace VoiceClean.Reporting;

/// <summary>Reads a training set from the records of its recordings, whichever run or share left them.</summary>
internal static class SetReader
{
    /// <summary>The set in a folder; null if no recording has left a record there.</summary>
    public static SetRecords? Read(SetFolders set)
    {
        IReadOnlyList<RecordingRecord> records = RecordingRecords.ReadAll(set);
        // Where no run has come to its end yet, the set does not say for whom it is.
        return records.Count == 0
            ? null
            : new SetRecords(
                set.Root,
                DatasetFiles.ReportOf(
                    records,
                    SetTarget.Of(set.Root) ?? DatasetTargets.Load(DatasetTargets.Default),
                    []),
                records);
    }
}
