using System.Buffers.Binary;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Flac;

/// <summary>The STREAMINFO block. Source: RFC 9639 §8.2.</summary>
/// <param name="LeastBlock">Samples per channel of the smallest block but the last.</param>
/// <param name="MostBlock">Samples per channel of the largest block, 16 to 65,535.</param>
/// <param name="SampleRate">[Hz]</param>
/// <param name="Channels">1 to 8.</param>
/// <param name="BitDepth">4 to 32.</param>
/// <param name="Frames">Declared length [sample per channel]; 0 = not said.</param>
internal sealed record FlacStreamInfo(
    int LeastBlock,
    int MostBlock,
    int SampleRate,
    int Channels,
    int BitDepth,
    long Frames)
{
    /// <summary>Rate, channels and word length in one, as the block packs them.</summary>
    public ulong Sort => ((ulong)SampleRate << 8) | ((ulong)(Channels - 1) << 5) | (uint)(BitDepth - 1);

    /// <summary>Length of the block's content.</summary>
    public const int Bytes = 34;

    /// <summary>Reads the block's content.</summary>
    /// <exception cref="InputException">It cannot be, or exceeds the limits.</exception>
    public static FlacStreamInfo Parse(ReadOnlySpan<byte> block, DecodeLimits limits)
    {
        if (block.Length < Bytes)
        {
            throw new InputException(ReasonCodes.Truncated, "The FLAC file ends inside its first block.");
        }

        ulong packed = BinaryPrimitives.ReadUInt64BigEndian(block[10..]);
        var info = new FlacStreamInfo(
            BinaryPrimitives.ReadUInt16BigEndian(block),
            BinaryPrimitives.ReadUInt16BigEndian(block[2..]),
            (int)(packed >> 44),
            (int)(packed >> 41 & 7) + 1,
            (int)(packed >> 36 & 31) + 1,
            (long)(packed & 0xF_FFFF_FFFF));
        if (info.SampleRate == 0 || info.BitDepth < 4 || info.MostBlock < 16 || info.LeastBlock > info.MostBlock)
        {
            throw new InputException(
                ReasonCodes.DecodeFailed,
                $"The FLAC header claims {info.BitDepth} bits at {info.SampleRate} Hz in blocks of {info.MostBlock}; "
                    + "the file is damaged.");
        }

        return info.Channels <= limits.MaxChannels && info.SampleRate <= limits.MaxSampleRate
            ? info
            : throw new InputException(
                ReasonCodes.TooLarge,
                $"The FLAC header claims {info.Channels} channels at {info.SampleRate} Hz; at most "
                    + $"{limits.MaxChannels} channels at {limits.MaxSampleRate} Hz are read.");
    }
}
