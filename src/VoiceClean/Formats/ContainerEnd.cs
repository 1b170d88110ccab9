using System.Buffers.Binary;

namespace VoiceClean.Formats;

/// <summary>
/// Where a container ends by its own word. libsndfile and ffmpeg stop there and say nothing of what follows. Sources:
/// Microsoft, "Multimedia Programming Interface" (RIFF) and "Advanced Systems Format"; Apple, "Core Audio Format
/// Specification 1.0"; ISO/IEC 14496-12 §4.2.
/// </summary>
internal static class ContainerEnd
{
    private const int MostParts = 100_000;

    // From here on a size means "unknown", as writers to a pipe leave it.
    private const uint SmallestStreamedSize = 0x7FFF_0000;

    // {8CABDCA1-A947-11CF-8EE4-00C00C205365}, the properties of an ASF file.
    private static ReadOnlySpan<byte> AsfProperties =>
        [0xA1, 0xDC, 0xAB, 0x8C, 0x47, 0xA9, 0xCF, 0x11, 0x8E, 0xE4, 0x00, 0xC0, 0x0C, 0x20, 0x53, 0x65];

    /// <summary>Where another recording was joined on to one in WAV, CAF, MP4 or ASF [byte]; null = none was.</summary>
    /// <param name="stream">Readable and seekable; its position is left undefined.</param>
    public static long? OfJoined(Stream stream)
    {
        long start = Id3Tag.Skip(stream);
        byte[] header = Header.Read(stream, start);
        if (header.Length < 40)
        {
            return null;
        }

        long? end = BinaryPrimitives.ReadUInt32BigEndian(header) switch
        {
            0x52494646 when header.AsSpan(8).StartsWith("WAVE"u8) => OfWave(header) is { } size ? start + size : null,
            0x63616666 => Walk(stream, start + 8, IsNextCaf),
            0x3026B275 => OfAsf(header) is { } size ? start + size : null,
            _ when header.AsSpan(4).StartsWith("ftyp"u8) => Walk(stream, start, IsNextMp4),
            _ => null,
        };
        return end is { } place && JoinedFile.IsAt(stream, place) ? place : null;
    }

    private static long? OfWave(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) is > 0 and < SmallestStreamedSize and var size
            ? 8 + size + (size & 1)
            : null;

    private static long? OfAsf(ReadOnlySpan<byte> header)
    {
        int at = header.IndexOf(AsfProperties);
        return at >= 0 && at + 48 <= header.Length
            && BinaryPrimitives.ReadInt64LittleEndian(header[(at + 40)..]) is > 0 and var size
                ? size
                : null;
    }

    // Length of a chunk of CAF with its header; 0 = another file begins, -1 = unknown.
    private static long IsNextCaf(ReadOnlySpan<byte> head, bool isFirst) =>
        head.StartsWith("caff"u8) ? 0
        : BinaryPrimitives.ReadInt64BigEndian(head[4..]) is >= 0 and < long.MaxValue - 12 and var size ? 12 + size
        : -1;

    private static long IsNextMp4(ReadOnlySpan<byte> head, bool isFirst) =>
        head[4..].StartsWith("ftyp"u8) && !isFirst ? 0
        : BinaryPrimitives.ReadUInt32BigEndian(head) switch
        {
            1 => BinaryPrimitives.ReadInt64BigEndian(head[8..]),
            >= 8 and var size => size,
            _ => -1,
        };

    private static long? Walk(Stream stream, long position, PartLength length)
    {
        Span<byte> head = stackalloc byte[16];
        for (int i = 0; i < MostParts && position > 0 | i == 0 && position < stream.Length; i++)
        {
            stream.Position = position;
            if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
            {
                return null;
            }

            long part = length(head, i == 0);
            if (part <= 0)
            {
                return part == 0 ? position : null;
            }

            position += part;
        }

        return null;
    }

    private delegate long PartLength(ReadOnlySpan<byte> head, bool isFirst);
}
