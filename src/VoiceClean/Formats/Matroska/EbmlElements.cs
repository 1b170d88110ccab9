using System.Buffers.Binary;
using System.Text;

namespace VoiceClean.Formats.Matroska;

/// <summary>An element of EBML: what it is and where its content stands [byte].</summary>
/// <param name="Id">With the mark of its length.</param>
/// <param name="Start">Of the content.</param>
/// <param name="End">Behind the content, not beyond that of its parent.</param>
/// <param name="HasLength">False if it goes on until something comes that cannot be in it.</param>
/// <param name="IsCut">True if its parent ends before it does by its own word.</param>
internal readonly record struct EbmlElement(uint Id, long Start, long End, bool HasLength, bool IsCut);

/// <summary>Reads elements, at most so many in all that every walk ends. Source: RFC 8794 (EBML) §4 to §6.</summary>
internal sealed class EbmlElements(Stream stream)
{
    /// <summary>Most bytes before an element's content.</summary>
    public const int HeadBytes = 12;

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
            yield return new EbmlElement(id, start, position, size >= 0, size > end - start);
        }
    }

    /// <summary>The content as an unsigned number.</summary>
    public ulong Number(EbmlElement element) => (ulong)Number(Content(element, 8));

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

    /// <summary>The first bytes of the content.</summary>
    /// <param name="element">Whose.</param>
    /// <param name="most">How many at most.</param>
    public byte[] Content(EbmlElement element, int most)
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

    /// <summary>Reads the head of an element; false if none begins so.</summary>
    /// <param name="b">Up to twelve bytes.</param>
    /// <param name="id">With the mark of its length.</param>
    /// <param name="size">Of the content [byte]; −1 = unknown.</param>
    /// <param name="skip">Length of the head [byte].</param>
    public static bool TryParse(ReadOnlySpan<byte> b, out uint id, out long size, out int skip)
    {
        // Both numbers say by their leading zeros how long they are; the mark belongs to the identity but not to the
        // size, and a size of ones only means "unknown".
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

        int sizeLength = TryParseNumber(b[idLength..], out size);
        skip = idLength + sizeLength;
        return sizeLength > 0;
    }

    /// <summary>Up to eight bytes as one number.</summary>
    public static long Number(ReadOnlySpan<byte> bytes)
    {
        long value = 0;
        foreach (byte b in bytes)
        {
            value = (value << 8) | b;
        }

        return value;
    }

    /// <summary>Reads a number that says how long it is.</summary>
    /// <param name="b">Where it begins.</param>
    /// <param name="value">−1 if all its bits are ones.</param>
    /// <returns>Its length [byte]; 0 if it cannot be, or is cut.</returns>
    public static int TryParseNumber(ReadOnlySpan<byte> b, out long value)
    {
        value = 0;
        int length = b.IsEmpty ? 9 : LeadingZeros(b[0]) + 1;
        if (length > 8 || b.Length < length)
        {
            return 0;
        }

        Span<byte> wide = stackalloc byte[8];
        wide.Clear();
        b[..length].CopyTo(wide[(8 - length)..]);
        wide[8 - length] ^= (byte)(0x80 >> (length - 1));
        ulong number = BinaryPrimitives.ReadUInt64BigEndian(wide);
        value = number == (1UL << (7 * length)) - 1 ? -1 : (long)number;
        return length;
    }

    private static int LeadingZeros(byte b) => b == 0 ? 8 : System.Numerics.BitOperations.LeadingZeroCount(b) - 24;
}
