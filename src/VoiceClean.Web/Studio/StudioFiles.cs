using VoiceClean.Formats.Loading;
using VoiceClean.Runs.Selection;

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
}

/// <summary>The recordings that were named when the studio was started; a page names them by ids alone.</summary>
internal sealed class StudioFiles
{
    private StudioFiles(IReadOnlyList<StudioFile> all) => All = all;

    /// <summary>All of them, sorted by name.</summary>
    public IReadOnlyList<StudioFile> All { get; }

    /// <summary>Looks for them.</summary>
    /// <param name="source">A recording or a folder; null = none.</param>
    /// <param name="decoders">Who recognises audio.</param>
    public static StudioFiles Of(string? source, AudioDecoders decoders)
    {
        if (source is null)
        {
            return new([]);
        }

        var selection = FileSelection.Select([source], [], new SelectionOptions(), decoders);
        return new([.. selection.Files.Select((f, i) => new StudioFile($"f{i + 1}", f.Id, f.Path))]);
    }

    /// <summary>The one with this id; null if there is none.</summary>
    public StudioFile? Find(string id) => All.FirstOrDefault(f => f.Id == id);
}
