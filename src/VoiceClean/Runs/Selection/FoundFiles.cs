using System.Collections;
using VoiceClean.Errors;

namespace VoiceClean.Runs.Selection;

/// <summary>
/// Inputs, each made when it is asked for. What is kept are names, end to end, and whose folder each is of: some 30
/// bytes a file, where a path and an id as strings take 200. Sorted they lie in their order, so that who goes through
/// them walks through memory.
/// </summary>
internal sealed class FoundFiles : IReadOnlyList<SelectedFile>
{
    private readonly List<FoundFolder> _folders = [];
    private PackedNames _names = new();
    private int[] _folderOf = new int[256];
    private VoiceCleanException?[]? _failures;     // most often there are none
    private ulong[] _others = [];                  // a bit each that says that another run asks the disk about it
    private char[] _id = [];

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>The first input that has the id of the one before it: two files by one name; null = none.</summary>
    public int? FirstNamesake { get; private set; }

    /// <summary>Made at each call.</summary>
    public SelectedFile this[int index]
    {
        get
        {
            FoundFolder folder = _folders[_folderOf[index]];
            string name = CompactText.Decode(_names[index]);
            return new SelectedFile(folder.Path + name, folder.Id + name, _failures?[index]);
        }
    }

    /// <summary>True if an input and the one before it lie in one folder, by their ids too.</summary>
    public bool IsBesideTheLast(int index) =>
        index > 0
        && _folderOf[index] == _folderOf[index - 1]
        && FolderIn(_names[index]).SequenceEqual(FolderIn(_names[index - 1]));

    /// <summary>True if an input was marked as another run's; false says nothing.</summary>
    public bool IsAnothers(int index) =>
        index / 64 < _others.Length && (_others[index / 64] >> (index % 64) & 1) != 0;

    /// <summary>True if an input lies in a folder where every file is called audio; false says nothing.</summary>
    public bool IsAmongAudioOnly(int index) => _folders[_folderOf[index]].HoldsAudioOnly;

    /// <summary>The id of an input, good until the next call.</summary>
    public ReadOnlySpan<char> IdOf(int index)
    {
        string folder = _folders[_folderOf[index]].Id;
        ReadOnlySpan<byte> name = _names[index];
        PackedNames.Grow(ref _id, folder.Length + name.Length);
        folder.CopyTo(_id);
        return _id.AsSpan(0, folder.Length + CompactText.Decode(name, _id.AsSpan(folder.Length)));
    }

    /// <summary>True if an input has this id.</summary>
    public bool Contains(ReadOnlySpan<char> id)
    {
        int low = 0, high = Count - 1;
        while (low <= high)
        {
            int middle = low + ((high - low) / 2);
            int order = IdOf(middle).SequenceCompareTo(id);
            if (order == 0)
            {
                return true;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return false;
    }

    /// <summary>Adds an input. It counts once they are sorted.</summary>
    public void Add(FoundFolder folder, string name, VoiceCleanException? failure)
    {
        int file = _names.Count;
        _names.Add(name);
        PackedNames.Grow(ref _folderOf, file + 1);
        if (folder.Number < 0)
        {
            folder.Number = _folders.Count;
            _folders.Add(folder);
        }

        _folderOf[file] = folder.Number;
        if (failure is not null || _failures is not null)
        {
            _failures ??= [];
            PackedNames.Grow(ref _failures, file + 1);
            _failures[file] = failure;
        }
    }

    /// <summary>Marks the input that was added last as another run's.</summary>
    public void MarkAsAnothers()
    {
        int file = _names.Count - 1;
        PackedNames.Grow(ref _others, (file / 64) + 1);
        _others[file / 64] |= 1UL << (file % 64);
    }

    /// <summary>Sorts by id (ordinal), then by path; to be called once, when all are added.</summary>
    /// <returns>The paths of inputs that are there already, which are left out: of one file by two spellings the first
    /// that was found counts.</returns>
    public List<string> Sort()
    {
        var found = new FoundOrder(_names, _folderOf, _folders);
        int[] order = found.Sort();
        List<string> twice = LeaveOutTwice(order, found);
        LayInOrder(order.AsSpan(0, Count));
        if (Count > 100_000)
        {
            GC.Collect();      // what lay unsorted: of a million names 40 MB
        }

        return twice;
    }

    /// <inheritdoc/>
    public IEnumerator<SelectedFile> GetEnumerator() =>
        Sequence.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // A name from a list may begin with folders.
    private static ReadOnlySpan<byte> FolderIn(ReadOnlySpan<byte> name) => name[..(name.LastIndexOf((byte)'/') + 1)];

    private List<string> LeaveOutTwice(int[] order, FoundOrder found)
    {
        var twice = new List<string>();
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && found.Compare(order[start], order[end]) == 0;)
            {
                end++;
            }

            if (end - start == 1)
            {
                order[Count++] = order[start];
            }
            else
            {
                KeepEachOnce(order, order[start..end], twice);
            }
        }

        return twice;
    }

    private void KeepEachOnce(int[] order, int[] alike, List<string> twice)
    {
        Array.Sort(alike);      // as they were found
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var paths = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (int file in alike)
        {
            string path = _folders[_folderOf[file]].Path + CompactText.Decode(_names[file]);
            if (seen.Add(Path.GetFullPath(path)))
            {
                paths.Add(path, file);
            }
            else
            {
                twice.Add(path);
            }
        }

        FirstNamesake ??= paths.Count > 1 ? Count + 1 : null;
        foreach (int file in paths.Values)
        {
            order[Count++] = file;
        }
    }

    private void LayInOrder(ReadOnlySpan<int> order)
    {
        var folderOf = new int[order.Length];
        VoiceCleanException?[]? failures = _failures is null ? null : new VoiceCleanException?[order.Length];
        var others = new ulong[_others.Length == 0 ? 0 : (order.Length + 63) / 64];
        for (int i = 0; i < order.Length; i++)
        {
            int file = order[i];
            folderOf[i] = _folderOf[file];
            _ = failures is null ? null : failures[i] = _failures![file];
            if (IsAnothers(file))
            {
                others[i / 64] |= 1UL << (i % 64);
            }
        }

        (_names, _folderOf, _failures, _others) = (_names.InOrder(order), folderOf, failures, others);
    }
}
