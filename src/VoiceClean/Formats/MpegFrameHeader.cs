namespace VoiceClean.Formats;

/// <summary>
/// The four bytes before each frame of MPEG audio. Source: ISO/IEC 11172-3 §2.4.1.3, ISO/IEC 13818-3 §2.4.2.3.
/// </summary>
/// <param name="Version">10 for MPEG-1, 20 for MPEG-2, 25 for the unofficial MPEG-2.5.</param>
/// <param name="Layer">1 to 3.</param>
/// <param name="SampleRate">[Hz]</param>
/// <param name="Channels">1 or 2.</param>
/// <param name="Length">Of the whole frame [byte].</param>
/// <param name="HasChecksum">True if two bytes of CRC follow the header.</param>
internal readonly record struct MpegFrameHeader(
    int Version,
    int Layer,
    int SampleRate,
    int Channels,
    int Length,
    bool HasChecksum)
{
    /// <summary>Bytes of the header.</summary>
    public const int Bytes = 4;

    // [kbit/s], by index 1 … 14.
    private static ReadOnlySpan<short> Mpeg1Layer1 =>
        [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448];

    private static ReadOnlySpan<short> Mpeg1Layer2 =>
        [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];

    private static ReadOnlySpan<short> Mpeg1Layer3 => [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];

    private static ReadOnlySpan<short> Mpeg2Layer1 =>
        [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256];

    private static ReadOnlySpan<short> Mpeg2Layer23 => [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

    /// <summary>Samples per channel in a frame.</summary>
    public int Samples => Layer switch
    {
        1 => 384,
        2 => 1152,
        _ => Version == 10 ? 1152 : 576,
    };

    /// <summary>Bytes of a layer III frame's side information (ISO/IEC 11172-3 §2.4.1.7).</summary>
    public int SideBytes => (Version, Channels) switch
    {
        (10, 2) => 32,
        (10, _) or (_, 2) => 17,
        _ => 9,
    };

    /// <summary>
    /// Length of the frames of a stream of the "free format", whose headers do not tell it, without padding [byte]; 0
    /// for other streams.
    /// </summary>
    public int FreeLength { get; init; }

    /// <summary>Reads the first four bytes of <paramref name="bytes"/>; false if they are no header.</summary>
    /// <param name="bytes">Any number.</param>
    /// <param name="header">Receives what they say.</param>
    /// <param name="freeLength">As <see cref="FreeLength"/> of the stream; where it is 0, a header of the free format
    /// is none.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out MpegFrameHeader header, int freeLength = 0)
    {
        header = default;
        if (bytes.Length < Bytes || bytes[0] != 0xFF || (bytes[1] & 0xE0) != 0xE0)
        {
            return false;
        }

        int version = (bytes[1] >> 3) & 3, layer = 4 - ((bytes[1] >> 1) & 3);
        int bitrate = bytes[2] >> 4, rate = (bytes[2] >> 2) & 3;
        if (version == 1 || layer == 4 || bitrate == 15 || rate == 3
            || (bitrate == 0 && (freeLength == 0 || layer != 3)))
        {
            return false;
        }

        int hertz = rate switch { 0 => 44_100, 1 => 48_000, _ => 32_000 };
        int kilobits = bitrate == 0 ? 0 : Rates(version == 3, layer)[bitrate - 1], padding = (bytes[2] >> 1) & 1;
        hertz >>= version switch { 3 => 0, 2 => 1, _ => 2 };
        int length = bitrate == 0 ? freeLength + padding
            : layer == 1
            ? 4 * (12_000 * kilobits / hertz + padding)
            : (layer == 3 && version != 3 ? 72_000 : 144_000) * kilobits / hertz + padding;
        header = new MpegFrameHeader(
            version switch { 3 => 10, 2 => 20, _ => 25 },
            layer,
            hertz,
            bytes[3] >> 6 == 3 ? 1 : 2,
            length,
            (bytes[1] & 1) == 0)
        {
            FreeLength = freeLength,
        };
        return true;
    }

    /// <summary>True if a frame with this header can follow <paramref name="other"/> in one stream.</summary>
    public bool Follows(MpegFrameHeader other) =>
        Version == other.Version && Layer == other.Layer && SampleRate == other.SampleRate;

    private static ReadOnlySpan<short> Rates(bool mpeg1, int layer) => (mpeg1, layer) switch
    {
        (true, 1) => Mpeg1Layer1,
        (true, 2) => Mpeg1Layer2,
        (true, _) => Mpeg1Layer3,
        (false, 1) => Mpeg2Layer1,
        _ => Mpeg2Layer23,
    };
}
