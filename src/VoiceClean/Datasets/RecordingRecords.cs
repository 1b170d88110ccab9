using System.Text.Json;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Runs;
using VoiceClean.Runs.State;

namespace VoiceClean.Datasets;

/// <summary>Reads what earlier runs have left in the state folder of a set.</summary>
internal static class RecordingRecords
{
    /// <summary>
    /// The record in a file; null if there is none or it cannot be read (the recording is then done again).
    /// </summary>
    public static RecordingRecord? TryRead(string path)
    {
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), DatasetContext.Tolerant.RecordingRecord)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>All records of a set, by id.</summary>
    public static IReadOnlyList<RecordingRecord> ReadAll(SetFolders set)
    {
        string folder = set.Records;
        return !Directory.Exists(folder)
            ? []
            :
            [
                .. Directory
                    .EnumerateFiles(folder, "*.json")
                    .Select(TryRead)
                    .OfType<RecordingRecord>()
                    .OrderBy(r => r.Id, StringComparer.Ordinal),
            ];
    }

    /// <summary>
    /// Removes records, with their clips, that say something else than the plan does now (speaker, name, text) or whose
    /// clips are not all there, so that the batch makes them again: a journal knows its results, and a recording's
    /// result is its record.
    /// </summary>
    /// <param name="set">The folders of the set.</param>
    /// <param name="items">The recordings of this run.</param>
    /// <param name="transcripts">What is said in them.</param>
    /// <param name="isForced">Whether also those go that were made of another recording which is still there.</param>
    /// <returns>How many were removed, and which of their clips somebody had deleted, which come back.</returns>
    /// <exception cref="VoiceCleanException">One cannot be removed.</exception>
    public static (int Removed, IReadOnlyList<string> Deleted) RemoveOutdated(
        SetFolders set,
        IEnumerable<DatasetItem> items,
        TranscriptIndex transcripts,
        bool isForced = false)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(transcripts);
        Dictionary<string, DatasetItem> planned = items.ToDictionary(i => i.Plan.Id, StringComparer.Ordinal);
        int removed = 0;
        var deleted = new List<string>();
        foreach (RecordingRecord record in ReadAll(set))
        {
            if (!planned.TryGetValue(record.Id, out DatasetItem? item) || item.Plan.Failure is not null)
            {
                continue;                // of another run or shard; or nothing can be made in its place
            }

            if (IsCurrent(set, record, item, transcripts) || (!isForced && IsOfAnother(record, item)))
            {
                continue;
            }

            deleted.AddRange(record.Clips.Where(c => !IsAnywhere(set.Root, c)).Select(c => c.File));
            // First the clips: killed in between, the record still says which they were.
            RemoveClips(set, record, []);
            Delete(set.RecordOf(record.Stem));
            removed++;
        }

        return (removed, deleted);
    }

    /// <summary>Whether a record is that of another recording of the same name, which is still there.</summary>
    public static bool IsOfAnother(RecordingRecord record, DatasetItem item)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(item);
        return record.SourceFullPath is { } source && !ResumeRule.IsSameRecording(source, item.Plan.InputPath);
    }

    /// <summary>Whether a record says what the plan does now, and all its clips are there.</summary>
    public static bool IsCurrent(
        SetFolders set,
        RecordingRecord record,
        DatasetItem item,
        TranscriptIndex transcripts)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(transcripts);
        return record.Speaker == item.Speaker
            && record.Stem == item.Stem
            && record.Transcript == transcripts.Find(item.Plan.Id)
            && record.Clips.All(c => IsThere(set.Root, c));
    }

    /// <summary>
    /// Removes the records, with their clips, of recordings that a run would have found if they were still there:
    /// renamed or deleted since. Those of other inputs stay.
    /// </summary>
    /// <param name="set">The folders of the set.</param>
    /// <param name="isFound">Says whether an id is that of a recording of this run, or of another shard.</param>
    /// <param name="inputs">Files and folders that the run looks into.</param>
    /// <returns>The ids of those that left, and how many recordings of other runs stay.</returns>
    /// <exception cref="VoiceCleanException">One cannot be removed.</exception>
    public static (IReadOnlyList<string> Gone, int Others) RemoveGone(
        SetFolders set,
        Predicate<string> isFound,
        IEnumerable<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(isFound);
        ArgumentNullException.ThrowIfNull(inputs);
        (IReadOnlyList<RecordingRecord> gone, int others) = FindGone(set, isFound, inputs);
        foreach (RecordingRecord record in gone)
        {
            RemoveClips(set, record, []);
            Delete(set.RecordOf(record.Stem));
        }

        return ([.. gone.Select(r => r.Id)], others);
    }

    /// <summary>The records that <see cref="RemoveGone"/> removes; touches nothing.</summary>
    /// <returns>They, and how many recordings of other runs stay.</returns>
    public static (IReadOnlyList<RecordingRecord> Gone, int Others) FindGone(
        SetFolders set,
        Predicate<string> isFound,
        IEnumerable<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(isFound);
        ArgumentNullException.ThrowIfNull(inputs);
        RecordingRecord[] unknown = [.. ReadAll(set).Where(r => !isFound(r.Id))];
        var places = new InputPlaces(inputs);
        RecordingRecord[] gone = [.. unknown.Where(IsGone)];
        return (gone, unknown.Length - gone.Length);

        bool IsGone(RecordingRecord record)
        {
            string? source = record.SourceFullPath ?? (record.Clips.Count > 0 ? record.Clips[0].SourcePath : null);
            return source is not null && places.HaveLost(source);
        }
    }

    /// <summary>
    /// Deletes the clips of a record that are not among <paramref name="keep"/>; what somebody changed is kept apart.
    /// </summary>
    internal static void RemoveClips(SetFolders set, RecordingRecord record, IEnumerable<string> keep)
    {
        string root = set.Root;
        WrittenFiles? written = null;
        var kept = keep.ToHashSet(StringComparer.Ordinal);
        foreach (ClipRecord clip in record.Clips.Where(c => !kept.Contains(c.File) && IsOurs(c)))
        {
            EditedClips.Keep(root, clip.File, clip.Sha256);
            EditedClips.Keep(root, ClipPlaces.Rejected(clip), clip.Sha256);
            Delete(Path.Combine(root, clip.File));
            if (File.Exists(Path.Combine(root, TextFiles.Of(clip.File))))
            {
                written ??= WrittenFiles.Open(set);
                written.Remove(TextFiles.Of(clip.File));
            }

            Delete(Path.Combine(root, ClipPlaces.Rejected(clip)));
        }
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Its folder is gone already.
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, path);
        }
    }

    /// <summary>True if the path of a clip stays in the set: a record is a file, and files can be changed.</summary>
    internal static bool IsOurs(ClipRecord clip) =>
        clip.File.EndsWith(".wav", StringComparison.Ordinal)
        && !Path.IsPathRooted(clip.File)
        && clip.File.Split('/') is { Length: 2 or 3 } parts
        && parts.All(p => p is not ("" or "." or ".."));

    private static bool IsAnywhere(string root, ClipRecord clip) =>
        File.Exists(Path.Combine(root, clip.File)) || File.Exists(Path.Combine(root, ClipPlaces.Rejected(clip)));

    // A clip may have been put aside since, by what its speaker's other clips are.
    private static bool IsThere(string root, ClipRecord clip) =>
        new[] { clip.File, ClipPlaces.Rejected(clip) }.Any(place =>
            new FileInfo(Path.Combine(root, place)) is { Exists: true } file && file.Length == clip.SizeBytes);
}
