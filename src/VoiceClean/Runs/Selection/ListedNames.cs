using System.Collections;

namespace VoiceClean.Runs.Selection;

/// <summary>
/// Names in their order, each without what it begins with as the one before it: as strings a million of them take
/// 150 MB, here some 20. Each is made when it is met.
/// </summary>
internal sealed class ListedNames : IReadOnlyCollection<string>
{
    private const int BlockBytes = 1 << 20;

    // How much a name shares with the one before, and how many bytes follow.
    private const int HeadBytes = 2 * sizeof(int);

    private readonly List<(byte[] Bytes, int Used)> _blocks = [];
    private byte[] _last = [], _next = [];
    private int _lastLength;

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>True if one holds a NUL, which no path does.</summary>
    public bool HaveNul { get; private set; }

    /// <summary>True if with a NUL come other bytes that no text has: control characters, or no UTF-8.</summary>
    public bool AreNoText { get; private set; }

    /// <summary>Adds a name; an empty one is none.</summary>
    public void Add(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
        {
            return;
        }

        HaveNul |= name.Contains('\0');
        AreNoText |= HaveNul && (name.Contains('\uFFFD') || name.ContainsAnyInRange('\u0001', '\u0008'));
        if (_next.Length < CompactText.MostBytes * name.Length)
        {
            _next = new byte[2 * CompactText.MostBytes * name.Length];
        }

        ReadOnlySpan<byte> whole = _next.AsSpan(0, CompactText.Encode(name, _next));
        int shared = whole.CommonPrefixLength(_last.AsSpan(0, _lastLength));
        ReadOnlySpan<byte> rest = whole[shared..];
        if (_blocks.Count == 0 || _blocks[^1].Bytes.Length - _blocks[^1].Used < HeadBytes + rest.Length)
        {
            _blocks.Add((new byte[Math.Max(BlockBytes, HeadBytes + rest.Length)], 0));
        }

        (byte[] bytes, int used) = _blocks[^1];
        BitConverter.TryWriteBytes(bytes.AsSpan(used), shared);
        BitConverter.TryWriteBytes(bytes.AsSpan(used + sizeof(int)), rest.Length);
        rest.CopyTo(bytes.AsSpan(used + HeadBytes));
        _blocks[^1] = (bytes, used + HeadBytes + rest.Length);
        (_last, _next, _lastLength) = (_next, _last, whole.Length);
        Count++;
    }

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator()
    {
        byte[] name = [];
        foreach ((byte[] bytes, int used) in _blocks)
        {
            for (int at = 0; at < used;)
            {
                int shared = BitConverter.ToInt32(bytes, at), rest = BitConverter.ToInt32(bytes, at + sizeof(int));
                if (name.Length < shared + rest)
                {
                    Array.Resize(ref name, 2 * (shared + rest));
                }

                bytes.AsSpan(at + HeadBytes, rest).CopyTo(name.AsSpan(shared));
                yield return CompactText.Decode(name.AsSpan(0, shared + rest));
                at += HeadBytes + rest;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
