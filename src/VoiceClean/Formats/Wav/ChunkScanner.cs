using System.Buffers.Binary;
using System.Text;

namespace VoiceClean.Formats.Wav;

/// <summary>One chunk of a RIFF-like file.</summary>
/// <param name="Id">Four characters.</param>
/// <param name="Offset">Where its content begins [byte].</param>
/// <param name="Size">Length of the content as claimed [byte], not checked.</param>
internal readonly record struct Chunk(string Id, long Offset, long Size)
{
    /// <summary>Where the content ends by its claim; never overflows because claims are capped.</summary>
    public long End => Offset + Size;
}

/// <summary>The containers that hold WAVE chunks.</summary>
internal enum WaveContainer
{
    /// <summary>Little-endian, sizes of 32 bits.</summary>
    Riff,

    /// <summary>RIFF with sizes of 64 bits in a "ds64" chunk (EBU Tech 3306; ITU-R BS.2088 calls it BW64).</summary>
    Rf64,

    /// <summary>RIFF with all numbers most significant byte first.</summary>
    Rifx,

    /// <summary>
    /// Sony Wave64: GUIDs for names, sizes of 64 bits that include the chunk header, alignment to 8 bytes.
    /// </summary>
    Wave64,
}

/// <summary>
/// Finds chunks in a file of any of the WAVE containers. Reads a few bytes at a time and believes nothing.
/// </summary>
internal sealed class ChunkScanner(Stream stream, long start, long length, WaveContainer container)
{
    // A claim is capped here, so that position plus size stays far from overflow.
    private const long LargestClaim = 1L << 61;

    // Wave64 chunk GUIDs: four characters, then this ("riff" has another tail, see WavDecoder).
    private static ReadOnlySpan<byte> Wave64Tail =>
        [0xF3, 0xAC, 0xD3, 0x11, 0x8C, 0xD1, 0x00, 0xC0, 0x4F, 0x8E, 0xDB, 0x8A];

    public bool BigEndian => container == WaveContainer.Rifx;

    /// <summary>True for Wave64, whose chunks begin with GUIDs.</summary>
    public bool Is64Bit => container == WaveContainer.Wave64;

    private int HeaderBytes => container == WaveContainer.Wave64 ? 24 : 8;

    /// <summary>Reads the chunk header at <paramref name="position"/>; false at the end of the file.</summary>
    public bool TryRead(long position, out Chunk chunk)
    {
        chunk = default;
        Span<byte> header = stackalloc byte[24];
        header = header[..HeaderBytes];
        if (position > length - HeaderBytes || !ReadAt(position, header))
        {
            return false;
        }

        long size;
        if (container == WaveContainer.Wave64)
        {
            ulong claim = BinaryPrimitives.ReadUInt64LittleEndian(header[16..]);
            size = (long)Math.Min(claim < 24 ? 0 : claim - 24, LargestClaim);
        }
        else
        {
            size = BigEndian
                ? BinaryPrimitives.ReadUInt32BigEndian(header[4..])
                : BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        }

        bool ours = container != WaveContainer.Wave64 || header[4..16].SequenceEqual(Wave64Tail);
        chunk = new Chunk(ours ? Encoding.Latin1.GetString(header[..4]) : "", position + HeaderBytes, size);
        return true;
    }

    /// <summary>
    /// Where the chunk after <paramref name="chunk"/> begins. Writers that forget the pad byte after an odd chunk are
    /// noticed by the name that then stands one byte early.
    /// </summary>
    public long Next(Chunk chunk, out bool padMissing)
    {
        padMissing = false;
        if (container == WaveContainer.Wave64)
        {
            return start + ((chunk.End - start + 7) & ~7L);
        }

        if ((chunk.Size & 1) == 0)
        {
            return chunk.End;
        }

        padMissing = !IsPlausible(chunk.End + 1) && IsPlausible(chunk.End);
        return padMissing ? chunk.End : chunk.End + 1;
    }

    /// <summary>True if the last bytes of a chunk are what fills it to the 8 bytes of Wave64: ffmpeg counts them in.
    /// </summary>
    public bool IsPadding(Chunk chunk, long count)
    {
        Span<byte> last = stackalloc byte[8];
        return Is64Bit
            && count < last.Length
            && chunk.End == Next(chunk, out _)
            && ReadAt(chunk.End - count, last[..(int)count])
            && !last[..(int)count].ContainsAnyExcept((byte)0);
    }

    /// <summary>True if two chunks hold the same bytes, as far as a format chunk goes.</summary>
    public bool AreEqual(Chunk first, Chunk second)
    {
        Span<byte> a = stackalloc byte[WaveFormatChunk.MaxLength], b = stackalloc byte[WaveFormatChunk.MaxLength];
        a = a[..(int)Math.Min(a.Length, first.Size)];
        b = b[..(int)Math.Min(b.Length, second.Size)];
        return ReadAt(first.Offset, a) && ReadAt(second.Offset, b) && a.SequenceEqual(b);
    }

    /// <summary>True if the content of a chunk begins with this name.</summary>
    public bool IsForm(Chunk chunk, ReadOnlySpan<byte> name)
    {
        Span<byte> form = stackalloc byte[4];
        return ReadAt(chunk.Offset, form) && form.SequenceEqual(name);
    }

    /// <summary>True if a printable name and a size that fits the file stand at <paramref name="position"/>.</summary>
    public bool IsPlausible(long position)
    {
        if (!TryRead(position, out Chunk chunk) || chunk.End > length + 1)
        {
            return false;
        }

        foreach (char c in chunk.Id)
        {
            if (c is < ' ' or > '~')
            {
                return false;
            }
        }

        return chunk.Id.Length == 4;
    }

    /// <summary>
    /// Fills <paramref name="buffer"/> from <paramref name="position"/>; false if the file ends before.
    /// </summary>
    public bool ReadAt(long position, Span<byte> buffer)
    {
        stream.Position = position;
        return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) == buffer.Length;
    }
}
