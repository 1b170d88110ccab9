using System.Collections;
using VoiceClean.Errors;

namespace VoiceClean.Runs.Selection;

/// <summary>
/// Inputs, each made when it is asked for. What is kept are names, end to end, and whose folder each is of: some 30
/// bytes a file, where a path and an id as strings take 200.
/// </summary>
internal sealed class FoundFiles : IReadOnlyList<SelectedFile>
{
    private readonly List<FoundFolder> _folders = [];
    private byte[] _names = new byte[4096];
    private int[] _starts = new int[256];          // of each name, and behind the last one the end
    private int[] _folderOf = new int[256];
    private int[] _order = [];                     // numbers of files, sorted; those that are left out are gone
    private VoiceCleanException?[]? _failures;     // most often there are none
    private ulong[] _others = [];                  // a bit each that says that another run asks the disk about it
    private char[] _id = [];
    private int _found;

    /// <inheritdoc/>
    public int Count => _order.Length;

    /// <summary>Made at each call.</summary>
    public SelectedFile this[int index]
    {
        get
        {
            int file = _order[index];
            FoundFolder folder = _folders[_folderOf[file]];
            string name = CompactText.Decode(Name(file));
            return new SelectedFile(folder.Path + name, folder.Id + name, _failures?[file]);
        }
    }

    /// <summary>True if an input and the one before it lie in one folder, by their ids too.</summary>
    public bool IsBesideTheLast(int index) =>
        index > 0
        && _folderOf[_order[index]] == _folderOf[_order[index - 1]]
        && !Name(_order[index]).Contains((byte)'/')
        && !Name(_order[index - 1]).Contains((byte)'/');

    /// <summary>True if an input was marked as another run's; false says nothing.</summary>
    public bool IsAnothers(int index) =>
        _order[index] is var file && file / 64 < _others.Length && (_others[file / 64] >> (file % 64) & 1) != 0;

    /// <summary>The id of an input, good until the next call.</summary>
    public ReadOnlySpan<char> IdOf(int index)
    {
        int file = _order[index];
        string folder = _folders[_folderOf[file]].Id;
        ReadOnlySpan<byte> name = Name(file);
        Grow(ref _id, folder.Length + name.Length);
        folder.CopyTo(_id);
        return _id.AsSpan(0, folder.Length + CompactText.Decode(name, _id.AsSpan(folder.Length)));
    }

    /// <summary>True if an input and the one before it have one id: two files by the same name.</summary>
    public bool HasIdOfTheLast(int index) => index > 0 && Compare(_order[index - 1], _order[index]) == 0;

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
        int start = _starts[_found];
        Grow(ref _names, start + (CompactText.MostBytes * name.Length));
        Grow(ref _starts, _found + 2);
        Grow(ref _folderOf, _found + 1);
        if (_folders.Count == 0 || !ReferenceEquals(_folders[^1], folder))
        {
            _folders.Add(folder);
        }

        _starts[_found + 1] = start + CompactText.Encode(name, _names.AsSpan(start));
        _folderOf[_found] = _folders.Count - 1;
        if (failure is not null || _failures is not null)
        {
            _failures ??= [];
            Grow(ref _failures, _found + 1);
            _failures[_found] = failure;
        }

        _found++;
    }

    /// <summary>Marks the input that was added last as another run's.</summary>
    public void MarkAsAnothers()
    {
        int file = _found - 1;
        Grow(ref _others, (file / 64) + 1);
        _others[file / 64] |= 1UL << (file % 64);
    }

    /// <summary>Sorts by id (ordinal), then by path.</summary>
    /// <returns>The paths of inputs that are there already, which are left out: of one file by two spellings the first
    /// that was found counts.</returns>
    public List<string> Sort()
    {
        _order = new int[_found];
        for (int i = 0; i < _found; i++)
        {
            _order[i] = i;
        }

        // Folders are met about in the order of their names: with each of them sorted all are, most of the time.
        var spare = new int[_found];
        bool isSorted = true;
        for (int start = 0, end; start < _found; start = end)
        {
            for (end = start + 1; end < _found && _folderOf[end] == _folderOf[start];)
            {
                end++;
            }

            Sort(_order, spare, start, end);
            isSorted = isSorted && (start == 0 || Compare(_order[start - 1], _order[start]) <= 0);
        }

        if (!isSorted)
        {
            Sort(_order, spare, 0, _found);
        }

        return LeaveOutTwice();
    }

    /// <inheritdoc/>
    public IEnumerator<SelectedFile> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static void Grow<T>(ref T[] array, int length)
    {
        if (length > array.Length)
        {
            Array.Resize(ref array, Math.Max(length, (int)Math.Min(Array.MaxLength, array.Length * 2L)));
        }
    }

    private ReadOnlySpan<byte> Name(int file) => _names.AsSpan(_starts[file].._starts[file + 1]);

    // Merges halves; equal ones stay in the order in which they were found.
    private void Sort(int[] order, int[] spare, int start, int end)
    {
        if (end - start < 2)
        {
            return;
        }

        int middle = start + ((end - start) / 2);
        Sort(order, spare, start, middle);
        Sort(order, spare, middle, end);
        if (Compare(order[middle - 1], order[middle]) <= 0)
        {
            return;
        }

        order.AsSpan(start, middle - start).CopyTo(spare);
        for (int to = start, left = 0, half = middle - start; left < half;)
        {
            order[to++] = middle < end && Compare(order[middle], spare[left]) < 0 ? order[middle++] : spare[left++];
        }
    }

    // By id.
    private int Compare(int a, int b) =>
        _folderOf[a] == _folderOf[b]
            ? Name(a).SequenceCompareTo(Name(b))
            : FoundFolder.Compare(_folders[_folderOf[a]], Name(a), _folders[_folderOf[b]], Name(b));

    private List<string> LeaveOutTwice()
    {
        var twice = new List<string>();
        int kept = 0;
        for (int start = 0, end; start < _order.Length; start = end)
        {
            for (end = start + 1; end < _order.Length && Compare(_order[start], _order[end]) == 0;)
            {
                end++;
            }

            kept = end - start == 1 ? Keep(kept, _order[start]) : KeepEachOnce(kept, _order[start..end], twice);
        }

        Array.Resize(ref _order, kept);
        return twice;
    }

    private int Keep(int kept, int file)
    {
        _order[kept] = file;
        return kept + 1;
    }

    private int KeepEachOnce(int kept, int[] alike, List<string> twice)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var paths = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (int file in alike)
        {
            string path = _folders[_folderOf[file]].Path + CompactText.Decode(Name(file));
            if (seen.Add(Path.GetFullPath(path)))
            {
                paths.Add(path, file);
            }
            else
            {
                twice.Add(path);
            }
        }

        foreach (int file in paths.Values)
        {
            kept = Keep(kept, file);
        }

        return kept;
    }
}
