namespace VoiceClean.Formats;

/// <summary>Finds the frames of MPEG audio streams, which have no file header.</summary>
internal static class MpegFrames
{
    // 640 kbit/s at 32 kHz, the most that encoders offer.
    private const int LongestFree = 2880;

    /// <summary>
    /// Where the first frame of layer I, II or III begins [byte], if another of its stream follows where it ends (two
    /// in a row, because 11 set bits alone occur in any data); −1 if there is none. A frame at the very end of the
    /// bytes that leaves no room for another counts if it is the first thing.
    /// </summary>
    /// <param name="bytes">Of a stream.</param>
    /// <param name="header">Receives the header of the frame.</param>
    /// <param name="freeLength">As <see cref="MpegFrameHeader.FreeLength"/>.</param>
    public static int Find(ReadOnlySpan<byte> bytes, out MpegFrameHeader header, int freeLength = 0)
    {
        for (int at = 0; at + MpegFrameHeader.Bytes <= bytes.Length; at++)
        {
            if (bytes[at] != 0xFF || !MpegFrameHeader.TryParse(bytes[at..], out header, freeLength))
            {
                continue;
            }

            int next = at + header.Length;
            if (
                next + MpegFrameHeader.Bytes <= bytes.Length
                    ? MpegFrameHeader.TryParse(bytes[next..], out MpegFrameHeader second, freeLength)
                        && second.Follows(header)
                    : at == 0)
            {
                return at;
            }
        }

        header = default;
        return -1;
    }

    /// <summary>
    /// The length without padding of layer III frames of the free format [byte], if the bytes begin with three in a row
    /// that are alike, or two where the third lies behind them; 0 if they do not. Their headers do not tell it (ISO/IEC
    /// 11172-3 §2.4.2.3), but it is the same for all of them.
    /// </summary>
    public static int FindFreeLength(ReadOnlySpan<byte> bytes)
    {
        if (!MpegFrameHeader.TryParse(bytes, out MpegFrameHeader first, 1) || bytes[2] >> 4 != 0)
        {
            return 0;
        }

        int shortest = MpegFrameHeader.Bytes + first.SideBytes;
        for (int next = shortest; next <= LongestFree + 1 && next + MpegFrameHeader.Bytes <= bytes.Length; next++)
        {
            int length = next - ((bytes[2] >> 1) & 1);
            if (!IsAlike(bytes, next) || length < shortest)
            {
                continue;
            }

            _ = MpegFrameHeader.TryParse(bytes[next..], out MpegFrameHeader second, length);
            int third = next + second.Length;
            if (third + MpegFrameHeader.Bytes > bytes.Length || IsAlike(bytes, third))
            {
                return length;
            }
        }

        return 0;
    }

    // All but padding and the way in which two channels are joined.
    private static bool IsAlike(ReadOnlySpan<byte> bytes, int at) =>
        at + MpegFrameHeader.Bytes <= bytes.Length
        && bytes[at] == bytes[0]
        && bytes[at + 1] == bytes[1]
        && (bytes[at + 2] & 0xFC) == (bytes[2] & 0xFC)
        && (bytes[at + 3] & 0xC0) == (bytes[3] & 0xC0);

    /// <summary>
    /// 0 if the bytes begin with two ADTS frames (ISO/IEC 13818-7 §6.2) in a row, or with one that is all there is; −1
    /// otherwise.
    /// </summary>
    public static int FindAdts(ReadOnlySpan<byte> bytes)
    {
        int length = AdtsFrameLength(bytes);
        return length > 0 && (bytes.Length < length + 7 || AdtsFrameLength(bytes[length..]) > 0) ? 0 : -1;
    }

    /// <summary>How many ADTS frames follow each other from the start, as far as they begin in these bytes.</summary>
    public static int CountAdts(ReadOnlySpan<byte> bytes)
    {
        int count = 0;
        for (int length; (length = AdtsFrameLength(bytes)) > 0; count++)
        {
            bytes = bytes[Math.Min(length, bytes.Length)..];
        }

        return count;
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
