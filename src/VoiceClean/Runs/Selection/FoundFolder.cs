namespace VoiceClean.Runs.Selection;

/// <summary>What the paths and the ids of the files of one folder begin with.</summary>
/// <param name="path">Of each path; ends with a separator, or is empty.</param>
/// <param name="id">Of each id; ends with '/', or is empty.</param>
internal sealed class FoundFolder(string path, string id)
{
    private const int MostKnown = 10_000;

    private byte[]? _key;

    /// <summary>What each path begins with.</summary>
    public string Path => path;

    /// <summary>What each id begins with.</summary>
    public string Id => id;

    /// <summary>Its number among those of <see cref="FoundFiles"/>; below 0 while it has none.</summary>
    public int Number { get; set; } = -1;

    /// <summary>Whether every file in it is called audio; false also where nobody has looked.</summary>
    public bool HoldsAudioOnly { get; set; }

    /// <summary><see cref="Id"/> in the form of <see cref="CompactText"/>.</summary>
    public byte[] Key => _key ??= CompactText.Encode(id);

    /// <summary>The folder of a file, and its name: what path and id both end with.</summary>
    /// <param name="path">As the user can open it.</param>
    /// <param name="id">See <see cref="SelectedFile"/>.</param>
    /// <param name="last">Is taken if it is the one; null = none.</param>
    /// <param name="known">Folders by their paths, from which is taken and to which is added; null = none.</param>
    public static (FoundFolder Folder, string Name) Split(
        string path,
        string id,
        FoundFolder? last,
        Dictionary<string, FoundFolder>? known = null)
    {
        int start = id.LastIndexOf('/') + 1;
        string name = id[start..];
        string before = path;
        if (path.EndsWith(name, StringComparison.Ordinal))
        {
            before = path[..^name.Length];
        }
        else
        {
            (start, name) = (id.Length, "");
        }

        if (IsThat(last))
        {
            return (last!, name);
        }

        FoundFolder? folder = known?.GetValueOrDefault(before);
        if (!IsThat(folder) && known?.Count >= MostKnown && string.Equals(path, id, StringComparison.Ordinal))
        {
            (before, start, name) = ("", 0, id);      // a folder for each name would take more than the names
            folder = known.GetValueOrDefault(before);
        }

        if (!IsThat(folder))
        {
            folder = new FoundFolder(before, id[..start]);
            _ = known is not null && (known.Count < MostKnown || before.Length == 0) && known.TryAdd(before, folder);
        }

        return (folder!, name);

        bool IsThat(FoundFolder? one) => one?.Path == before && one.Id.AsSpan().SequenceEqual(id.AsSpan(0, start));
    }

    /// <summary>The order (ordinal) of two ids.</summary>
    /// <param name="a">A folder.</param>
    /// <param name="nameA">The name of a file in it, in the form of <see cref="CompactText"/>.</param>
    /// <param name="b">Another folder.</param>
    /// <param name="nameB">The name of a file in that.</param>
    public static int Compare(FoundFolder a, ReadOnlySpan<byte> nameA, FoundFolder b, ReadOnlySpan<byte> nameB)
    {
        (byte[] keyA, byte[] keyB) = (a.Key, b.Key);
        int shared = Math.Min(keyA.Length, keyB.Length);
        int same = keyA.AsSpan(0, shared).CommonPrefixLength(keyB.AsSpan(0, shared));
        return same < shared ? keyA[same] - keyB[same]
            : keyA.Length > shared ? CompareRest(keyA.AsSpan(shared), nameA, nameB)
            : -CompareRest(keyB.AsSpan(shared), nameB, nameA);
    }

    // The rest of a folder and a name behind it, against a name alone.
    private static int CompareRest(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> name, ReadOnlySpan<byte> other)
    {
        int shared = Math.Min(rest.Length, other.Length);
        int order = rest[..shared].SequenceCompareTo(other[..shared]);
        return order != 0 ? order : rest.Length > shared ? 1 : name.SequenceCompareTo(other[shared..]);
    }
}
