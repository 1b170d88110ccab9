namespace VoiceClean.Formats;

/// <summary>Finds the frames of MPEG audio streams, which have no file header.</summary>
internal static class MpegFrames
{
    // ISO/IEC 11172-3 and 13818-3, layer III [kbit/s], by index 1 … 14.
    private static ReadOnlySpan<short> Mpeg1Rates => [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];

    private static ReadOnlySpan<short> Mpeg2Rates => [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

    /// <summary>
    /// Where the first layer III frame begins [byte], if another follows where it ends (two in a row, because 11 set
    /// bits alone occur in any data); −1 if there is none. A frame at the very end of the header that leaves no room
    /// for another counts if it is the first thing.
    /// </summary>
    public static int FindLayer3(ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; at + 4 <= bytes.Length; at++)
        {
            if (Layer3FrameLength(bytes[at..]) is not (> 0 and { } length))
            {
                continue;
            }

            int next = at + length;
            if (next + 4 <= bytes.Length ? Layer3FrameLength(bytes[next..]) > 0 : at == 0)
            {
                return at;
            }
        }

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

    private static int Layer3FrameLength(ReadOnlySpan<byte> b)
    {
        // 11 bits of sync, then version (not 01), layer (01 = III), bitrate (not 0 or 15), sampling rate (not 3).
        int version = (b[1] >> 3) & 3, bitrate = b[2] >> 4, rate = (b[2] >> 2) & 3;
        if (b[0] != 0xFF || (b[1] & 0xE6) != 0xE2 || version == 1 || bitrate is 0 or 15 || rate == 3)
        {
            return 0;
        }

        int hertz =
            (
                rate switch
                {
                    0 => 44_100,
                    1 => 48_000,
                    _ => 32_000,
                })
            >> (
                version switch
                {
                    3 => 0,
                    2 => 1,
                    _ => 2,
                });
        int padding = (b[2] >> 1) & 1;
        return version == 3
            ? 144_000 * Mpeg1Rates[bitrate - 1] / hertz + padding
            : 72_000 * Mpeg2Rates[bitrate - 1] / hertz + padding;
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
