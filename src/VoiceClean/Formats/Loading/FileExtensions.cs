namespace VoiceClean.Formats.Loading;

/// <summary>Which file name extensions belong to which container.</summary>
public static class FileExtensions
{
    private static readonly Dictionary<string, string[]> ByContainer = new(StringComparer.Ordinal)
    {
        ["wav"] = ["wav", "wave", "bwf", "rf64"],
        ["w64"] = ["w64"],
        ["flac"] = ["flac"],
        ["ogg"] = ["ogg", "oga", "spx"],
        ["opus"] = ["opus", "ogg", "oga"],
        ["mp3"] = ["mp3", "mpga", "mp2"],
        ["aiff"] = ["aiff", "aif", "aifc"],
        ["au"] = ["au", "snd"],
        ["caf"] = ["caf"],
        ["m4a"] = ["m4a", "m4b", "mp4", "m4r", "aac"],
        ["mp4"] = ["mp4", "m4a", "m4v", "m4b", "mov", "aac", "3gp"],
        ["mov"] = ["mov", "qt", "mp4", "m4a"],
        ["3gp"] = ["3gp", "3g2", "mp4", "m4a"],
        ["aac"] = ["aac"],
        ["amr"] = ["amr"],
        ["ac3"] = ["ac3"],
        ["wma"] = ["wma", "asf", "wmv"],
        ["webm"] = ["webm", "weba", "mkv"],
        ["mkv"] = ["mkv", "mka", "webm"],
        ["avi"] = ["avi"],
        ["flv"] = ["flv"],
        ["ts"] = ["ts", "m2ts", "mts"],
        ["mpeg"] = ["mpg", "mpeg", "vob"],
        ["wavpack"] = ["wv"],
        ["ape"] = ["ape"],
        ["tta"] = ["tta"],
        ["musepack"] = ["mpc"],
        ["dsf"] = ["dsf"],
    };

    /// <summary>
    /// Every extension of a recording that may be readable, lower case without dot; for selecting files in a folder.
    /// </summary>
    public static IReadOnlySet<string> All { get; } =
        ByContainer.Values.SelectMany(e => e).ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// True if <paramref name="extension"/> (lower case, without dot) is a known one but of another container. Unknown
    /// and missing ones claim nothing.
    /// </summary>
    public static bool ContradictedBy(string extension, string container)
        => All.Contains(extension) && ByContainer.TryGetValue(container, out string[]? own) && !own.Contains(extension);
}
