using System.Buffers.Binary;

namespace VoiceClean.Formats.Ogg;

/// <summary>Looks at the pages of an Ogg file. Source: RFC 3533 §6.</summary>
internal static class OggPages
{
    private const int HeaderBytes = 27;

    /// <summary>
    /// What there is of the first packet among the first bytes of a file; empty if it is no Ogg file, or holds several
    /// audio streams beside each other, which only ffmpeg takes apart.
    /// </summary>
    public static ReadOnlySpan<byte> FirstPacket(ReadOnlySpan<byte> header)
    {
        bool isPage = header.Length >= HeaderBytes && OggStart.CountAudio(header) == 1;
        int start = isPage ? HeaderBytes + header[26] : int.MaxValue;
        return start < header.Length ? header[start..] : default;
    }

    /// <summary>
    /// The position on the last page of the file [sample, or what the codec counts]; 0 if there is none. A hint.
    /// </summary>
    public static long LastGranule(Stream stream)
    {
        byte[] end = new byte[Math.Min(stream.Length, 128 * 1024)];
        stream.Position = stream.Length - end.Length;
        int length = stream.ReadAtLeast(end, end.Length, throwOnEndOfStream: false);
        int at = end.AsSpan(0, length).LastIndexOf("OggS"u8);
        return at >= 0 && at + 14 <= length
            ? Math.Max(0, BinaryPrimitives.ReadInt64LittleEndian(end.AsSpan(at + 6)))
            : 0;
    }

    /// <summary>
    /// True if the file is one whole logical stream: nothing chained behind it or beside it, no page missing or
    /// damaged, not cut, with the mark of its end. Of other files libsndfile 1.2 decodes a part, without an error.
    /// </summary>
    public static bool IsWhole(Stream stream, long start)
    {
        var packets = new OggPackets(stream, start);
        bool isFirst = true;
        while (packets.Next())
        {
            if ((packets.IsFirst && !isFirst) || packets.IsBehindGap || packets.HasOthers)
            {
                return false;
            }

            isFirst = false;
        }

        return !packets.EndsOpen;
    }
}
