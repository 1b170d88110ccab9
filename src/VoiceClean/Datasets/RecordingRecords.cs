using System.Text.Json;

namespace VoiceClean.Datasets;

/// <summary>Reads what earlier runs have left in the state folder of a set.</summary>
public static class RecordingRecords
{
    /// <summary>The record in a file; null if there is none or it cannot be read (the recording is then done again).</summary>
    public static RecordingRecord? TryRead(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), DatasetContext.Relaxed.RecordingRecord) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>All records of a set, by id.</summary>
    public static IReadOnlyList<RecordingRecord> ReadAll(string root)
    {
        string folder = Path.Combine(root, DatasetPlan.RecordsFolder);
        return !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateFiles(folder, "*.json").Select(TryRead).OfType<RecordingRecord>().OrderBy(r => r.Id, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Removes records whose clips are not all there, so that the batch makes them again: a journal knows its results, and a recording's result is
    /// its record.
    /// </summary>
    /// <returns>How many were removed.</returns>
    public static int RemoveIncomplete(string root, IEnumerable<DatasetItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        int removed = 0;
        foreach (DatasetItem item in items)
        {
            if (TryRead(item.Plan.OutputPath) is { } record && !record.Clips.All(c => IsThere(root, c)))
            {
                File.Delete(item.Plan.OutputPath);
                removed++;
            }
        }

        return removed;
    }

    /// <summary>True if the path of a clip stays in the set: a record is a file, and files can be changed.</summary>
    internal static bool IsOurs(ClipRecord clip)
        => clip.File.EndsWith(".wav", StringComparison.Ordinal) && !Path.IsPathRooted(clip.File) && clip.File.Split('/') is { Length: 2 or 3 } parts && parts.All(p => p is not ("" or "." or ".."));

    private static bool IsThere(string root, ClipRecord clip)
    {
        var file = new FileInfo(Path.Combine(root, clip.File));
        return file.Exists && file.Length == clip.SizeBytes;
    }
}
