using System.Text.Json;
using System.Text;
using VoiceClean.Datasets.Targets;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Errors;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Sharding;
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
    /// <param name="set">The folders of the set.</param>
    /// <param name="options">What the set is to be.</param>
    /// <param name="rejected">Recordings of this run that gave nothing.</param>
    /// <param name="problems">What could not be done with the transcripts of this run.</param>
    /// <param name="isPart">Whether other runs may be working on other recordings of the set.</param>
    /// <returns>The report.</returns>
    /// <exception cref="VoiceCleanException">A file cannot be written.</exception>
    public static DatasetReport Write(
        SetFolders set,
        DatasetOptions options,
        IEnumerable<FailedInput> rejected,
        IReadOnlyList<TextProblem>? problems = null,
        bool isPart = false)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(rejected);
        string root = set.Root;
        IReadOnlyList<RecordingRecord> records = RecordingRecords.ReadAll(set);
        var texts = ClipTexts.Open(set, Shard.Whole);
        IReadOnlyList<ClipRecord> all = SetClips.Of(records, texts);
        ClipPlaces.Arrange(root, [.. records.SelectMany(r => r.Clips)], all);
        ClipRecord[] accepted =
        [
            .. all.Where(c => c.Reason is null).OrderBy(c => c.Speaker, StringComparer.Ordinal),
        ];
        var written = WrittenFiles.Open(set);
        IReadOnlyList<string> before = SetLayout.ListsOfLastRun(root);
        IReadOnlyList<SetList> lists = SetLayout.ListsOf(options.Target, accepted);
        foreach (SetList list in lists)
        {
            written.Put(list.Name, ListWriter.Write(list.Clips, options.Target.ListFormat, PathOf));
        }

        TextFiles.Write(written, options.Target, accepted);
        // A set has one target: the list of an earlier one names clips that are gone.
        foreach (string name in before.Except(lists.Select(l => l.Name), StringComparer.Ordinal))
        {
            written.Remove(name);
        }

        var manifests = new HashSet<string>(["rejected.jsonl"], StringComparer.Ordinal);
        foreach (Group<string, ClipRecord> speaker in accepted.GroupBy(c => c.Speaker, StringComparer.Ordinal))
        {
            written.Put(speaker.Key + ".jsonl", Lines(speaker));
            manifests.Add(speaker.Key + ".jsonl");
        }

        written.Put("rejected.jsonl", Lines(all.Where(c => c.Reason is not null)));
        written.RemoveOthers(".jsonl", manifests);
        if (!isPart)
        {
            written.RemoveEmptyFolders();
        }

        written.Keep("report.json");
        DatasetReport report = ReportOf(
            records,
            options.Target,
            [.. rejected.Select(r => new RejectedRecording(r.Id, r.Path, r.Reason, r.Message))],
            problems,
            all,
            options.Language) with
        { EditedFiles = WrittenFiles.ListEdited(root) };
        written.Put("report.json", JsonSerializer.SerializeToUtf8Bytes(report, DatasetContext.Indented.DatasetReport));
        return report;

        string PathOf(ClipRecord clip) =>
            options.AbsolutePaths ? Path.GetFullPath(Path.Combine(root, clip.File)) : clip.File;
    }

    /// <summary>What there is to say about a set whose recordings left these records.</summary>
    /// <param name="records">All of them.</param>
    /// <param name="target">What the set was made for.</param>
    /// <param name="rejected">Recordings that gave nothing.</param>
    /// <param name="problems">What could not be done with the transcripts.</param>
    /// <param name="clips">Its clips as the lists have them; null = as the records alone say.</param>
    /// <param name="told">The language that was told for the recordings; null = none.</param>
    public static DatasetReport ReportOf(
        IReadOnlyList<RecordingRecord> records,
        DatasetTarget target,
        IReadOnlyList<RejectedRecording> rejected,
        IReadOnlyList<TextProblem>? problems = null,
        IReadOnlyList<ClipRecord>? clips = null,
        string? told = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        IReadOnlyList<ClipRecord> all = clips ?? SetClips.Of(records);
        ClipRecord[] accepted =
        [
            .. all.Where(c => c.Reason is null).OrderBy(c => c.Speaker, StringComparer.Ordinal),
        ];
        return new DatasetReport
        {
            Target = target,
            Recordings = records.Count,
            RecordingsRejected = rejected,
            Clips = accepted.Length,
            ClipsRejected = new SortedDictionary<string, int>(
                all.Where(c => c.Reason is not null).CountBy(c => c.Reason!).ToDictionary(c => c.Key, c => c.Value),
                StringComparer.Ordinal),
            SourceS = records.Sum(r => r.DurationS),
            ClipsS = accepted.Sum(c => c.DurationS),
            SpeechS = records.Sum(r => r.SpeechS),
            LostSpeechS = records.Sum(r => r.SpeechS - r.KeptSpeechS),
            ClipsWithoutLanguage = accepted.Count(c => c.Language is null),
            Languages = new SortedDictionary<string, int>(
                accepted.Select(c => c.Language).OfType<string>().CountBy(l => l).ToDictionary(),
                StringComparer.Ordinal),
            OtherLanguages = OtherLanguage.Of(accepted, told),
            SameSound = SameSound.Of(records),
            Texts = TextReport.Of(records, all, problems ?? []),
            Speakers =
            [
                .. accepted
                    .GroupBy(c => c.Speaker, StringComparer.Ordinal)
                    .Select(g => SpeakerStatistics.Of(g.Key, [.. g], target)),
            ],
        };
    }

    /// <summary>The files that <see cref="Write"/> may write, beside those in the folders of clips.</summary>
    /// <param name="root">The folder of the set.</param>
    /// <param name="target">For whom the set is.</param>
    /// <param name="speakers">Whose clips may be in it.</param>
    public static IReadOnlyList<string> NamesOf(string root, DatasetTarget target, IEnumerable<string> speakers) =>
        [
            .. speakers
                .SelectMany(s => ((string[])[target.ListName, target.EvalListName])
                    .Where(n => n.Length > 0)
                    .Select(n => n.Replace(Layout.Speaker, s, StringComparison.Ordinal))
                    .Append(s + ".jsonl"))
                .Concat(["rejected.jsonl", "report.json"])
                .Distinct(StringComparer.Ordinal)
                .Select(n => Path.Combine(root, n)),
        ];

    /// <summary>
    /// Refuses a set whose folders are links, and to begin one in a folder that already holds files of its names: they
    /// are not ours then.
    /// </summary>
    /// <param name="set">The folders of the set.</param>
    /// <param name="target">For whom the set is.</param>
    /// <param name="speakers">Whose clips may be in it.</param>
    /// <param name="overwrite">Whether files may be replaced all the same.</param>
    /// <param name="advice">What messages advise.</param>
    /// <exception cref="OutputException">One is a link, or exists.</exception>
    public static void CheckPlaces(
        SetFolders set,
        DatasetTarget target,
        IReadOnlyCollection<string> speakers,
        OverwriteMode overwrite,
        RunAdvice advice)
    {
        string root = set.Root;
        StateFolder.RefuseLinks(DatasetPlan.FoldersOf(root, target, speakers));
        if (
            overwrite != OverwriteMode.Always
            && !Directory.Exists(StateFolder.In(root, set.Memory))
            && NamesOf(root, target, speakers).FirstOrDefault(Path.Exists) is { } taken)
        {
            throw new OutputException(
                ReasonCodes.OutputExists,
                $"{taken} exists already and is not of a set of ours; move it away, choose another folder, or "
                    + $"{advice.OverwriteAlways}.");
        }
    }

    /// <summary>Files in the folders of clips that are none of ours: a trainer would read them too.</summary>
    public static IReadOnlyList<string> FindForeign(SetFolders set)
    {
        string root = set.Root;
        string[] clips =
        [
            .. SetClips
                .Of(RecordingRecords.ReadAll(set))
                .Where(c => c.Reason is null && RecordingRecords.IsOurs(c))
                .Select(c => c.File),
        ];
        var known = new HashSet<string>(clips.Concat(clips.Select(TextFiles.Of)), StringComparer.Ordinal);
        return
        [
            .. clips
                .Select(c => c[..c.LastIndexOf('/')])
                .Distinct(StringComparer.Ordinal)
                .Select(f => Path.Combine(root, f))
                .Where(Directory.Exists)
                .SelectMany(d => Directory.EnumerateFileSystemEntries(d))
                .Select(p => Path.GetRelativePath(root, p).Replace('\\', '/'))
                .Where(p => !known.Contains(p))
                .Order(StringComparer.Ordinal),
        ];
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
}
