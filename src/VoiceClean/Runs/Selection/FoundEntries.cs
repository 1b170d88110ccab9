using VoiceClean.Errors;

namespace VoiceClean.Runs.Selection;

/// <summary>What a selection has found: inputs, each once, and what was left out.</summary>
internal sealed class FoundEntries
{
    private readonly List<SelectedFile> _files = [];
    private readonly List<SkippedEntry> _skipped = [];
    private readonly HashSet<(string Path, string Id)> _seen = [];

    public IReadOnlyList<SelectedFile> Files => _files;

    public IReadOnlyList<SkippedEntry> Skipped => _skipped;

    /// <summary>Adds an input, or notes that it is there already.</summary>
    public void Add(string path, string id, VoiceCleanException? failure)
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

    /// <summary>Notes what is no input.</summary>
    /// <param name="path">As the user can open it.</param>
    /// <param name="reason">One of <see cref="SkipReasons"/>.</param>
    public void Skip(string path, string reason) => _skipped.Add(new SkippedEntry(path, reason));

    /// <summary>Sorts the inputs by id (ordinal), then by path.</summary>
    public void Sort() =>
        _files.Sort(
            (a, b) => string.CompareOrdinal(a.Id, b.Id) is not 0 and var order
                ? order
                : string.CompareOrdinal(a.Path, b.Path));

    /// <summary>Why something with this name fails.</summary>
    public static InputException Unreadable(string path) =>
        new(
            ReasonCodes.UnreadableName,
            $"{path} has a name that is not UTF-8, so it cannot be opened; rename it (convmv can do a whole folder).");
}
