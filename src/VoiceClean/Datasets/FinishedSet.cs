using System.Text.Json;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Runs;

namespace VoiceClean.Datasets;

/// <summary>What an earlier run left of a set, where only its texts are to change.</summary>
internal static class FinishedSet
{
    /// <summary>Whether there is a set of ours in a folder.</summary>
    public static bool IsIn(SetFolders set) => Directory.Exists(set.Records) && SetTarget.Of(set.Root) is not null;

    /// <summary>The recordings that gave nothing, by the report of that run.</summary>
    public static IReadOnlyList<FailedInput> Rejected(string root) =>
    [
        .. (Read(root)?.RecordingsRejected ?? []).Select(r =>
            new FailedInput(r.Source, r.SourcePath, ClipStatus.Rejected, r.Reason, r.Message, null)),
    ];

    /// <summary>Whether the lists of that run name clips by absolute paths; true if they name none.</summary>
    public static bool HasAbsolutePaths(string root)
    {
        foreach (string list in SetLayout.ListsOfLastRun(root).Select(l => Path.Combine(root, l)).Where(File.Exists))
        {
            bool isRelative = File.ReadLines(list)
                .Select(l => l.Trim('"').Split('|', ',')[0])
                .Any(p => p.EndsWith(".wav", StringComparison.Ordinal) && p.Contains('/') && !Path.IsPathRooted(p));
            if (isRelative)
            {
                return false;
            }
        }

        return true;
    }

    private static DatasetReport? Read(string root)
    {
        try
        {
            byte[] json = File.ReadAllBytes(Path.Combine(root, "report.json"));
            return JsonSerializer.Deserialize(json, DatasetContext.Indented.DatasetReport);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
