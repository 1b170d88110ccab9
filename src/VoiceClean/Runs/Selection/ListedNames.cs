using System.Collections;

namespace VoiceClean.Runs.Selection;

/// <summary>
/// Names in their order, kept end to end: as strings a million of them take 150 MB, here 60. Each is made when it is
/// met.
/// </summary>
internal sealed class ListedNames : IReadOnlyCollection<string>
{
    private const int BlockBytes = 1 << 20;

    private readonly List<(byte[] Bytes, int Used)> _blocks = [];

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>True if one holds a NUL, which no path does.</summary>
    public bool HaveNul { get; private set; }

    /// <summary>Adds a name; an empty one is none.</summary>
    public void Add(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
        {
            return;
        }

        HaveNul |= name.Contains('\0');
        int most = sizeof(int) + (CompactText.MostBytes * name.Length);
        if (_blocks.Count == 0 || _blocks[^1].Bytes.Length - _blocks[^1].Used < most)
        {
            _blocks.Add((new byte[Math.Max(BlockBytes, most)], 0));
        }

        (byte[] bytes, int used) = _blocks[^1];
        int length = CompactText.Encode(name, bytes.AsSpan(used + sizeof(int)));
        BitConverter.TryWriteBytes(bytes.AsSpan(used), length);
        _blocks[^1] = (bytes, used + sizeof(int) + length);
        Count++;
    }

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator()
    {
        foreach ((byte[] bytes, int used) in _blocks)
        {
            for (int at = 0; at < used;)
            {
                int length = BitConverter.ToInt32(bytes, at);
                at += sizeof(int);
                yield return CompactText.Decode(bytes.AsSpan(at, length));
                at += length;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
