namespace VoiceClean.Datasets.Targets;

/// <summary>What names of folders and lists in a target may be.</summary>
internal static class Layout
{
    /// <summary>Stands for the speaker.</summary>
    public const string Speaker = "{speaker}";

    /// <summary>Stands for a clip's name without its extension.</summary>
    public const string Clip = "{clip}";

    /// <summary>A folder of clips, as it is.</summary>
    /// <exception cref="ArgumentException">It leads out of the set, is deeper than two names, or is a folder of
    /// ours.</exception>
    public static string Folder(string value)
    {
        string[] names = value.Split('/');
        return names.Length <= 2 && names.All(IsName)
            ? value
            : throw new ArgumentException(
                $"clip_folder '{value}' must be one name or two with / between, such as {Speaker} or wavs.");
    }

    /// <summary>The name of a list, as it is.</summary>
    /// <exception cref="ArgumentException">It is a path, or a name of ours.</exception>
    public static string Name(string value) =>
        IsName(value)
            ? value
            : throw new ArgumentException($"list_name '{value}' must be a file name without folders.");

    private static bool IsName(string name) =>
        name.Length > 0
        && name[0] is not ('.' or '_')
        && name.IndexOfAny(['/', '\\', '|']) < 0
        && !name.Any(char.IsControl)
        && name is not ("report.json" or "rejected.jsonl");
}
