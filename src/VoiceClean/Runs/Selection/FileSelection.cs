using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs.State;

namespace VoiceClean.Runs.Selection;

/// <summary>
/// Finds the inputs of a batch: files as they are named, and what is audio in folders. A file in a folder is audio if
/// its extension says so (then a broken one gets a verdict instead of vanishing) or a decoder recognises its first
/// bytes. Real folders are visited before links to folders and none twice, so a loop of links ends and every file keeps
/// its own name. Nothing is opened that could block.
/// </summary>
public sealed class FileSelection
{
    private readonly SelectionOptions _options;
    private readonly AudioDecoders _decoders;
    private readonly CancellationToken _cancellation;
    private readonly FileIdentity? _output;
    private readonly string? _outputPath;
    private readonly List<SelectedFile> _files = [];
    private readonly List<SkippedEntry> _skipped = [];
    private readonly HashSet<(string Path, string Id)> _seen = [];
    private readonly HashSet<FileIdentity> _visited = [];
    private readonly byte[] _header = new byte[Header.Length];

    private FileSelection(SelectionOptions options, AudioDecoders decoders, CancellationToken cancellation)
    {
        _options = options;
        _decoders = decoders;
        _cancellation = cancellation;
        _output = options.OutputFolder is { } folder ? FileIdentity.Of(folder) : null;
        _outputPath = options.OutputFolder is { } path ? Path.GetFullPath(path) : null;
    }

    /// <summary>The inputs, sorted by id (ordinal), then by path.</summary>
    public IReadOnlyList<SelectedFile> Files => _files;

    /// <summary>What was found in folders and is no input.</summary>
    public IReadOnlyList<SkippedEntry> Skipped => _skipped;

    /// <summary>How many were left out for which reason.</summary>
    public IReadOnlyDictionary<string, int> SkipCounts =>
        new SortedDictionary<string, int>(_skipped.CountBy(s => s.Reason).ToDictionary(), StringComparer.Ordinal);

    /// <summary>Selects.</summary>
    /// <param name="inputs">Files and folders as given on the command line.</param>
    /// <param name="listed">Files and folders from lists; relative ones keep their relative path as id.</param>
    /// <param name="options">What counts in folders.</param>
    /// <param name="decoders">Who recognises audio.</param>
    /// <param name="cancellation">Stops between two files.</param>
    /// <exception cref="OutputException">An input is the output folder itself.</exception>
    public static FileSelection Select(
        IEnumerable<string> inputs,
        IEnumerable<string> listed,
        SelectionOptions options,
        AudioDecoders decoders,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(listed);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(decoders);
        var selection = new FileSelection(options, decoders, cancellation);
        foreach (string input in inputs)
        {
            selection.AddNamed(input, Path.GetFileName(Path.TrimEndingDirectorySeparator(input)), "");
        }

        foreach (string entry in listed)
        {
            string id = ListedId(entry);
            selection.AddNamed(entry, id, Path.IsPathRooted(entry) ? "" : id);
        }

        selection._files.Sort(
            (a, b) =>
                string.CompareOrdinal(a.Id, b.Id) is not 0 and var order ? order : string.CompareOrdinal(a.Path, b.Path)
        );
        return selection;
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

    private void AddNamed(string path, string id, string prefix)
    {
        _cancellation.ThrowIfCancellationRequested();
        switch (FileIdentity.KindOf(path))
        {
            case EntryKind.File:
                Add(path, id, null);
                break;
            case EntryKind.Folder when IsOutput(path):
                throw new OutputException(
                    ReasonCodes.InputIsOutput,
                    $"{path} is the output folder too; choose another one, results never stand among their inputs.");
            case EntryKind.Folder:
                Walk(path, prefix);
                break;
            case EntryKind.Other:
                Add(
                    path,
                    id,
                    new InputException(
                        ReasonCodes.UnsupportedFormat,
                        $"{path} is a pipe or a device; copy its content into a file first."));
                break;
            default:
                Add(
                    path,
                    id,
                    path.Contains('\uFFFD', StringComparison.Ordinal)
                        ? Unreadable(path)
                        : new InputException(
                            ReasonCodes.NotFound,
                            $"{path} does not exist; check the name and the folder."));
                break;
        }
    }

    private void Walk(string root, string rootId)
    {
        var folders = new Stack<(string Path, string Id)>([(root, rootId)]);
        // id → path; followed once all real folders are done
        var links = new SortedDictionary<string, string>(StringComparer.Ordinal);
        while (true)
        {
            while (folders.TryPop(out (string Path, string Id) folder))
            {
                Visit(folder.Path, folder.Id, folders, links);
            }

            if (links.Count == 0)
            {
                return;
            }

            (string id, string path) = links.First();
            links.Remove(id);
            folders.Push((path, id));
        }
    }

    private void Visit(
        string folder,
        string id,
        Stack<(string Path, string Id)> folders,
        SortedDictionary<string, string> links)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (IsOutput(folder))
        {
            Skip(folder, SkipReasons.OutputFolder);
            return;
        }

        if (FileIdentity.Of(folder) is { } identity && !_visited.Add(identity))
        {
            Skip(folder, SkipReasons.VisitedAlready);
            return;
        }

        FileSystemInfo[] entries;
        try
        {
            entries =
            [
                .. new DirectoryInfo(folder).EnumerateFileSystemInfos(
                    "*",
                    new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Add(
                folder,
                id.Length > 0 ? id : Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)),
                new InputException(
                    ReasonCodes.PermissionDenied,
                    $"The folder {folder} may not be read; check its permissions.",
                    e));
            return;
        }

        Array.Sort(entries, (a, b) => string.CompareOrdinal(b.Name, a.Name));      // backwards: a stack turns it round
        foreach (FileSystemInfo entry in entries)
        {
            VisitEntry(
                Path.Combine(folder, entry.Name),
                id.Length > 0 ? $"{id}/{entry.Name}" : entry.Name,
                entry,
                folders,
                links);
        }
    }

    private void VisitEntry(
        string path,
        string id,
        FileSystemInfo entry,
        Stack<(string Path, string Id)> folders,
        SortedDictionary<string, string> links)
    {
        string name = entry.Name;
        bool hidden =
            name.StartsWith("._", StringComparison.Ordinal)
            || (!_options.Hidden && name[0] == '.')
            || name == StateFolder.Name;
        bool isLink = entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && entry.LinkTarget is not null;
        EntryKind kind = FileIdentity.KindOf(path);
        if (hidden)
        {
            Skip(path, SkipReasons.Hidden);
        }
        else if (_options.Exclude.Any(g => g.Matches(id)))
        {
            Skip(path, SkipReasons.Excluded);
        }
        else if (kind == EntryKind.None && name.Contains('\uFFFD', StringComparison.Ordinal))
        {
            Add(path, id, Unreadable(path));
        }
        else if (kind is EntryKind.None or EntryKind.Other)
        {
            Skip(path, kind == EntryKind.None ? SkipReasons.DanglingLink : SkipReasons.SpecialFile);
        }
        else if (kind == EntryKind.Folder)
        {
            if (_options.Recursive)
            {
                if (isLink)
                {
                    links.TryAdd(id, path);
                }
                else
                {
                    folders.Push((path, id));
                }
            }
        }
        else if (_options.Include.Count > 0 && !_options.Include.Any(g => g.Matches(id)))
        {
            Skip(path, SkipReasons.Excluded);
        }
        else if (!_decoders.IsAudioName(name) && !IsUnread(name) && !IsRecognized(path))
        {
            Skip(path, SkipReasons.NotAudio);
        }
        else
        {
            Add(path, id, null);
        }
    }

    // Audio that nobody here reads; it shall fail with a reason all the same.
    private static bool IsUnread(string name) =>
        Path.GetExtension(name).ToLowerInvariant() is ".dts" or ".gsm" or ".voc";

    private bool IsRecognized(string path)
    {
        try
        {
            using var stream = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 1);
            int length = stream.ReadAtLeast(_header, _header.Length, throwOnEndOfStream: false);
            return _decoders.All.Any(d => d.Recognizes(_header.AsSpan(0, length)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;      // without an extension that says audio there is no reason to think so
        }
    }

    private bool IsOutput(string folder)
        => _outputPath is not null && (string.Equals(Path.GetFullPath(folder), _outputPath, StringComparison.Ordinal)
            || (_output is { } output && FileIdentity.Of(folder) == output));

    private void Add(string path, string id, VoiceCleanException? failure)
    {
        if (_seen.Add((Path.GetFullPath(path), id)))
        {
            _files.Add(new SelectedFile(path, id, failure));
        }
        else
        {
            Skip(path, SkipReasons.VisitedAlready);
        }
    }

    private void Skip(string path, string reason) => _skipped.Add(new SkippedEntry(path, reason));

    private static InputException Unreadable(string path) =>
        new(
            ReasonCodes.UnreadableName,
            $"{path} has a name that is not UTF-8, so it cannot be opened; rename it (convmv can do a whole folder).");
}
