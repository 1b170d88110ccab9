namespace VoiceClean.Runs.Selection;

/// <summary>
/// Puts names into the order of their ids (ordinal): folder by folder, whose names lie close together, then all of them
/// where that is not the order yet.
/// </summary>
/// <param name="names">The names.</param>
/// <param name="folderOf">The folder of each name.</param>
/// <param name="folders">The folders.</param>
internal sealed class FoundOrder(PackedNames names, int[] folderOf, List<FoundFolder> folders)
{
    // Of more, which only walks through folders meet, and in about this order, they are taken as they come.
    private const int Few = 10_000;

    private readonly int[] _order = new int[names.Count];
    private readonly int[] _spare = new int[names.Count];

    /// <summary>The numbers of the names, sorted.</summary>
    public int[] Sort()
    {
        GroupByFolder();
        bool isSorted = true;
        for (int start = 0, end; start < _order.Length; start = end)
        {
            for (end = start + 1; end < _order.Length && folderOf[_order[end]] == folderOf[_order[start]];)
            {
                end++;
            }

            Sort(start, end);
            isSorted = isSorted && (start == 0 || Compare(_order[start - 1], _order[start]) <= 0);
        }

        if (!isSorted)
        {
            Sort(0, _order.Length);
        }

        return _order;
    }

    /// <summary>The order of two names by their ids.</summary>
    public int Compare(int a, int b) =>
        folderOf[a] == folderOf[b]
            ? names[a].SequenceCompareTo(names[b])
            : FoundFolder.Compare(folders[folderOf[a]], names[a], folders[folderOf[b]], names[b]);

    // Folders in the order of their ids; within one the names stay as they were found.
    private void GroupByFolder()
    {
        int[] rank = [.. Sequence.Range(0, folders.Count)];
        if (folders.Count <= Few)
        {
            List<FoundFolder> sorted = [.. folders];
            sorted.Sort((a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key));
            for (int i = 0; i < sorted.Count; i++)
            {
                rank[sorted[i].Number] = i;
            }
        }

        var next = new int[folders.Count + 1];
        for (int i = 0; i < _order.Length; i++)
        {
            next[rank[folderOf[i]] + 1]++;
        }

        for (int i = 1; i < next.Length; i++)
        {
            next[i] += next[i - 1];
        }

        for (int i = 0; i < _order.Length; i++)
        {
            _order[next[rank[folderOf[i]]]++] = i;
        }
    }

    // Merges halves.
    private void Sort(int start, int end)
    {
        if (end - start < 2)
        {
            return;
        }

        int middle = start + ((end - start) / 2);
        Sort(start, middle);
        Sort(middle, end);
        if (Compare(_order[middle - 1], _order[middle]) <= 0)
        {
            return;
        }

        _order.AsSpan(start, middle - start).CopyTo(_spare);
        for (int to = start, left = 0, half = middle - start; left < half;)
        {
            _order[to++] = middle < end && Compare(_order[middle], _spare[left]) < 0
                ? _order[middle++]
                : _spare[left++];
        }
    }
}
