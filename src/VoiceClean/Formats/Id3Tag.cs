namespace VoiceClean.Formats;

/// <summary>
/// ID3v2 tags at the start of a file. They belong to MP3, but some taggers put them before RIFF and FLAC as well.
/// </summary>
internal static class Id3Tag
{
    private const int HeaderBytes = 10;

    /// <summary>
    /// Where the content behind all leading ID3v2 tags begins [byte]; 0 if there are none or they leave the file.
    /// </summary>
    /// <remarks>
    /// Source: id3.org, "ID3 tag version 2.4.0 – Main Structure", §3.1: size of 4 × 7 bits, without header and footer.
    /// </remarks>
    public static long Skip(Stream stream)
    {
        long start = 0;
        Span<byte> header = stackalloc byte[HeaderBytes];
        for (int tags = 0; tags < 16; tags++)
        {
            stream.Position = start;
            if (
                stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes
                || !header.StartsWith("ID3"u8)
                || ((header[6] | header[7] | header[8] | header[9]) & 0x80) != 0)
            {
                break;
            }

            int size = (header[6] << 21) | (header[7] << 14) | (header[8] << 7) | header[9];
            long end = start + HeaderBytes + size + ((header[5] & 0x10) != 0 ? HeaderBytes : 0);
            if (end > stream.Length)
            {
                break;
            }

            start = end;
        }

        return start;
    }
}
