using System.Text;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>
/// Knows what is said in recordings and clips: from the files that the user names, and from those beside the
/// recordings. Filled once (<see cref="Match"/>), then read by all threads.
/// </summary>
internal sealed class TranscriptIndex
{
    private readonly Func<string, bool> _isAudioName;
    private readonly List<NamedEntry> _entries = [];
    private readonly Dictionary<string, (NamedEntry Entry, Transcript Transcript)> _byId = new(StringComparer.Ordinal);
    private readonly List<NamedEntry> _unknown = [];
    private readonly HashSet<string> _usedFiles = new(StringComparer.Ordinal);
    private readonly HashSet<string> _otherFiles = new(StringComparer.Ordinal);

    private TranscriptIndex(Func<string, bool> isAudioName) => _isAudioName = isAudioName;

    /// <summary>What could not be done.</summary>
    public TextProblems Problems { get; } = new();

    /// <summary>Texts in the files that the user named.</summary>
    public int Count => _entries.Count;

    /// <summary>Whether there are texts that no recording has.</summary>
    public bool HasOthers => _unknown.Count > 0;

    /// <summary>Recordings that have a text.</summary>
    public int Recordings => _byId.Count;

    /// <summary>Files that the user named, and files beside recordings whose text is used; complete paths.</summary>
    public IReadOnlySet<string> UsedFiles => _usedFiles;

    /// <summary>Files beside recordings that have a better text; complete paths.</summary>
    public IReadOnlySet<string> OtherFiles => _otherFiles;

    /// <summary>Reads the files that the user names.</summary>
    /// <param name="paths">Files, and folders that hold such files at any depth; empty = only files beside the
    /// recordings count.</param>
    /// <param name="decoders">Who knows which names are those of recordings; null = the decoders that come with
    /// VoiceClean.</param>
    /// <param name="name">What the option is called, for messages.</param>
    /// <param name="stop">Ends the waiting for a pipe.</param>
    /// <exception cref="InputException">One is missing, unreadable, in an encoding that is not known for certain, or
    /// says nothing that is understood.</exception>
    public static TranscriptIndex Load(
        IReadOnlyList<string> paths, AudioDecoders? decoders = null, string name = "transcripts",
        CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        decoders ??= AudioDecoders.CreateDefault();
        var index = new TranscriptIndex(decoders.IsKnownName);
        foreach (string path in paths)
        {
            try
            {
                index.Add(path, stop);
            }
            catch (InputException e)
            {
                throw new InputException(e.Code, $"{name} {e.Message}", e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new InputException(
                    ReasonCodes.NotFound,
                    $"{name} {path} cannot be read: {SystemErrors.Say(e)}.",
                    e);
            }
        }

        return index;
    }

    /// <summary>Finds the text of each recording, once.</summary>
    /// <param name="recordings">All of them, those of other shards included; gone through several times.</param>
    /// <param name="language">Of the recordings, where files beside them are in several; null = not named.</param>
    /// <param name="inFolders">Those of some folders; null = they are few.</param>
    public void Match(
        IEnumerable<TextTarget> recordings,
        string? language = null,
        Func<Predicate<string>, IEnumerable<TextTarget>>? inFolders = null)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        IReadOnlyDictionary<string, NamedEntry> listed = _entries.Count == 0
            ? new Dictionary<string, NamedEntry>()
            : new TranscriptMatcher(recordings, _entries, _isAudioName).Match(_entries, Problems, _unknown);
        var beside = new BesideFiles(recordings, _isAudioName, Problems);
        inFolders = listed.Count == 0 ? inFolders : null;      // of a million most lie where there is no text
        foreach (TextTarget recording in inFolders?.Invoke(beside.HasTextsIn) ?? recordings)
        {
            listed.TryGetValue(recording.Id, out NamedEntry? entry);
            entry = beside.Find(recording.Path, language, entry is not null) ?? entry;
            if (entry is not null)
            {
                _byId[recording.Id] = (Light(entry), Describe(entry.Entry));
            }
        }

        _usedFiles.UnionWith(beside.Used.Select(Path.GetFullPath));
        _otherFiles.UnionWith(beside.Others.Select(Path.GetFullPath));
    }

    /// <summary>What is said in a recording, null if that is not known.</summary>
    /// <param name="id">Of the recording.</param>
    public Transcript? Find(string id) =>
        _byId.TryGetValue(id, out (NamedEntry Entry, Transcript Transcript) found) ? found.Transcript : null;

    /// <summary>Whose voice a recording is by the list that its text is from, and where that stands; null if it does
    /// not say.</summary>
    /// <param name="id">Of the recording.</param>
    public (string Speaker, string Where)? SpeakerOf(string id) =>
        _byId.TryGetValue(id, out (NamedEntry Entry, Transcript Transcript) found)
        && found.Entry.Entry.Speaker is { } speaker
        && !string.IsNullOrWhiteSpace(speaker)
            ? (speaker, found.Entry.Where)
            : null;

    /// <summary>What is said when in a recording; empty if that is not known.</summary>
    /// <param name="id">Of the recording.</param>
    /// <exception cref="InputException">Its file has gone.</exception>
    public IReadOnlyList<Cue> CuesOf(string id)
    {
        bool isKnown = _byId.TryGetValue(id, out (NamedEntry Entry, Transcript Transcript) found);
        if (!isKnown || found.Transcript.TimedSha256 is null)
        {
            return [];
        }

        // Words with times of thousands of hours are not kept in memory.
        return found.Entry.Entry.Cues is { Count: > 0 } cues
            ? cues
            : TranscriptReader.ReadFile(found.Entry.File.Path, _isAudioName).Entries is [var entry, ..] ? entry.Cues
            : [];
    }

    /// <summary>The texts of clips: entries that no recording has, but a clip.</summary>
    /// <param name="clips">All of the set; ids are their names without the folder.</param>
    public IReadOnlyDictionary<string, TranscriptEntry> MatchClips(IReadOnlyList<TextTarget> clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        NamedEntry[] left = [.. _unknown];
        _unknown.Clear();
        var matcher = new TranscriptMatcher(clips, left, _isAudioName, areNamesUnique: true);
        IReadOnlyDictionary<string, NamedEntry> found = matcher.Match(left, Problems, _unknown);
        return found.ToDictionary(
            f => f.Key,
            f => f.Value.Entry with
            {
                Text = f.Value.Entry.Text.Length > 0
                    ? f.Value.Entry.Text
                    : string.Join(' ', f.Value.Entry.Cues.Select(c => c.Text)),
            },
            StringComparer.Ordinal);
    }

    /// <summary>Says which texts fit nothing; after all that may have a text is known.</summary>
    public void Finish()
    {
        foreach (NamedEntry entry in _unknown)
        {
            Problems.Add(TextProblems.FitsNothing, $"{entry.Where}: '{entry.Entry.Name ?? entry.Stem}'");
        }

        _unknown.Clear();
    }

    private void Add(string path, CancellationToken stop)
    {
        if (!Directory.Exists(path))
        {
            Add(TranscriptReader.ReadFile(path, _isAudioName, stop), null);
            return;
        }

        string[] files =
        [
            .. Directory
                .EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(f =>
                    TranscriptReader.Extensions.Contains(Path.GetExtension(f).ToLowerInvariant())
                    && Path.GetFileName(f)[0] != '.')
                .Order(StringComparer.Ordinal),
        ];
        if (files.Length == 0)
        {
            throw new InputException(
                ReasonCodes.NotFound,
                $"{path} holds no file that ends in {string.Join(", ", TranscriptReader.Extensions)}.");
        }

        foreach (string file in files)
        {
            try
            {
                Add(TranscriptReader.ReadFile(file, _isAudioName, stop), path);
            }
            catch (InputException e)
            {
                Problems.Add(TextProblems.Unreadable, e.Message);
            }
        }
    }

    private void Add(TranscriptFile file, string? root)
    {
        _usedFiles.Add(Path.GetFullPath(file.Path));
        Problems.Add(file);
        if (!file.Entries.Any(e => e.HasText) && file.IgnoredLines.Count + file.DamagedLines.Count == 0)
        {
            Problems.Add(TextProblems.NotUnderstood, $"{file.Path}: there is no text in it");
        }

        _entries.AddRange(
            file.Entries.Where(e => e.HasText).Select(e => NamedEntry.Of(file, e, root, _isAudioName)));
    }

    private static NamedEntry Light(NamedEntry entry) =>
        entry.File.Entries.Count == 1 && entry.Entry.Cues.Count > 0
            ? NamedEntry.WithoutCues(entry)
            : entry;

    private static Transcript Describe(TranscriptEntry entry)
    {
        if (entry.Cues.Count == 0)
        {
            return new Transcript(entry.Text, entry.Language);
        }

        var text = new StringBuilder();
        foreach (Cue cue in entry.Cues)
        {
            text.Append(FormattableString.Invariant($"{cue.StartS:R}|{cue.EndS:R}|{cue.Text}|"));
            foreach (TimedWord word in cue.Words)
            {
                text.Append(FormattableString.Invariant($"{word.StartS:R}|{word.EndS:R}|{word.Text}|"));
            }
        }

        return new Transcript(
            "",
            entry.Language,
            Convert.ToHexStringLower(Sha256.HashData(Encoding.UTF8.GetBytes(text.ToString()))));
    }
}
