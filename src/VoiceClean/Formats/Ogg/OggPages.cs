namespace VoiceClean.Formats.Ogg;

/// <summary>Looks at the pages of an Ogg file. Source: RFC 3533 §6.</summary>
internal static class OggPages
{
    private const int HeaderBytes = 27;
    private const byte BeginOfStream = 2;

    /// <summary>
    /// What there is of the first packet among the first bytes of a file; empty if it is no Ogg file.
    /// </summary>
    public static ReadOnlySpan<byte> FirstPacket(ReadOnlySpan<byte> header)
    {
        bool isPage = header.Length >= HeaderBytes && header.StartsWith("OggS"u8);
        int start = isPage ? HeaderBytes + header[26] : int.MaxValue;
        return start < header.Length ? header[start..] : default;
    }

    /// <summary>
    /// True if the file holds more than one logical stream, one after the other ("chained", as internet radio recorders
    /// write) or side by side. libsndfile 1.2 decodes only the first and cuts it to the length of the last, without an
    /// error.
    /// </summary>
    public static bool HasSeveralStreams(Stream stream, long start)
    {
        Span<byte> header = stackalloc byte[HeaderBytes + 255];
        int streams = 0;
        long position = start;
        while (true)
        {
            stream.Position = position;
            int length = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
            if (length < HeaderBytes || !header.StartsWith("OggS"u8))
            {
                return false;       // the end, or damage: then the decoder's resynchronisation decides
            }

            if ((header[5] & BeginOfStream) != 0 && ++streams > 1)
            {
                return true;
            }

            int segments = header[26];
            if (length < HeaderBytes + segments)
            {
                return false;
            }

            position += HeaderBytes + segments;
            foreach (byte segment in header.Slice(HeaderBytes, segments))
            {
                position += segment;
            }
        }
    }
}
