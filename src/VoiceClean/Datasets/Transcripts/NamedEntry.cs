using VoiceClean.Files;
using IOPath = System.IO.Path;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>Something that may have a text: a recording or a clip.</summary>
/// <param name="Id">Relative path with '/'.</param>
/// <param name="Path">As it can be opened.</param>
/// <param name="Speaker">Whose voice it is said to be.</param>
/// <param name="IsNamed">Whether the user gave all recordings this speaker's name.</param>
internal sealed record TextTarget(string Id, string Path, string Speaker, bool IsNamed = false);

/// <summary>An entry of a file together with the name by which it looks for its recording.</summary>
internal sealed record NamedEntry
{
    private NamedEntry(TranscriptFile file, TranscriptEntry entry) => (File, Entry) = (file, entry);

    /// <summary>Where it comes from.</summary>
    public TranscriptFile File { get; }

    /// <summary>What it says.</summary>
    public TranscriptEntry Entry { get; private init; }

    /// <summary>Folders before the name, outermost first; empty = none given.</summary>
    public IReadOnlyList<string> Folders { get; private init; } = [];

    /// <summary>Name without the extension of a recording.</summary>
    public required string Stem { get; init; }

    /// <summary>That extension, with its dot; may be empty.</summary>
    public required string Extension { get; init; }

    /// <summary>Files that it may mean, complete paths.</summary>
    public IReadOnlyList<string> Paths { get; private init; } = [];

    /// <summary>For messages: file and line, or the file alone.</summary>
    public string Where => Entry.Line > 0 ? $"{File.Path}:{Entry.Line}" : File.Path;

    /// <summary>Names an entry.</summary>
    /// <param name="file">Where it comes from.</param>
    /// <param name="entry">What it says.</param>
    /// <param name="root">The folder whose structure counts; null = the file was given by itself.</param>
    /// <param name="isAudioName">Says whether a name is that of a recording.</param>
    public static NamedEntry Of(
        TranscriptFile file,
        TranscriptEntry entry,
        string? root,
        Func<string, bool> isAudioName)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(isAudioName);
        string folder = IOPath.GetDirectoryName(IOPath.GetFullPath(file.Path)) ?? "";
        if (entry.Name is null)
        {
            string relative =
                root is null ? IOPath.GetFileName(file.Path) : IOPath.GetRelativePath(root, file.Path);
            string[] parts = Parts(relative);
            (string stem, string extension) = Split(IOPath.GetFileNameWithoutExtension(parts[^1]), isAudioName);
            return new NamedEntry(file, entry)
            {
                Folders = parts[..^1],
                Stem = stem,
                Extension = extension,
                Paths = [IOPath.Combine(folder, stem + extension)],
            };
        }

        string[] names = Parts(entry.Name);
        (string named, string ending) = Split(names[^1], isAudioName);
        string local = entry.Name.Replace('\\', IOPath.DirectorySeparatorChar);
        return new NamedEntry(file, entry)
        {
            Folders = [.. names[..^1].Where(n => n is not ("." or "..") && !n.EndsWith(':'))],
            Stem = named,
            Extension = ending,
            Paths = local.Contains('\0', StringComparison.Ordinal)
                ? []
                : [.. new[] { IOPath.GetFullPath(local, folder), IOPath.GetFullPath(local) }.Distinct()],
        };
    }

    /// <summary>The same without what is said when, to be read again.</summary>
    public static NamedEntry WithoutCues(NamedEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new NamedEntry(entry.File with { Entries = [] }, entry.Entry with { Cues = [] })
        {
            Folders = entry.Folders,
            Stem = entry.Stem,
            Extension = entry.Extension,
            Paths = entry.Paths,
        };
    }

    /// <summary>The same for a name that ends in the code of a language: "talk.en.srt" beside "talk.mp3".</summary>
    /// <returns>Null if it does not.</returns>
    public NamedEntry? WithoutLanguage()
    {
        int dot = Stem.LastIndexOf('.');
        string code = Stem[(dot + 1)..];
        string letters = code.Split('-', '_')[0];
        bool isCode = letters.Length is 2 or 3 && letters.All(char.IsAsciiLetter) && code.Length <= 8;
        return dot <= 0 || Entry.Name is not null || !isCode
            ? null
            : this with
            {
                Stem = Stem[..dot],
                Entry = Entry with { Language = Entry.Language ?? code.ToLowerInvariant() },
                Paths = [.. Paths.Select(p => IOPath.Combine(IOPath.GetDirectoryName(p) ?? "", Stem[..dot]))],
            };
    }

    /// <summary>What is equal for names that some file system takes for one.</summary>
    public static string Key(string stem) => NameFolding.Key(stem);

    /// <summary>Name and extension of a recording; ids without one may hold dots.</summary>
    public static (string Stem, string Extension) Split(string name, Func<string, bool> isAudioName)
    {
        ArgumentNullException.ThrowIfNull(name);
        string extension = isAudioName(name) ? IOPath.GetExtension(name) : "";
        return (name[..^extension.Length], extension);
    }

    private static string[] Parts(string path) =>
        path.Trim().Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } parts ? parts : [""];
}
