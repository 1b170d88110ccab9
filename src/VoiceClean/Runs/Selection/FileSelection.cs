using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Runs.Selection;

/// <summary>
/// Finds the inputs of a batch: files as they are named, and what is audio in folders (<see cref="FolderWalk"/>).
/// Nothing is opened that could block.
/// </summary>
internal sealed class FileSelection
{
    private readonly FoundEntries _found;
    private readonly FolderWalk _walk;
    private readonly AudioDecoders _decoders;
    private readonly HashSet<string> _namedFolders = new(StringComparer.Ordinal);
    private readonly Predicate<string> _isAnothers;
    private readonly bool _isShared;
    private string? _lastFolder;
    private readonly CancellationToken _cancellation;

    private FileSelection(
        SelectionOptions options,
        AudioDecoders decoders,
        IShare? share,
        Predicate<string>? isAnothers,
        CancellationToken cancellation)
    {
        _isShared = share is not null || isAnothers is not null;
        _found = new FoundEntries(share);
        _isAnothers = isAnothers ?? (id => !_found.IsOurs(id));
        _walk = new FolderWalk(_found, options, decoders, cancellation);
        _decoders = decoders;
        _cancellation = cancellation;
    }

    /// <summary>The inputs, sorted by id (ordinal), then by path.</summary>
    public FoundFiles Files => _found.Files;

    /// <summary>What was found in folders and is no input.</summary>
    public IReadOnlyList<SkippedEntry> Skipped => _found.Skipped;

    /// <summary>How many were left out for which reason.</summary>
    public IReadOnlyDictionary<string, int> SkipCounts =>
        new SortedDictionary<string, int>(
            Skipped.CountBy(s => s.Reason).ToDictionary(),
            StringComparer.Ordinal);

    /// <summary>
    /// How many inputs in folders do not say by their names that they are audio; of several runs each knows its own
    /// only.
    /// </summary>
    public int CountWithoutName => _found.CountWithoutName;

    /// <summary>
    /// The first input that is not there and whose name says no audio, so that it was perhaps a folder of recordings;
    /// null = there is none.
    /// </summary>
    public string? MissingFolder { get; private set; }

    /// <summary>Files that are no inputs may be of use all the same.</summary>
    /// <param name="explain">The new reason of what was left out; null = it was not left out at all.</param>
    public void Explain(Func<SkippedEntry, string?> explain) => _found.Explain(explain);

    /// <summary>Selects.</summary>
    /// <param name="inputs">Files and folders as the user named them.</param>
    /// <param name="listed">Files and folders from lists; relative ones keep their relative path as id.</param>
    /// <param name="options">What counts in folders.</param>
    /// <param name="decoders">Who recognises audio.</param>
    /// <param name="share">If several runs share the work: only what is this run's is selected, and the disk is asked
    /// about nothing else; null = everything.</param>
    /// <param name="isAnothers">Without a share: the ids of listed names that other runs ask the disk about. They are
    /// selected, and taken for files if their names say audio; null = this run asks about all.</param>
    /// <param name="cancellation">Stops between two files.</param>
    /// <exception cref="OutputException">An input is the output folder itself.</exception>
    public static FileSelection Select(
        IEnumerable<string> inputs,
        IEnumerable<string> listed,
        SelectionOptions options,
        AudioDecoders decoders,
        IShare? share = null,
        Predicate<string>? isAnothers = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(listed);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(decoders);
        var selection = new FileSelection(options, decoders, share, isAnothers, cancellation);
        foreach (string input in inputs)
        {
            selection.AddNamed(input, Path.GetFileName(Path.TrimEndingDirectorySeparator(input)), "", isListed: false);
        }

        foreach (string entry in listed)
        {
            string id = ListedId(entry);
            if (selection.IsAnothers(entry, id))
            {
                selection._found.Pass(entry, id);
            }
            else
            {
                selection.AddNamed(entry, id, Path.IsPathRooted(entry) ? "" : id, isListed: true);
            }
        }

        selection._found.Sort();
        return selection;
    }

    /// <summary>
    /// True if a file that is an input, whosever it is, may lie in a folder: one that was looked into, or that of a
    /// named file.
    /// </summary>
    public bool MayHoldInputs(string folder) =>
        _walk.HasVisited(folder)
        || _namedFolders.Any(f => FileIdentity.AreSame(f, folder));

    /// <summary>True if an input that was looked at is a link to a file. Known if the output folder exists.</summary>
    public bool HasLinkTo(string path) => _walk.Links.Has(path);

    // A listed name that says audio and is another run's: it is taken for a file, which its owner finds out.
    private bool IsAnothers(string entry, string id)
    {
        NoteFolder(entry);
        return _isAnothers(id) && _decoders.IsAudioName(entry);
    }

    private void NoteFolder(string path)
    {
        ReadOnlySpan<char> folder = Path.GetDirectoryName(path.AsSpan());
        if (_lastFolder is null || !folder.SequenceEqual(_lastFolder))       // neighbours share their folder
        {
            _lastFolder = folder.ToString();
            _namedFolders.Add(_lastFolder.Length > 0 ? _lastFolder : ".");
        }
    }

    /// <summary>
    /// The relative path without "." and with ".." resolved as far as it goes; the name alone of an absolute path.
    /// </summary>
    private static string ListedId(string entry)
    {
        if (Path.IsPathRooted(entry))
        {
            return Path.GetFileName(Path.TrimEndingDirectorySeparator(entry));
        }

        if (IsPlain(entry))
        {
            return entry;
        }

        var parts = new List<string>();
        foreach (string part in entry.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    // Most listed names have nothing that has to be resolved.
    private static bool IsPlain(string entry) =>
        entry.Length > 0
        && entry[0] != '.'
        && entry[^1] != '/'
        && !entry.Contains("/.", StringComparison.Ordinal)
        && !entry.Contains("//", StringComparison.Ordinal)
        && (Path.DirectorySeparatorChar == '/' || !entry.Contains(Path.DirectorySeparatorChar));

    private void AddNamed(string path, string id, string prefix, bool isListed)
    {
        _cancellation.ThrowIfCancellationRequested();
        switch (FileIdentity.KindOf(path))
        {
            case EntryKind.File:
                NoteFolder(path);
                _walk.Links.Note(path);
                _found.Add(path, id, null);
                break;
            case EntryKind.Folder when _walk.IsOutput(path):
                throw new OutputException(
                    ReasonCodes.InputIsOutput,
                    $"{path} is the output folder too; choose another one, results never stand among their inputs.");
            case EntryKind.Folder when isListed && _isShared && _decoders.IsAudioName(path):
                _found.Add(
                    path,
                    id,
                    new InputException(
                        ReasonCodes.UnsupportedFormat,
                        $"{path} is a folder with the name of a recording; rename it, or name it outside of the list "
                            + "(the other shards take it for a file)."));
                break;
            case EntryKind.Folder:
                _walk.Walk(path, prefix);
                break;
            case EntryKind.Other:
                _found.Add(
                    path,
                    id,
                    new InputException(
                        ReasonCodes.UnsupportedFormat,
                        $"{path} is a pipe or a device; copy its content into a file first."));
                break;
            default:
                _found.Add(path, id, InputFile.Missing(path));
                MissingFolder ??= _decoders.IsAudioName(path) ? null : path;
                break;
        }
    }
}
