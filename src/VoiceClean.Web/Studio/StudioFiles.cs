using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs.Selection;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Studio;

/// <summary>A recording that the studio may open.</summary>
/// <param name="Id">By which the page names it: "f1".</param>
/// <param name="Name">Its path below the folder, with '/'; of a single file its name.</param>
/// <param name="Path">Where it lies.</param>
internal sealed record StudioFile(string Id, string Name, string Path)
{
    /// <summary>[byte]; null if it cannot be told.</summary>
    public long? SizeBytes
    {
        get
        {
            var info = new FileInfo(Path);
            return info.Exists ? info.Length : null;
        }
    }

    /// <summary>Its length and when it was last written, by which another file under this name is told; nothing of a
    /// pipe, which has neither.</summary>
    public (long Length, DateTime Written) Stamp
    {
        get
        {
            var info = new FileInfo(Path);
            bool isThere = info.Exists && FileIdentity.KindOf(Path) != EntryKind.Other;
            return isThere ? (info.Length, info.LastWriteTimeUtc) : default;
        }
    }
}

/// <summary>
/// The recordings below what was named when the studio was started. A page names them by ids alone; links that lead out
/// of the folder are not followed, whenever they were put there.
/// </summary>
internal sealed class StudioFiles
{
    private readonly string? _folder;       // without links; null if a file was named, which may be a link
    private readonly IReadOnlyList<StudioFile> _found;

    private StudioFiles(string? folder, IEnumerable<SelectedFile> found)
    {
        _folder = folder;
        _found = [.. found.Where(f => IsInside(f.Path)).Select((f, i) => new StudioFile($"f{i + 1}", f.Id, f.Path))];
    }

    /// <summary>All of them, sorted by name, and what the microphone recorded meanwhile.</summary>
    public IReadOnlyList<StudioFile> All => [.. _found, .. Takes.All];

    /// <summary>What the microphone recorded.</summary>
    public StudioTakes Takes { get; } = new();

    /// <summary>Looks for them.</summary>
    /// <param name="source">A recording or a folder; null = none.</param>
    /// <param name="decoders">Who recognises audio.</param>
    public static StudioFiles Of(string? source, AudioDecoders decoders)
    {
        if (source is null)
        {
            return new(null, []);
        }

        var selection = FileSelection.Select([source], [], new SelectionOptions(), decoders);
        return new(Directory.Exists(source) ? RealPath.Of(source) : null, selection.Files);
    }

    /// <summary>Opens one.</summary>
    /// <param name="id">Its id.</param>
    /// <exception cref="RefusalException">There is none with this id.</exception>
    /// <exception cref="InputException">It is gone, or leads out of the folder now.</exception>
    public StudioFile Find(string id) =>
        Takes.All.FirstOrDefault(f => f.Id == id) ?? Found(id);

    private StudioFile Found(string id) =>
        _found.FirstOrDefault(f => f.Id == id) is not { } file
            ? throw new RefusalException(HttpReasons.NotOpen, "No recording has this id; ask for the session.")
        : !IsInside(file.Path)
            ? throw new InputException(
                ReasonCodes.NotFound,
                $"{file.Name} is no longer a recording in the folder; it is gone, or a link that leads out of it.")
        : file;

    private bool IsInside(string path) =>
        _folder is null
        || RealPath.Of(path).StartsWith(Path.TrimEndingDirectorySeparator(_folder) + Path.DirectorySeparatorChar,
            StringComparison.Ordinal);
}
