using VoiceClean.Errors;
using VoiceClean.Formats.Ogg;

namespace VoiceClean.Formats.Flac;

/// <summary>What stands before the frames. Source: RFC 9639 §8, §10.1.</summary>
internal static class FlacMetadata
{
    private const int MostBlocks = 1024, OggMarkerBytes = 9;

    /// <summary>The signature, the head of the first block and the block.</summary>
    private const int StartBytes = 4 + 4 + FlacStreamInfo.Bytes;

    /// <summary>Where the signature stands in the first packet of an Ogg stream that holds FLAC [byte].</summary>
    public static bool IsOggStart(ReadOnlySpan<byte> packet) => packet.StartsWith("\u007FFLAC"u8);

    /// <summary>Reads the first block of a FLAC file and finds its first frame.</summary>
    /// <exception cref="InputException">The header is damaged or exceeds the limits.</exception>
    public static (FlacStreamInfo Info, IFlacFrames Frames) OpenNative(Stream stream, long start, DecodeLimits limits)
    {
        Span<byte> bytes = stackalloc byte[StartBytes];
        stream.Position = start;
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        FlacStreamInfo info = ParseStart(bytes[..length], limits);
        long frames = SkipBlocks(stream, start);
        return frames > 0
            ? (info, new NativeFlacFrames(stream, frames))
            : throw new InputException(ReasonCodes.Truncated, "The FLAC file ends before its first sample.");
    }

    /// <summary>As <see cref="OpenNative"/> for FLAC in Ogg.</summary>
    /// <exception cref="InputException">The header is damaged or exceeds the limits.</exception>
    public static (FlacStreamInfo Info, IFlacFrames Frames) OpenOgg(Stream stream, long start, DecodeLimits limits)
    {
        var packets = new OggPackets(stream, start);
        if (!packets.Next() || !IsOggStart(packets.Packet) || packets.Packet.Length < OggMarkerBytes)
        {
            throw new InputException(ReasonCodes.UnsupportedFormat, "The Ogg file does not begin with FLAC.");
        }

        return (ParseStart(packets.Packet[OggMarkerBytes..], limits), new OggFlacFrames(packets));
    }

    /// <summary>
    /// Where the blocks end that follow the signature at <paramref name="start"/> [byte]; 0 if the file ends before.
    /// </summary>
    public static long SkipBlocks(Stream stream, long start)
    {
        Span<byte> head = stackalloc byte[4];
        long position = start + 4;
        for (int block = 0; block < MostBlocks; block++)
        {
            stream.Position = position;
            if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
            {
                return 0;
            }

            position += 4 + ((head[1] << 16) | (head[2] << 8) | head[3]);
            if (position >= stream.Length)
            {
                return 0;
            }

            if ((head[0] & 0x80) != 0)
            {
                return position;
            }
        }

        return 0;
    }

    /// <summary>Reads signature and first block.</summary>
    /// <exception cref="InputException">They are damaged or exceed the limits.</exception>
    public static FlacStreamInfo ParseStart(ReadOnlySpan<byte> bytes, DecodeLimits limits)
    {
        // STREAMINFO must come first (§8); without it nothing is known.
        bool isThere = bytes.Length == StartBytes || bytes.Length > StartBytes;
        return isThere && bytes.StartsWith("fLaC"u8) && (bytes[4] & 0x7F) == 0
            ? FlacStreamInfo.Parse(bytes[8..], limits)
            : throw new InputException(
                ReasonCodes.UnsupportedFormat,
                "The FLAC file does not begin with the block that says what it holds; it is damaged.");
    }
}
