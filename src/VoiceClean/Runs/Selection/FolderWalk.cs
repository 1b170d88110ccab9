using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Runs.Selection;

/// <summary>
/// Finds what is audio in folders: a file whose extension says so (then a broken one gets a verdict instead of
/// vanishing) or whose first bytes a decoder recognises. Real folders are visited before links to folders and none
/// twice, so a loop of links ends and every file keeps its own name.
/// </summary>
/// <param name="found">Receives what is found.</param>
/// <param name="options">What counts.</param>
/// <param name="decoders">Who recognises audio.</param>
/// <param name="cancellation">Stops between two files.</param>
internal sealed class FolderWalk(
    FoundEntries found,
    SelectionOptions options,
    AudioDecoders decoders,
    CancellationToken cancellation)
{
    private readonly FileIdentity? _output = options.OutputFolder is { } folder ? FileIdentity.Of(folder) : null;
    private readonly string? _outputPath = options.OutputFolder is { } path ? Path.GetFullPath(path) : null;
    private readonly HashSet<FileIdentity> _visited = [];
    private readonly AudioFiles _audio = new(decoders);
    private string _root = "";
    private readonly bool _needsId = found.IsShared || options.Include.Count + options.Exclude.Count > 0;

    /// <summary>Inputs that may be links into the output folder.</summary>
    public LinkedFiles Links { get; } = new(options.OutputFolder is { } target && Directory.Exists(target));

    /// <summary>Adds what is in a folder, as deep as the options say.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="rootId">What its entries' ids begin with; may be empty.</param>
    public void Walk(string root, string rootId)
    {
        _root = root;
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

    /// <summary>True if a folder was looked into, by whatever name.</summary>
    public bool HasVisited(string folder) =>
        FileIdentity.Of(folder) is not { } identity || _visited.Contains(identity);

    /// <summary>True if a folder is the output folder, by whatever name.</summary>
    public bool IsOutput(string folder)
        => _outputPath is not null && (string.Equals(Path.GetFullPath(folder), _outputPath, StringComparison.Ordinal)
            || (_output is { } output && FileIdentity.Of(folder) == output));

    private void Visit(
        string folder,
        string id,
        Stack<(string Path, string Id)> folders,
        SortedDictionary<string, string> links)
    {
        cancellation.ThrowIfCancellationRequested();
        if (IsOutput(folder))
        {
            found.Skip(folder, SkipReasons.OutputFolder);
            return;
        }

        if (FileIdentity.Of(folder) is { } identity && !_visited.Add(identity))
        {
            found.Skip(folder, SkipReasons.VisitedAlready);
            return;
        }

        // What somebody names is read, whatever it is; what is only met is not taken for recordings.
        if (folder != _root && RunFolder.IsResults(folder))
        {
            SkipResults(folder);
            return;
        }

        // Folders are met in the order of their names, whatever the order of the disk.
        var below = new List<(string Name, bool IsLink)>();
        var here = new FoundFolder(Path.Combine(folder, "x")[..^1], id.Length > 0 ? id + "/" : "");
        try
        {
            here.HoldsAudioOnly = true;
            DirectoryEntries.Read(folder, (name, kind) => VisitEntry(here, name, kind, below));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            found.Add(
                folder,
                id.Length > 0 ? id : Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)),
                new InputException(
                    ReasonCodes.PermissionDenied,
                    $"The folder {folder} may not be read; check its permissions.",
                    e));
            return;
        }

        below.Sort((a, b) => string.CompareOrdinal(b.Name, a.Name));      // backwards: a stack turns it round
        foreach ((string name, bool isLink) in below)
        {
            (string path, string belowId) = (Path.Combine(folder, name), id.Length > 0 ? $"{id}/{name}" : name);
            if (isLink)
            {
                links.TryAdd(belowId, path);
            }
            else
            {
                folders.Push((path, belowId));
            }
        }
    }

    // Each clip counts, because that is what somebody may miss.
    private void SkipResults(string folder)
    {
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        foreach (string path in Directory.EnumerateFiles(folder, "*", everywhere).Order(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            if (decoders.IsAudioName(Path.GetFileName(path)))
            {
                found.Skip(path, SkipReasons.Results);
            }
        }
    }

    private void VisitEntry(
        FoundFolder folder,
        string name,
        EntryKind? known,
        List<(string Name, bool IsLink)> below)
    {
        bool hidden =
            name.StartsWith("._", StringComparison.Ordinal)
            || (!options.Hidden && name[0] == '.')
            || name == RunFolder.Name;
        string id = _needsId ? folder.Id + name : "";
        folder.HoldsAudioOnly &= known == EntryKind.Folder || _audio.AreCalled(name);
        if (hidden || IsAny(options.Exclude, id))
        {
            Skip(hidden ? SkipReasons.Hidden : SkipReasons.Excluded);
            return;
        }

        bool isAsked = known is null || name.Contains('\uFFFD', StringComparison.Ordinal);
        EntryKind kind = isAsked ? FileIdentity.KindOf(Full()) : known!.Value;
        if (kind == EntryKind.None && name.Contains('\uFFFD', StringComparison.Ordinal))
        {
            found.Add(Full(), folder.Id + name, InputFile.Unreadable(Full()));
        }
        else if (kind is EntryKind.None or EntryKind.Other)
        {
            Skip(kind == EntryKind.None ? SkipReasons.DanglingLink : SkipReasons.SpecialFile);
        }
        else if (kind == EntryKind.Folder)
        {
            if (options.Recursive)
            {
                below.Add((name, isAsked && new DirectoryInfo(Full()).LinkTarget is not null));
            }
        }
        else if (options.Include.Count > 0 && !IsAny(options.Include, id))
        {
            Skip(SkipReasons.Excluded);
        }
        else
        {
            VisitFile();
        }

        string Full() => folder.Path + name;

        void Skip(string reason)
        {
            if (found.IsOurs(id))
            {
                found.Skip(Full(), reason);
            }
        }

        void VisitFile()
        {
            bool isAudio = _audio.AreCalled(name);
            if (isAsked)
            {
                Links.Note(Full());
            }

            if (!found.IsOurs(id))
            {
                if (isAudio)
                {
                    found.Pass(id);
                }
            }
            else if (isAudio || _audio.IsOne(Full()))
            {
                found.Add(folder, name, id, null);
                found.CountWithoutName += isAudio ? 0 : 1;
            }
            else
            {
                found.Skip(Full(), SkipReasons.NotAudio);
            }
        }
    }

    private static bool IsAny(IReadOnlyList<Glob> globs, string id)
    {
        for (int i = 0; i < globs.Count; i++)
        {
            if (globs[i].Matches(id))
            {
                return true;
            }
        }

        return false;
    }
}
