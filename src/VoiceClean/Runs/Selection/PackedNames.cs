using System.Runtime.InteropServices;

namespace VoiceClean.Runs.Selection;

/// <summary>
/// Names in the form of <see cref="CompactText"/>, each behind its length: eight bytes more than its own, and nothing
/// is copied where more come.
/// </summary>
internal sealed class PackedNames
{
    // A longer name has a block of its own.
    private const int BlockBits = 20, BlockBytes = 1 << BlockBits;

    private readonly List<byte[]> _blocks = [];
    private int[] _places = new int[256];          // number of the block, and where in it the length stands
    private int _used;

    /// <summary>How many were added.</summary>
    public int Count { get; private set; }

    /// <summary>A name.</summary>
    /// <param name="index">Its number.</param>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            int place = _places[index];
            ReadOnlySpan<byte> from = _blocks[place >>> BlockBits].AsSpan(place & (BlockBytes - 1));
            return from.Slice(sizeof(int), MemoryMarshal.Read<int>(from));
        }
    }

    /// <summary>Adds a name.</summary>
    public void Add(string name)
    {
        Span<byte> to = Room(CompactText.MostBytes * name.Length);
        Close(to, CompactText.Encode(name, to[sizeof(int)..]));
    }

    /// <summary>The same names in another order, so that who goes through them walks through memory.</summary>
    /// <param name="order">The numbers of those that are wanted.</param>
    public PackedNames InOrder(ReadOnlySpan<int> order)
    {
        var names = new PackedNames { _places = new int[order.Length] };
        foreach (int index in order)
        {
            ReadOnlySpan<byte> name = this[index];
            Span<byte> to = names.Room(name.Length);
            name.CopyTo(to[sizeof(int)..]);
            names.Close(to, name.Length);
        }

        return names;
    }

    /// <summary>Makes an array longer where it has to be, by half at least.</summary>
    /// <param name="array">The array.</param>
    /// <param name="length">What it has to hold.</param>
    public static void Grow<T>(ref T[] array, int length)
    {
        if (length > array.Length)
        {
            Array.Resize(ref array, Math.Max(length, (int)Math.Min(Array.MaxLength, array.Length * 3L / 2)));
        }
    }

    private Span<byte> Room(int most)
    {
        if (_blocks.Count == 0 || _used >= BlockBytes || _blocks[^1].Length - _used < sizeof(int) + most)
        {
            _blocks.Add(new byte[Math.Max(BlockBytes, sizeof(int) + most)]);
            _used = 0;
        }

        Grow(ref _places, Count + 1);
        _places[Count++] = ((_blocks.Count - 1) << BlockBits) | _used;
        return _blocks[^1].AsSpan(_used);
    }

    private void Close(Span<byte> to, int length)
    {
        MemoryMarshal.Write(to, length);
        _used += sizeof(int) + length;
    }
}
