namespace VoiceClean.Formats;

/// <summary>
/// How many audio streams stand beside each other in an Ogg file: each begins with a page of its own before any sound.
/// Source: RFC 3533 §4 and §6.
/// </summary>
internal static class OggStart
{
    private const int HeaderBytes = 27, FlagsAt = 5, SegmentsAt = 26, FirstOfStream = 2;

    /// <summary>Counts them among the first bytes of a file; 0 if it is no Ogg file.</summary>
    public static int CountAudio(ReadOnlySpan<byte> header)
    {
        int count = 0;
        while (
            header.Length > HeaderBytes
            && header.StartsWith("OggS"u8)
            && (header[FlagsAt] & FirstOfStream) != 0
            && header.Length > HeaderBytes + header[SegmentsAt])
        {
            int length = HeaderBytes + header[SegmentsAt];
            foreach (byte segment in header.Slice(HeaderBytes, header[SegmentsAt]))
            {
                length += segment;
            }

            ReadOnlySpan<byte> packet = header[(HeaderBytes + header[SegmentsAt])..];
            count += IsAudio(packet) ? 1 : 0;
            header = header[Math.Min(length, header.Length)..];
        }

        return count;
    }

    private static bool IsAudio(ReadOnlySpan<byte> packet) =>
        packet.StartsWith("\u0001vorbis"u8)
        || packet.StartsWith("OpusHead"u8)
        || packet.StartsWith("\u007FFLAC"u8)
        || packet.StartsWith("Speex   "u8);
}
