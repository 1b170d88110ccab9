using System.Buffers.Binary;

namespace VoiceClean.Formats.Wav;

/// <summary>Finds chunks behind samples whose length nobody knows.</summary>
internal static class TrailingChunks
{
    // Texts, labels and a cover picture.
    private const int MostBytes = 4 << 20;

    /// <summary>
    /// Where a run of chunks begins that ends exactly where the file does [byte]; −1 if there is none. Four printable
    /// characters and a length that fits to the byte do not occur in samples by chance.
    /// </summary>
    /// <param name="scanner">Reads the file.</param>
    /// <param name="start">Where the samples begin [byte].</param>
    /// <param name="end">Length of the file [byte].</param>
    public static long Find(ChunkScanner scanner, long start, long end)
    {
        if (scanner.Is64Bit || end - start < 8)
        {
            return -1;
        }

        // Chunks begin at even places of the file, unless the writer forgets pad bytes: then nothing is found, as
        // before.
        long from = Math.Max(start, end - MostBytes);
        from += (from - start) & 1;
        byte[] bytes = new byte[end - from];
        if (!scanner.ReadAt(from, bytes))
        {
            return -1;
        }

        var begins = new HashSet<int> { bytes.Length };
        int first = -1;
        for (int at = (bytes.Length - 8) & ~1; at >= 0; at -= 2)
        {
            if (IsName(bytes.AsSpan(at, 4)) && Ends(bytes.AsSpan(at + 4), at, scanner.BigEndian, begins, bytes.Length))
            {
                begins.Add(at);
                first = at;
            }
        }

        return first < 0 ? -1 : from + first;
    }

    private static bool IsName(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExceptInRange((byte)' ', (byte)'~');

    private static bool Ends(ReadOnlySpan<byte> bytes, int at, bool bigEndian, HashSet<int> begins, int length)
    {
        uint size = bigEndian
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        long next = at + 8L + size + (size & 1);
        return next <= length + 1 && begins.Contains((int)Math.Min(next, length));
    }
}
