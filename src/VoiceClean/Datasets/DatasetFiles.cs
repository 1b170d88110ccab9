using System.Text.Json;
using System.Text;
using VoiceClean.Datasets.Targets;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Runs;
using VoiceClean.Runs.State;

namespace VoiceClean.Datasets;

/// <summary>
/// Writes what stands beside the folders of clips: each speaker's list and manifest, the rejected, the report.
/// Everything is made from the records of the recordings, so the last run, or the last shard, leaves the same files
/// whatever was interrupted before.
/// </summary>
internal static class DatasetFiles
{
    /// <summary>Writes all of them.</summary>
    /// <param name="root">The folder of the set.</param>
    /// <param name="options">What the set is to be.</param>
    /// <param name="rejected">Recordings of this run that gave nothing.</param>
    /// <returns>The report.</returns>
    /// <exception cref="VoiceCleanException">A file cannot be written.</exception>
    public static DatasetReport Write(string root, DatasetOptions options, IEnumerable<FailedInput> rejected)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(rejected);
        IReadOnlyList<RecordingRecord> records = RecordingRecords.ReadAll(root);
        ClipRecord[] all = [.. records.SelectMany(r => r.Clips)];
        var speakers = new List<SpeakerReport>();
        foreach (
            IGrouping<string, ClipRecord> speaker in all.Where(c => c.Reason is null)
                .GroupBy(c => c.Speaker, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            ClipRecord[] clips = [.. speaker];
            string list = options.Target.ListName.Replace("{speaker}", speaker.Key, StringComparison.Ordinal);
            Put(
                root,
                list,
                ListWriter.Write(
                    clips,
                    options.Target.ListFormat,
                    c => options.AbsolutePaths ? Path.GetFullPath(Path.Combine(root, c.File)) : c.File));
            RemoveListsOfOtherTargets(root, speaker.Key, list);
            Put(root, speaker.Key + ".jsonl", Lines(clips));
            speakers.Add(SpeakerStatistics.Of(speaker.Key, clips, options.Target));
        }

        Put(root, "rejected.jsonl", Lines(all.Where(c => c.Reason is not null)));
        var report = new DatasetReport
        {
            Target = options.Target,
            Recordings = records.Count,
            RecordingsRejected =
            [
                .. rejected.Select(r => new RejectedRecording(r.Id, r.Path, r.Reason, r.Message)),
            ],
            Clips = all.Count(c => c.Reason is null),
            ClipsRejected = new SortedDictionary<string, int>(
                all.Where(c => c.Reason is not null).CountBy(c => c.Reason!).ToDictionary(c => c.Key, c => c.Value),
                StringComparer.Ordinal),
            SourceS = records.Sum(r => r.DurationS),
            ClipsS = all.Where(c => c.Reason is null).Sum(c => c.DurationS),
            SpeechS = records.Sum(r => r.SpeechS),
            LostSpeechS = records.Sum(r => r.SpeechS - r.KeptSpeechS),
            ClipsWithoutLanguage = all.Count(c => c.Reason is null && c.Language is null),
            Speakers = speakers,
        };
        Put(root, "report.json", JsonSerializer.SerializeToUtf8Bytes(report, DatasetContext.Indented.DatasetReport));
        return report;
    }

    /// <summary>Files in the folders of clips that are none of ours: a trainer would read them too.</summary>
    public static IReadOnlyList<string> FindForeign(string root)
    {
        var known = new HashSet<string>(
            RecordingRecords.ReadAll(root).SelectMany(r => r.Clips).Select(c => c.File),
            StringComparer.Ordinal);
        return
        [
            .. Directory
                .EnumerateDirectories(root)
                .Where(d => Path.GetFileName(d) is not (StateFolder.Name or DatasetPlan.RejectedFolder))
                .SelectMany(d => Directory.EnumerateFileSystemEntries(d))
                .Select(p => Path.GetRelativePath(root, p).Replace('\\', '/'))
                .Where(p => !known.Contains(p))
                .Order(StringComparer.Ordinal),
        ];
    }

    // A set has one target: the list of an earlier one names clips that are gone.
    private static void RemoveListsOfOtherTargets(string root, string speaker, string list)
    {
        foreach (
            string name in DatasetTargets
                .Names.Select(n =>
                    DatasetTargets.Load(n).ListName.Replace("{speaker}", speaker, StringComparison.Ordinal))
                .Where(n => n != list))
        {
            try
            {
                File.Delete(Path.Combine(root, name));
            }
            catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
            {
                throw OutputErrors.Describe(e, name);
            }
        }
    }

    private static byte[] Lines(IEnumerable<ClipRecord> clips)
    {
        var lines = new StringBuilder();
        foreach (ClipRecord clip in clips)
        {
            lines.Append(JsonSerializer.Serialize(clip, DatasetContext.Relaxed.ClipRecord)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    private static void Put(string root, string name, byte[] content) =>
        AtomicFile.Write(Path.Combine(root, name), overwrite: true, stream => stream.Write(content));
}
