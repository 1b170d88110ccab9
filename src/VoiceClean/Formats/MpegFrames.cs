namespace VoiceClean.Formats;

/// <summary>Finds the frames of MPEG audio streams, which have no file header.</summary>
internal static class MpegFrames
{
    /// <summary>
    /// Where the first frame of layer I, II or III begins [byte], if another of its stream follows where it ends (two
    /// in a row, because 11 set bits alone occur in any data); −1 if there is none. A frame at the very end of the
    /// bytes that leaves no room for another counts if it is the first thing.
    /// </summary>
    public static int Find(ReadOnlySpan<byte> bytes, out MpegFrameHeader header)
    {
        for (int at = 0; at + MpegFrameHeader.Bytes <= bytes.Length; at++)
        {
            if (bytes[at] != 0xFF || !MpegFrameHeader.TryParse(bytes[at..], out header))
            {
                continue;
            }

            int next = at + header.Length;
            if (
                next + MpegFrameHeader.Bytes <= bytes.Length
                    ? MpegFrameHeader.TryParse(bytes[next..], out MpegFrameHeader second) && second.Follows(header)
                    : at == 0)
            {
                return at;
            }
        }

        header = default;
        return -1;
    }

    /// <summary>
    /// 0 if the bytes begin with two ADTS frames (ISO/IEC 13818-7 §6.2) in a row, or with one that is all there is; −1
    /// otherwise.
    /// </summary>
    public static int FindAdts(ReadOnlySpan<byte> bytes)
    {
        int length = AdtsFrameLength(bytes);
        return length > 0 && (bytes.Length < length + 7 || AdtsFrameLength(bytes[length..]) > 0) ? 0 : -1;
    }

    private static int AdtsFrameLength(ReadOnlySpan<byte> b)
    {
        if (b.Length < 7 || b[0] != 0xFF || (b[1] & 0xF6) != 0xF0 || ((b[2] >> 2) & 15) > 12)
        {
            return 0;
        }

        int length = ((b[3] & 3) << 11) | (b[4] << 3) | (b[5] >> 5);
        return length >= 7 ? length : 0;
    }
}
