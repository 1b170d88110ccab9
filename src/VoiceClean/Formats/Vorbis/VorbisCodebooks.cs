namespace VoiceClean.Formats.Vorbis;

/// <summary>
/// Looks through the code books of a setup header before NVorbis does, which builds whatever they claim: a few damaged
/// bits make tables of gigabytes. Source: Vorbis I specification §3.2.1.
/// </summary>
internal ref struct VorbisCodebooks(ReadOnlySpan<byte> setup)
{
    // The largest books of libvorbis have some thousands of entries and 8 dimensions.
    private const int MostEntries = 1 << 16, MostValues = 1 << 20, Sync = 0x564342;

    private readonly ReadOnlySpan<byte> _setup = setup;
    private long _bit = 8 * 7;             // behind the packet's type and "vorbis"

    /// <summary>True if all books are within bounds and whole.</summary>
    public static bool AreBounded(ReadOnlySpan<byte> setup)
    {
        var books = new VorbisCodebooks(setup);
        int count = (int)books.Read(8) + 1;
        for (int i = 0; i < count; i++)
        {
            if (!books.Pass())
            {
                return false;
            }
        }

        return true;
    }

    private bool Pass()
    {
        if (Read(24) != Sync)
        {
            return false;
        }

        int dimensions = (int)Read(16), entries = (int)Read(24);
        if (dimensions == 0 || entries > MostEntries || (long)entries * dimensions > MostValues)
        {
            return false;
        }

        if (!PassLengths(entries))
        {
            return false;
        }

        uint lookup = Read(4);
        if (lookup is 1 or 2)
        {
            Read(32);
            Read(32);
            int bits = (int)Read(4) + 1;
            Read(1);
            _bit += (long)bits * (lookup == 1 ? Root(entries, dimensions) : (long)entries * dimensions);
        }

        return lookup <= 2 && _bit <= 8L * _setup.Length;
    }

    private bool PassLengths(int entries)
    {
        if (Read(1) == 0)
        {
            bool isSparse = Read(1) != 0;
            for (int i = 0; i < entries; i++)
            {
                if (!isSparse || Read(1) != 0)
                {
                    Read(5);
                }
            }

            return _bit <= 8L * _setup.Length;
        }

        Read(5);
        for (int entry = 0; entry < entries && _bit <= 8L * _setup.Length;)
        {
            int left = entries - entry;
            entry += (int)Read(32 - int.LeadingZeroCount(left));
            if (entry > entries)
            {
                return false;
            }
        }

        return _bit <= 8L * _setup.Length;
    }

    /// <summary>The largest whole number whose power of <paramref name="dimensions"/> is at most the entries.</summary>
    private static int Root(int entries, int dimensions)
    {
        int root = 0;
        while (Math.Pow(root + 1, dimensions) <= entries && root < entries)
        {
            root++;
        }

        return root;
    }

    /// <summary>Reads up to 32 bits, least significant first; zeros behind the end.</summary>
    private uint Read(int bits)
    {
        uint value = 0;
        for (int i = 0; i < bits; i++, _bit++)
        {
            long at = _bit >> 3;
            if (at < _setup.Length)
            {
                value |= (uint)((_setup[(int)at] >> (int)(_bit & 7)) & 1) << i;
            }
        }

        return value;
    }
}
