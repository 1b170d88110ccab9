using System.Numerics;

namespace VoiceClean.Formats.Flac;

/// <summary>The header of a FLAC frame. Source: RFC 9639 §9.1.</summary>
/// <param name="Block">Samples per channel.</param>
/// <param name="Assignment">0 to 7: that many channels less one, independent; 8 left and side, 9 side and right, 10 mid
/// and side.</param>
/// <param name="BitDepth">Of a sample.</param>
/// <param name="Number">Of the frame, or of its first sample if blocks vary.</param>
/// <param name="Varies">True if blocks vary.</param>
/// <param name="Length">Of the header with its checksum [byte].</param>
internal readonly record struct FlacFrameHeader(
    int Block,
    int Assignment,
    int BitDepth,
    long Number,
    bool Varies,
    int Length)
{
    /// <summary>No header is longer [byte].</summary>
    public const int MostBytes = 16;

    /// <summary>Reads a header whose checksum is right and which fits the stream.</summary>
    public static bool TryParse(ReadOnlySpan<byte> b, FlacStreamInfo info, out FlacFrameHeader header)
    {
        header = default;
        if (b.Length < 6 || b[0] != 0xFF || (b[1] & 0xFE) != 0xF8 || (b[3] & 1) != 0)
        {
            return false;
        }

        int blockCode = b[2] >> 4, rateCode = b[2] & 15, assignment = b[3] >> 4, depthCode = (b[3] >> 1) & 7;
        int at = 4;
        if (!TryReadNumber(b, ref at, out long number) || b.Length < at + 5)
        {
            return false;
        }

        int block = blockCode switch
        {
            0 => 0,
            1 => 192,
            < 6 => 576 << (blockCode - 2),
            6 => b[at++] + 1,
            7 => ((b[at++] << 8) | b[at++]) + 1,
            _ => 256 << (blockCode - 8),
        };
        int rate = rateCode switch
        {
            0 => info.SampleRate,
            12 => 1000 * b[at++],
            13 => (b[at++] << 8) | b[at++],
            14 => 10 * ((b[at++] << 8) | b[at++]),
            15 => -1,
            _ => Rates[rateCode],
        };
        int depth = depthCode == 0 ? info.BitDepth : Depths[depthCode];
        int channels = assignment < 8 ? assignment + 1 : assignment < 11 ? 2 : 0;
        if (
            b.Length <= at
            || block is 0 or > 65_535
            || rate != info.SampleRate
            || depth != info.BitDepth
            || channels != info.Channels
            || FlacChecksum.Crc8(b[..at]) != b[at])
        {
            return false;
        }

        header = new FlacFrameHeader(block, assignment, depth, number, (b[1] & 1) != 0, at + 1);
        return true;
    }

    private static ReadOnlySpan<int> Rates =>
        [0, 88_200, 176_400, 192_000, 8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000];

    private static ReadOnlySpan<byte> Depths => [0, 8, 12, 0, 16, 20, 24, 32];

    /// <summary>A number of up to 36 bits in the manner of UTF-8 (§9.1.5).</summary>
    private static bool TryReadNumber(ReadOnlySpan<byte> b, ref int at, out long number)
    {
        int ones = BitOperations.LeadingZeroCount(~((uint)b[at] << 24));
        number = ones == 0 ? b[at] : ones is 1 or > 7 ? -1 : b[at] & (0x7F >> ones);
        at++;
        for (int i = 1; i < ones && number >= 0; i++, at++)
        {
            number = at < b.Length && (b[at] & 0xC0) == 0x80 ? (number << 6) | (uint)(b[at] & 0x3F) : -1;
        }

        return number >= 0;
    }
}
