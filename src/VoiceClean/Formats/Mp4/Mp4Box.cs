using System.Buffers.Binary;

namespace VoiceClean.Formats.Mp4;

/// <summary>One box of an MP4 file. Source: ISO/IEC 14496-12 §4.2.</summary>
/// <param name="Type">Four characters as a number, most significant first.</param>
/// <param name="Begin">Where its header begins [byte].</param>
/// <param name="Start">Where its content begins [byte].</param>
/// <param name="End">Where it ends [byte], within what encloses it.</param>
internal readonly record struct Mp4Box(uint Type, long Begin, long Start, long End)
{
    /// <summary>Length of the content [byte].</summary>
    public long Length => End - Start;

    /// <summary>True if the type is text, as of every box of the outermost level.</summary>
    public bool HasName =>
        (Type & 0x8080_8080) == 0
        && Type >> 24 >= ' ' && (Type >> 16 & 0xFF) >= ' ' && (Type >> 8 & 0xFF) >= ' ' && (Type & 0xFF) >= ' ';

    /// <summary>The type of four characters.</summary>
    public static uint Name(ReadOnlySpan<byte> characters) => BinaryPrimitives.ReadUInt32BigEndian(characters);
}

/// <summary>
/// Reads boxes and numbers of an MP4 file. Boxes that reach beyond what encloses them end with it, and the number of
/// boxes is bounded, so that every walk ends.
/// </summary>
/// <param name="stream">Readable and seekable; not owned.</param>
internal sealed class Mp4Boxes(Stream stream)
{
    private const int MostBoxes = 200_000;

    private int _count;

    /// <summary>The stream's length [byte].</summary>
    public long Length { get; } = stream.Length;

    /// <summary>Where the file begins that its places count from [byte]: 0, or behind an ID3v2 tag.</summary>
    public long Origin { get; } = Id3Tag.Skip(stream);

    /// <summary>The boxes that stand between two places, in their order.</summary>
    public IEnumerable<Mp4Box> Between(long position, long end)
    {
        byte[] header = new byte[16];
        while (end - position >= 8 && ++_count < MostBoxes)
        {
            int length = Read(position, header.AsSpan(0, (int)Math.Min(16, end - position)));
            if (length < 8)
            {
                yield break;
            }

            long size = BinaryPrimitives.ReadUInt32BigEndian(header);
            int skip = 8;
            if (size == 1 && length == 16)
            {
                size = (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(header.AsSpan(8)), long.MaxValue);
                skip = 16;
            }
            else if (size == 0)
            {
                size = end - position;
            }

            if (size < skip)
            {
                yield break;
            }

            long next = size > end - position ? end : position + size;
            yield return new Mp4Box(
                BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4)),
                position,
                position + skip,
                next);
            position = next;
        }
    }

    /// <summary>Fills <paramref name="buffer"/> from a place; returns how much there was.</summary>
    public int Read(long position, Span<byte> buffer)
    {
        stream.Position = position;
        return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
    }

    /// <summary>The first bytes of a box's content, at most <paramref name="most"/>.</summary>
    public byte[] Content(Mp4Box box, int most)
    {
        byte[] content = new byte[Math.Min(most, box.Length)];
        int length = Read(box.Start, content);
        return length == content.Length ? content : content[..length];
    }
}
