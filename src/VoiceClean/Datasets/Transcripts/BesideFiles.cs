using System.Text;
using VoiceClean.Files;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>Finds the texts that lie beside recordings: files of the same name with another extension.</summary>
/// <param name="recordings">All of them.</param>
/// <param name="isAudioName">Tells recordings by their extension.</param>
/// <param name="problems">Receives what is not used.</param>
internal sealed class BesideFiles(
    IEnumerable<TextTarget> recordings,
    Func<string, bool> isAudioName,
    TextProblems problems)
{
    // Larger ones are no text of one recording.
    private const long MostBytes = 1 << 26;

    private static readonly string[] Extensions = [".json", ".vtt", ".srt", ".tsv", ".lrc", ".lab", ".txt"];

    private readonly Dictionary<string, Lookup<string, (string Path, string? Language)>> _folders = [];
    // Made when the first text is found: of a million recordings it takes hundreds of megabytes.
    private readonly Lazy<Lookup<string, string>> _stems = new(() => recordings.ToLookup(
        r => StemOf(r.Path, isAudioName),
        r => r.Path,
        StringComparer.Ordinal));

    private readonly Lazy<Lookup<string, string>> _alike = new(() => recordings.ToLookup(
        r => NamedEntry.Key(StemOf(r.Path, isAudioName)),
        r => r.Path,
        StringComparer.Ordinal));

    private readonly Dictionary<string, Lookup<string, (string Path, string? Language)>> _foldersAlike = [];
    private readonly BesideText _reader = new(isAudioName, problems);
    private readonly HashSet<string> _inDoubt = [];
    private readonly List<string> _used = [];
    private readonly List<string> _others = [];

    /// <summary>Files whose text is used.</summary>
    public IReadOnlyList<string> Used => _used;

    /// <summary>Files about recordings that have a better one.</summary>
    public IReadOnlyList<string> Others => _others;

    /// <summary>
    /// The best text beside a recording: with times of words, with times, without; null if there is none.
    /// </summary>
    /// <param name="path">The recording.</param>
    /// <param name="language">Which of several languages is meant; null = none named.</param>
    /// <param name="hasText">A list says already what is said; files are only noted then.</param>
    public NamedEntry? Find(string path, string? language, bool hasText)
    {
        ArgumentNullException.ThrowIfNull(path);
        string folder = Path.GetDirectoryName(path) ?? "";
        Lookup<string, (string Path, string? Language)> files = FilesIn(folder);
        if (files.Count == 0)
        {
            return null;
        }

        string name = Path.GetFileName(path);
        (string Path, string? Language)[] found = [.. files[name].Concat(OfStem(path, files)).DistinctBy(f => f.Path)];
        if (found.Length == 0)
        {
            found = [.. Alike(path, folder, files)];
        }

        if (found.Length == 0)
        {
            return null;
        }

        if (hasText)
        {
            _others.AddRange(found.Select(f => f.Path));
            return null;
        }

        NamedEntry[] texts = [.. found.Select(f => _reader.Of(f.Path, name, f.Language)).OfType<NamedEntry>()];
        NamedEntry? best = Choose(texts, language, name);
        foreach (NamedEntry entry in texts)
        {
            (ReferenceEquals(entry, best) ? _used : _others).Add(entry.File.Path);
        }

        return best;
    }

    /// <summary>Whether there are texts in a folder.</summary>
    public bool HasTextsIn(string folder) => FilesIn(folder).Count > 0;

    private Lookup<string, (string Path, string? Language)> FilesIn(string folder)
    {
        if (!_folders.TryGetValue(folder, out Lookup<string, (string Path, string? Language)>? files))
        {
            _folders[folder] = files = List(Path.GetFullPath(folder.Length > 0 ? folder : "."));
        }

        return files;
    }

    /// <summary>What has the recording's name without its extension, unless it is another one's as well.</summary>
    private IEnumerable<(string Path, string? Language)> OfStem(
        string path,
        Lookup<string, (string Path, string? Language)> files)
    {
        string stem = StemOf(path, isAudioName);
        foreach ((string Path, string? Language) file in files[Path.GetFileName(stem)])
        {
            if (file.Language is not null && _stems.Value.Contains(Path.ChangeExtension(file.Path, null)))
            {
                continue;              // "talk.mix.txt" is about "talk.mix.wav", not about "talk.wav" in a language
            }

            if (IsOnly(file.Path, _stems.Value[stem]))
            {
                yield return file;
            }
        }
    }

    // "Talk.srt" of "talk.wav", or the same accent written in two ways, unless another recording has just that name.
    private IEnumerable<(string Path, string? Language)> Alike(
        string path,
        string folder,
        Lookup<string, (string Path, string? Language)> files)
    {
        if (!_foldersAlike.TryGetValue(folder, out Lookup<string, (string Path, string? Language)>? alike))
        {
            alike = files.SelectMany(g => g.Select(f => (Key: NamedEntry.Key(g.Key), File: f)))
                .ToLookup(k => k.Key, k => k.File, StringComparer.Ordinal);
            _foldersAlike[folder] = alike;
        }

        string stem = StemOf(path, isAudioName), key = NamedEntry.Key(stem);
        return alike[NamedEntry.Key(Path.GetFileName(path))]
            .Concat(alike[NamedEntry.Key(Path.GetFileName(stem))])
            .DistinctBy(f => f.Path)
            .Where(f =>
                !_stems.Value.Contains(StemOf(Path.ChangeExtension(f.Path, null), isAudioName))
                && IsOnly(f.Path, _alike.Value[key]));
    }

    private bool IsOnly(string text, IEnumerable<string> recordingsOfIt)
    {
        string[] rivals = [.. recordingsOfIt.Take(2)];
        if (rivals.Length > 1 && _inDoubt.Add(text))
        {
            problems.Add(
                TextProblems.FitsSeveral,
                $"{text} may be {string.Join(" or ", rivals.Select(Path.GetFileName))}");
        }

        return rivals.Length < 2;
    }

    private NamedEntry? Choose(NamedEntry[] read, string? language, string name)
    {
        if (read.Length == 0)
        {
            return null;
        }

        // "talk.en.srt" and "talk.de.srt": one of them is a translation.
        string[] languages =
        [
            .. read.Select(r => r.Entry.Language).OfType<string>().Select(l => l.Split('-', '_')[0]).Distinct(),
        ];
        if (languages.Length > 1)
        {
            read = [.. read.Where(r => r.Entry.Language?.Split('-', '_')[0] == language)];
            if (read.Length == 0)
            {
                problems.Add(
                    TextProblems.FitsSeveral,
                    $"{name} has texts in {string.Join(", ", languages)}; name the language of the recording");
                return null;
            }
        }

        return read.MaxBy(r => Rank(r.Entry));
    }

    private static int Rank(TranscriptEntry entry) =>
        entry.Cues.Count == 0 ? 0 : entry.Cues.Any(c => c.Words.Count > 0) ? 2 : 1;

    private Lookup<string, (string Path, string? Language)> List(string folder)
    {
        try
        {
            var files = new List<string>();
            DirectoryEntries.Read(
                folder,
                (name, kind) =>
                {
                    if (IsText(name) && (kind ?? EntryKind.File) == EntryKind.File)
                    {
                        files.Add(Path.Combine(folder, name));
                    }
                });
            return files
                .Where(f =>
                    FileIdentity.KindOf(f) == EntryKind.File
                    && new FileInfo(f).Length is > 0 and <= MostBytes)
                .OrderBy(f => Array.IndexOf(Extensions, Path.GetExtension(f).ToLowerInvariant()))
                .ThenBy(f => f, StringComparer.Ordinal)
                .SelectMany(Keys)
                .ToLookup(k => k.Key, k => (k.Path, k.Language), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Array.Empty<string>().ToLookup(f => f, f => (f, (string?)null));
        }
    }

    private static bool IsText(string name)
    {
        ReadOnlySpan<char> extension = Path.GetExtension(name.AsSpan());
        bool isText = false;
        foreach (string one in Extensions)
        {
            isText |= Ascii.EqualsIgnoreCase(extension, one);
        }

        return isText && name[0] != '.';
    }

    private static string StemOf(string path, Func<string, bool> isAudioName)
    {
        string full = Path.GetFullPath(path);
        return isAudioName(full) ? Path.ChangeExtension(full, null) : full;
    }

    private IEnumerable<(string Key, string Path, string? Language)> Keys(string path)
    {
        string stem = Path.GetFileNameWithoutExtension(path);
        yield return (stem, path, null);
        if (isAudioName(stem))
        {
            yield break;               // "talk.wav.srt", as whisper.cpp writes it
        }

        int dot = stem.LastIndexOf('.');
        string code = stem[(dot + 1)..], letters = code.Split('-', '_')[0];
        if (dot > 0 && letters.Length is 2 or 3 && code.Length <= 8 && letters.All(char.IsAsciiLetter))
        {
            yield return (stem[..dot], path, code.ToLowerInvariant());
        }
    }
}
