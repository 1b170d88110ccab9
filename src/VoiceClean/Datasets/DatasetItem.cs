using VoiceClean.Datasets.Targets;
using VoiceClean.Errors;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.State;

namespace VoiceClean.Datasets;

/// <summary>One recording of a set and where its clips go.</summary>
/// <param name="Plan">The item for the batch; its "result" is the recording's record in the state folder, published
/// once all its clips are.</param>
/// <param name="Speaker">Whose voice it is, and the folder of its clips.</param>
/// <param name="Stem">First part of the names of its clips.</param>
internal sealed record DatasetItem(PlanItem Plan, string Speaker, string Stem);

/// <summary>Gives every recording its speaker and its stem.</summary>
internal static class DatasetPlan
{
    /// <summary>Folder of the records, in the state folder.</summary>
    public const string RecordsFolder = StateFolder.Name + "/recordings";

    /// <summary>
    /// Folder of rejected clips in the set; no speaker has this name, because theirs never begin with '_'.
    /// </summary>
    public const string RejectedFolder = "_rejected";

    /// <summary>Plans a set.</summary>
    /// <param name="files">All inputs, those of other shards included.</param>
    /// <param name="set">The folders of the set.</param>
    /// <param name="speaker">One name for all; null = the first folder of a recording's id, or
    /// <paramref name="defaultSpeaker"/> where there is none.</param>
    /// <param name="defaultSpeaker">For recordings that lie in no folder below the inputs.</param>
    /// <exception cref="OutputException">Two inputs have the same id, or two speakers would be one.</exception>
    public static IReadOnlyList<DatasetItem> Make(
        IReadOnlyList<SelectedFile> files,
        SetFolders set,
        string? speaker,
        string defaultSpeaker)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (files.GroupBy(f => f.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new OutputException(
                ReasonCodes.NameCollision,
                $"{string.Join(" and ", twice.Select(f => f.Path).Take(2))} would have the same name in the set; give "
                    + "the folder that holds both.");
        }

        string NameOf(SelectedFile file) =>
            speaker ?? (file.Id.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
                ? file.Id[..slash]
                : defaultSpeaker);
        RefuseMixedVoices(files.Select(NameOf));
        IReadOnlyDictionary<string, string> stems = ClipNames.Stems([.. files.Select(f => f.Id)]);
        return
        [
            .. files.Select(f =>
            {
                string record = $"{RecordsFolder}/{stems[f.Id]}.json";
                return new DatasetItem(
                    new PlanItem
                    {
                        Id = f.Id,
                        InputPath = f.Path,
                        Output = record,
                        OutputPath = set.RecordOf(stems[f.Id]),
                        Failure = f.Failure,
                    },
                    ClipNames.Clean(NameOf(f), "speaker"),
                    stems[f.Id]);
            }),
        ];
    }

    /// <summary>Two voices in one folder would be trained as one.</summary>
    private static void RefuseMixedVoices(IEnumerable<string> names)
    {
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            string clean = ClipNames.Clean(name, "speaker");
            if (taken.TryAdd(clean, name) || taken[clean] == name)
            {
                continue;
            }

            throw new OutputException(
                ReasonCodes.NameCollision,
                $"The speakers '{taken[clean]}' and '{name}' would both be '{clean}' in the set; rename a folder.");
        }
    }

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
