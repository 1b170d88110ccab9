using VoiceClean.Datasets.Targets;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.State;

namespace VoiceClean.Datasets;

/// <summary>One recording of a set and where its clips go.</summary>
/// <param name="Plan">The item for the batch; its "result" is the recording's record in the state folder, published
/// once all its clips are.</param>
/// <param name="Speaker">Whose voice it is, and the folder of its clips.</param>
/// <param name="Stem">First part of the names of its clips.</param>
internal sealed record DatasetItem(PlanItem Plan, string Speaker, string Stem);

/// <summary>Names that a set uses, and whose voice a recording is where nobody says.</summary>
internal static class DatasetPlan
{
    /// <summary>Folder of the records, in the state folder.</summary>
    public const string RecordsFolder = StateFolder.Name + "/recordings";

    /// <summary>
    /// Folder of rejected clips in the set; no speaker has this name, because theirs never begin with '_'.
    /// </summary>
    public const string RejectedFolder = "_rejected";

    /// <summary>The folders of a set that hold nothing but what the set writes.</summary>
    public static IEnumerable<string> FoldersOf(string root, DatasetTarget target, IEnumerable<string> speakers) =>
        speakers
            .Select(target.FolderOf)
            .Concat([RejectedFolder, WrittenFiles.EditedFolder, StateFolder.Name])
            .Distinct(StringComparer.Ordinal)
            .Select(n => Path.Combine(root, n));

    /// <summary>The name of the folder an input lies in, for recordings without a folder of their own.</summary>
    public static string SpeakerOf(string input)
    {
        ArgumentNullException.ThrowIfNull(input);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(input));
        return ClipNames.Clean(
            Path.GetFileName(Directory.Exists(full) ? full : Path.GetDirectoryName(full) ?? "") is { Length: > 0 } name
                ? name
                : "speaker",
            "speaker");
    }
}
