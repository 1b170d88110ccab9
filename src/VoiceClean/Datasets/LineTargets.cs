using VoiceClean.Datasets.Lists;
using VoiceClean.Datasets.Targets;

namespace VoiceClean.Datasets;

/// <summary>Where the paths in the lists of a set lead, as the trainer follows them.</summary>
/// <param name="root">The folder of the set.</param>
/// <param name="files">The clips in it, relative with '/'.</param>
/// <param name="target">The trainer.</param>
/// <param name="wavFolder">The folder of clips that the trainer is given besides the list; null = none.</param>
internal sealed class LineTargets(
    string root,
    IReadOnlyCollection<string> files,
    DatasetTarget target,
    string? wavFolder)
{
    private readonly string _root = Path.GetFullPath(root);
    private readonly HashSet<string> _files = files.ToHashSet(StringComparer.Ordinal);
    private readonly Lookup<string, string> _byName = files.ToLookup(BaseName, StringComparer.Ordinal);
    private readonly Lookup<string, string> _byStem = files.ToLookup(
        f => Path.ChangeExtension(f, null),
        StringComparer.Ordinal);

    /// <summary>The clip of a line, null if the set has none by that name; and what is wrong with the path.</summary>
    public (string? File, string? Fact) Follow(ListLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return target.ListFormat switch
        {
            ListFormat.GptSovits => GptSovits(line.Path),
            ListFormat.StyleBertVits2 => Below(["raw", "wavs"], Path.ChangeExtension(Slashes(line.Path), null)),
            ListFormat.Ljspeech => Below(["wavs"], Slashes(line.Path)),
            ListFormat.AudioFileText => Absolute(line.Path),
            _ => Found(Path.Combine(_root, Slashes(line.Path)), line.Path),
        };
    }

    /// <summary>The last name of a path, whatever separates its names.</summary>
    public static string BaseName(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    // Blanks and quotes at the ends of a path go, and both separators become the system's. Without a folder the path is
    // taken as it is: a relative one counts from wherever the trainer stands, which is not the set.
    private (string? File, string? Fact) GptSovits(string written)
    {
        string path = Slashes(written.TrimEnd('/', '\\')).Trim(' ', '\'', '\n', '"', '\u202A');
        if (wavFolder is not null)
        {
            return Found(Path.Combine(Path.GetFullPath(wavFolder), BaseName(path)), path);
        }

        return Path.IsPathFullyQualified(path) ? Found(path, path) : (ByName(path), ListFacts.PathNotFound);
    }

    private (string? File, string? Fact) Absolute(string path) =>
        Path.IsPathFullyQualified(path) || path.StartsWith('~')
            ? Found(path, path)
            : (ByName(path), ListFacts.PathRelative);

    private (string? File, string? Fact) Below(string[] folders, string stem)
    {
        string? file = folders.SelectMany(f => _byStem[$"{f}/{stem}"]).FirstOrDefault();
        return file is not null
            ? (file, null)
            : (_byName.Where(g => Path.GetFileNameWithoutExtension(g.Key) == BaseName(stem)).SelectMany(g => g)
                .FirstOrDefault(), ListFacts.PathNotFound);
    }

    private (string? File, string? Fact) Found(string path, string written)
    {
        string full = Path.GetFullPath(path);
        string relative = Path.GetRelativePath(_root, full).Replace('\\', '/');
        return _files.Contains(relative) ? (relative, null)
            : File.Exists(full) ? (ByName(written), null)
            : (ByName(written), ListFacts.PathNotFound);
    }

    // Of equal names the one whose folder has the same name too.
    private string? ByName(string path)
    {
        string[] same = [.. _byName[BaseName(path)]];
        string folder = BaseName(Slashes(path)[..Math.Max(0, Slashes(path).LastIndexOf('/'))]);
        return same.FirstOrDefault(f => f.Split('/') is [.., var parent, _] && parent == folder)
            ?? (same.Length == 1 ? same[0] : null);
    }

    private static string Slashes(string path) => path.Replace('\\', '/');
}
