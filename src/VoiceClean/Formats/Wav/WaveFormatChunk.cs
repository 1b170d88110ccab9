using System.Buffers.Binary;
using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Wav;

/// <summary>
/// The "fmt " chunk: WAVEFORMAT, PCMWAVEFORMAT, WAVEFORMATEX and WAVEFORMATEXTENSIBLE.
/// Source: Microsoft, "Multiple channel audio data and WAVE files" (mmreg.h); RFC 2361 for the tags.
/// </summary>
internal static class WaveFormatChunk
{
    /// <summary>More bytes than any format chunk we understand uses.</summary>
    public const int MaxLength = 40;

    private const ushort Pcm = 1, IeeeFloat = 3, ALaw = 6, MuLaw = 7, Extensible = 0xFFFE;

    // The last 8 bytes of KSDATAFORMAT_SUBTYPE_*, {xxxxxxxx-0000-0010-8000-00AA00389B71}.
    private static ReadOnlySpan<byte> SubTypeTail => [0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71];

    /// <summary>Reads and checks the chunk.</summary>
    /// <param name="chunk">Its first bytes, at most <see cref="MaxLength"/>.</param>
    /// <param name="bigEndian">True for RIFX.</param>
    /// <param name="limits">What may at most be decoded.</param>
    /// <param name="warnings">Receives what had to be corrected.</param>
    /// <exception cref="InputException">The chunk is too short, contradicts itself, exceeds the limits or names a
    /// coding that is not read here.</exception>
    public static (AudioFormat Format, SampleCoding Coding) Parse(
        ReadOnlySpan<byte> chunk,
        bool bigEndian,
        DecodeLimits limits,
        List<Warning> warnings)
    {
        if (chunk.Length < 14)
        {
            throw new InputException(
                ReasonCodes.DecodeFailed,
                $"The WAV header's format chunk has {Counted.Of(chunk.Length, "byte")} where at least 16 are "
                    + "needed; the file is damaged.");
        }

        int tag = UInt16(chunk, 0, bigEndian);
        int channels = UInt16(chunk, 2, bigEndian);
        uint rate = bigEndian
            ? BinaryPrimitives.ReadUInt32BigEndian(chunk[4..])
            : BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        int frameBytes = UInt16(chunk, 12, bigEndian);
        int bits = chunk.Length >= 16 ? UInt16(chunk, 14, bigEndian) : 0;
        if (channels == 0 || rate == 0)
        {
            throw new InputException(
                ReasonCodes.DecodeFailed,
                $"The WAV header claims {channels} channels at {rate} Hz; the file is damaged.");
        }

        if (channels > limits.MaxChannels || rate > limits.MaxSampleRate)
        {
            throw new InputException(
                ReasonCodes.TooLarge,
                $"The WAV header claims {channels} channels at {rate} Hz; at most {limits.MaxChannels} channels at "
                    + $"{limits.MaxSampleRate} Hz are read.");
        }

        int validBits = 0;
        uint mask = 0;
        if (tag == Extensible)
        {
            (tag, validBits, mask) = ParseExtension(chunk, bigEndian);
        }

        SampleCoding coding = CodingOf(tag, bits, frameBytes, channels);
        int stored = coding.Bytes() * 8;
        if (frameBytes != coding.Bytes() * channels)
        {
            warnings.Add(
                new Warning(
                    WarningCodes.MalformedHeader,
                    $"The WAV header gives {Counted.Of(frameBytes, "byte")} per frame where "
                        + $"{Counted.Of(channels, "channel")} of {stored} bits take "
                        + $"{coding.Bytes() * channels}; recomputed."));
        }

        int depth =
            validBits > 0 && validBits <= stored ? validBits
            : bits > 0 && bits <= stored ? bits
            : stored;
        return (
            new AudioFormat((int)rate, channels)
            {
                SpeakerMask = mask,
                Container = "wav",
                Decoder = "wav",
                BitDepth = depth,
            },
            coding);
    }

    private static (int Tag, int ValidBits, uint Mask) ParseExtension(ReadOnlySpan<byte> chunk, bool bigEndian)
    {
        if (chunk.Length < MaxLength)
        {
            throw new InputException(
                ReasonCodes.DecodeFailed,
                $"The WAV header's extensible format chunk has {Counted.Of(chunk.Length, "byte")} where 40 are "
                    + "needed; the file is damaged.");
        }

        int validBits = UInt16(chunk, 18, bigEndian);
        ReadOnlySpan<byte> guid = chunk[24..40];
        uint mask, subType;
        if (bigEndian)
        {
            mask = BinaryPrimitives.ReadUInt32BigEndian(chunk[20..]);
            subType = BinaryPrimitives.ReadUInt32BigEndian(guid);
        }
        else
        {
            mask = BinaryPrimitives.ReadUInt32LittleEndian(chunk[20..]);
            subType = BinaryPrimitives.ReadUInt32LittleEndian(guid);
        }

        bool known =
            subType <= ushort.MaxValue
            && UInt16(guid, 4, bigEndian) == 0
            && UInt16(guid, 6, bigEndian) == 0x10
            && guid[8..].SequenceEqual(SubTypeTail);
        return known
            ? ((int)subType, validBits, mask)
            : throw new InputException(
                ReasonCodes.UnsupportedFormat,
                $"The WAV file holds samples of the unknown sub-format {new Guid(guid, bigEndian)}; convert it to PCM."
            );
    }

    private static SampleCoding CodingOf(int tag, int bits, int frameBytes, int channels) =>
        tag switch
        {
            Pcm => PcmCoding(bits, frameBytes, channels),
            IeeeFloat when bits == 32 => SampleCoding.Float32,
            IeeeFloat when bits == 64 => SampleCoding.Float64,
            IeeeFloat => throw new InputException(
                ReasonCodes.UnsupportedFormat,
                $"The WAV file holds float samples of {bits} bits; only 32 and 64 exist."),
            ALaw => SampleCoding.ALaw,
            MuLaw => SampleCoding.MuLaw,
            _ => throw new InputException(
                ReasonCodes.UnsupportedFormat,
                $"The WAV file holds samples coded as {NameOf(tag)}; convert it to PCM, or install a decoder for it "
                    + "(voiceclean doctor)."),
        };

    private static SampleCoding PcmCoding(int bits, int frameBytes, int channels)
    {
        // The stored width is the bits rounded up to bytes (12 bits stand in 16), unless the frame size says more (24
        // in 32). Of 16 bits it is the frame size that is wrong, as in a header that was copied from two channels.
        int bytes = (bits + 7) / 8;
        int fromFrame = frameBytes % channels == 0 ? frameBytes / channels : 0;
        if ((bits == 0 || bytes > 1) && bits != 16 && fromFrame > bytes && fromFrame <= 4)
        {
            bytes = fromFrame;
        }

        return bytes switch
        {
            1 => SampleCoding.Unsigned8,
            2 => SampleCoding.Signed16,
            3 => SampleCoding.Signed24,
            4 => SampleCoding.Signed32,
            _ => throw new InputException(
                ReasonCodes.UnsupportedFormat,
                $"The WAV header claims PCM samples of {bits} bits; 1 to 32 are read."),
        };
    }

    private static string NameOf(int tag) => tag switch
    {
        0x02 => "Microsoft ADPCM",
        0x11 => "IMA ADPCM",
        0x31 => "GSM 6.10",
        0x50 => "MPEG audio",
        0x55 => "MP3",
        0x160 or 0x161 or 0x162 => "Windows Media Audio",
        0xFF or 0x1600 or 0x1610 => "AAC",
        _ => $"format 0x{tag:X4}",
    };

    private static int UInt16(ReadOnlySpan<byte> bytes, int at, bool bigEndian) =>
        bigEndian
            ? BinaryPrimitives.ReadUInt16BigEndian(bytes[at..])
            : BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
}
