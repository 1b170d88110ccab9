using VoiceClean.Errors;

namespace VoiceClean.Runs.Selection;

/// <summary>What a selection has found: inputs, each once, and what was left out.</summary>
/// <param name="share">If several runs share the work: what is not this run's is only noted.</param>
internal sealed class FoundEntries(IShare? share)
{
    private readonly FoundFiles _files = new();
    private readonly List<SkippedEntry> _skipped = [];
    private readonly Dictionary<string, FoundFolder> _known = new(StringComparer.Ordinal);      // of named files
    private FoundFolder? _last;

    public FoundFiles Files => _files;

    public IReadOnlyList<SkippedEntry> Skipped => _skipped;

    /// <summary>
    /// How many inputs do not say by their names that they are audio; of several runs each knows its own only.
    /// </summary>
    public int CountWithoutName { get; set; }

    /// <summary>True if several runs share the work.</summary>
    public bool IsShared => share is not null;

    /// <summary>True if an entry is this run's.</summary>
    public bool IsOurs(string id) => share is null || share.Owns(id);

    /// <summary>Notes the id of an input that is another run's.</summary>
    public void Pass(string id) => share?.Note(id);

    /// <summary>Notes an input that another run asks the disk about; without a share it is kept all the same.</summary>
    public void Pass(string path, string id)
    {
        if (share is null)
        {
            Add(path, id, null);
            _files.MarkAsAnothers();
        }
        else
        {
            share.Note(id);
        }
    }

    /// <summary>Adds an input of ours; one of another run is only noted.</summary>
    public void Add(string path, string id, VoiceCleanException? failure)
    {
        (_last, string name) = FoundFolder.Split(path, id, _last, _known);
        Add(_last, name, id, failure);
    }

    /// <summary>The same of a file in a folder.</summary>
    public void Add(FoundFolder folder, string name, string id, VoiceCleanException? failure)
    {
        share?.Note(id);
        if (IsOurs(id))
        {
            _files.Add(folder, name, failure);
        }
    }

    /// <summary>Notes what is no input.</summary>
    /// <param name="path">As the user can open it.</param>
    /// <param name="reason">One of <see cref="SkipReasons"/>.</param>
    public void Skip(string path, string reason) => _skipped.Add(new SkippedEntry(path, reason));

    /// <summary>Gives what was left out another reason.</summary>
    /// <param name="explain">The new reason of an entry; null = it was not left out at all.</param>
    public void Explain(Func<SkippedEntry, string?> explain)
    {
        SkippedEntry[] skipped = [.. _skipped];
        _skipped.Clear();
        foreach (SkippedEntry entry in skipped)
        {
            if (explain(entry) is { } reason)
            {
                _skipped.Add(entry with { Reason = reason });
            }
        }
    }

    /// <summary>
    /// Sorts the inputs by id (ordinal), then by path, and what was left out by path. An input that is there already is
    /// left out.
    /// </summary>
    public void Sort()
    {
        _files.Sort().ForEach(path => Skip(path, SkipReasons.VisitedAlready));
        _skipped.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
    }
}
