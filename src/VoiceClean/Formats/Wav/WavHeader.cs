using System.Buffers.Binary;

namespace VoiceClean.Formats.Wav;

/// <summary>
/// What stands before the samples of a mono WAV file. Sources: Microsoft/IBM "Multimedia Programming Interface and Data
/// Specifications 1.0" (1991), Microsoft "Multiple Channel Audio Data and WAVE Files" (2007) for
/// WAVE_FORMAT_EXTENSIBLE, EBU Tech 3306 v2 (2018) for RF64.
/// </summary>
internal static class WavHeader
{
    private const ushort TagPcm = 1, TagFloat = 3, TagExtensible = 0xFFFE;
    private const uint FrontCentre = 0x4;

    // KSDATAFORMAT_SUBTYPE_PCM in the order of its bytes in a file.
    private static ReadOnlySpan<byte> PcmSubFormat =>
        [1, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    /// <summary>Bytes per sample.</summary>
    public static int SampleSize(SampleEncoding encoding) =>
        encoding switch
        {
            SampleEncoding.Pcm16 => 2,
            SampleEncoding.Pcm24 => 3,
            SampleEncoding.IeeeFloat => 4,
            _ => throw new ArgumentOutOfRangeException(
                nameof(encoding),
                encoding,
                "The encoding is not one of those a WAV file is written in."),
        };

    /// <summary>The bytes before the first sample.</summary>
    /// <param name="sampleCount">Samples that follow, at least 0.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="encoding">How they are stored.</param>
    /// <param name="trailerLength">Bytes that follow the samples and their pad byte.</param>
    /// <param name="largestRiff">Largest size a RIFF header may declare [byte]; beyond it the file becomes RF64. Only
    /// tests choose another.</param>
    public static byte[] Create(
        long sampleCount,
        int sampleRate,
        SampleEncoding encoding,
        long trailerLength,
        long largestRiff = uint.MaxValue)
    {
        int sampleSize = SampleSize(encoding);
        long dataSize = checked(sampleCount * sampleSize);
        byte[] format = CreateFormat(sampleCount, sampleRate, encoding);
        long riffSize = 4 + format.Length + 8 + dataSize + (dataSize & 1) + trailerLength;
        bool isLarge = riffSize > largestRiff;
        byte[] header = new byte[12 + (isLarge ? 36 : 0) + format.Length + 8];
        Span<byte> at = header;
        at = PutId(at, isLarge ? "RF64"u8 : "RIFF"u8);
        at = Put(at, isLarge ? uint.MaxValue : (uint)riffSize);
        at = PutId(at, "WAVE"u8);
        if (isLarge)
        {
            at = PutId(at, "ds64"u8);
            at = Put(at, 28u);
            BinaryPrimitives.WriteInt64LittleEndian(at, riffSize + 36);
            BinaryPrimitives.WriteInt64LittleEndian(at[8..], dataSize);
            BinaryPrimitives.WriteInt64LittleEndian(at[16..], sampleCount);
            at = Put(at[24..], 0u);              // no table of further chunk sizes
        }

        format.CopyTo(at);
        at = PutId(at[format.Length..], "data"u8);
        Put(at, isLarge ? uint.MaxValue : (uint)dataSize);
        return header;
    }

    // The format chunk, and for float the fact chunk that every format but integer PCM wants.
    private static byte[] CreateFormat(long sampleCount, int sampleRate, SampleEncoding encoding)
    {
        int sampleSize = SampleSize(encoding);
        int formatSize = encoding switch
        {
            SampleEncoding.Pcm16 => 16,
            SampleEncoding.Pcm24 => 40,
            _ => 18,
        };
        ushort tag = encoding switch
        {
            SampleEncoding.Pcm16 => TagPcm,
            SampleEncoding.Pcm24 => TagExtensible,
            _ => TagFloat,
        };
        byte[] chunk = new byte[8 + formatSize + (encoding == SampleEncoding.IeeeFloat ? 12 : 0)];
        Span<byte> at = chunk;
        at = PutId(at, "fmt "u8);
        at = Put(at, (uint)formatSize);
        at = Put(at, tag);
        at = Put(at, (ushort)1);                 // channels
        at = Put(at, (uint)sampleRate);
        at = Put(at, checked((uint)((long)sampleRate * sampleSize)));
        at = Put(at, (ushort)sampleSize);        // block align
        at = Put(at, (ushort)(8 * sampleSize));
        if (encoding == SampleEncoding.Pcm24)
        {
            at = Put(at, (ushort)22);            // bytes of extension
            at = Put(at, (ushort)24);            // valid bits
            at = Put(at, FrontCentre);
            PcmSubFormat.CopyTo(at);
        }
        else if (encoding == SampleEncoding.IeeeFloat)
        {
            at = Put(at, (ushort)0);             // no extension
            at = PutId(at, "fact"u8);
            at = Put(at, 4u);
            Put(at, (uint)Math.Min(sampleCount, uint.MaxValue));
        }

        return chunk;
    }

    private static Span<byte> PutId(Span<byte> at, ReadOnlySpan<byte> id)
    {
        id.CopyTo(at);
        return at[4..];
    }

    private static Span<byte> Put(Span<byte> at, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(at, value);
        return at[4..];
    }

    private static Span<byte> Put(Span<byte> at, ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(at, value);
        return at[2..];
    }
}
