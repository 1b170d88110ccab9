using System.Buffers.Binary;
using System.Text;

namespace VoiceClean.Formats.Matroska;

/// <summary>An element of EBML: what it is and where its content stands [byte].</summary>
internal readonly record struct EbmlElement(uint Id, long Start, long End, bool HasLength);

/// <summary>Reads elements, at most so many in all that every walk ends. Source: RFC 8794 (EBML) §4 to §6.</summary>
internal sealed class EbmlElements(Stream stream)
{
    private const int MostElements = 10_000, MostContent = 256;

    private int _count;

    /// <summary>[byte]</summary>
    public long Length { get; } = stream.Length;

    /// <summary>The elements between two places, until one is damaged; not what they hold.</summary>
    public IEnumerable<EbmlElement> Between(long position, long end)
    {
        byte[] header = new byte[12];
        while (position < end && ++_count < MostElements)
        {
            int length = Read(position, header.AsSpan(0, (int)Math.Min(header.Length, end - position)));
            if (!TryParse(header.AsSpan(0, length), out uint id, out long size, out int skip))
            {
                yield break;
            }

            long start = position + skip;
            position = size < 0 || size > end - start ? end : start + size;
            yield return new EbmlElement(id, start, position, size >= 0);
        }
    }

    /// <summary>The content as an unsigned number.</summary>
    public ulong Number(EbmlElement element)
    {
        ulong value = 0;
        foreach (byte b in Content(element, 8))
        {
            value = (value << 8) | b;
        }

        return value;
    }

    /// <summary>The content as a real number of four or eight bytes; 0 if it is none.</summary>
    public double Real(EbmlElement element) =>
        Content(element, 9) switch
        {
            { Length: 4 } b => BinaryPrimitives.ReadSingleBigEndian(b),
            { Length: 8 } b => BinaryPrimitives.ReadDoubleBigEndian(b),
            _ => 0,
        };

    /// <summary>The content as text.</summary>
    public string Text(EbmlElement element) =>
        Encoding.UTF8.GetString(Content(element, MostContent)).TrimEnd('\0');

    private byte[] Content(EbmlElement element, int most)
    {
        byte[] content = new byte[Math.Min(most, element.End - element.Start)];
        int length = Read(element.Start, content);
        return content[..length];
    }

    private int Read(long position, Span<byte> buffer)
    {
        stream.Position = position;
        return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
    }

    // Both numbers say by their leading zeros how long they are; the mark belongs to the identity but not to the
    // size, and a size of ones only means "unknown".
    private static bool TryParse(ReadOnlySpan<byte> b, out uint id, out long size, out int skip)
    {
        (id, size, skip) = (0, -1, 0);
        int idLength = b.Length > 0 ? LeadingZeros(b[0]) + 1 : 5;
        if (idLength > 4 || b.Length <= idLength)
        {
            return false;
        }

        for (int i = 0; i < idLength; i++)
        {
            id = (id << 8) | b[i];
        }

        int sizeLength = LeadingZeros(b[idLength]) + 1;
        skip = idLength + sizeLength;
        if (sizeLength > 8 || b.Length < skip)
        {
            return false;
        }

        Span<byte> wide = stackalloc byte[8];
        b.Slice(idLength, sizeLength).CopyTo(wide[(8 - sizeLength)..]);
        wide[8 - sizeLength] ^= (byte)(0x80 >> (sizeLength - 1));
        ulong value = BinaryPrimitives.ReadUInt64BigEndian(wide);
        size = value == (1UL << (7 * sizeLength)) - 1 ? -1 : (long)value;
        return true;
    }

    private static int LeadingZeros(byte b) => b == 0 ? 8 : System.Numerics.BitOperations.LeadingZeroCount(b) - 24;
}
