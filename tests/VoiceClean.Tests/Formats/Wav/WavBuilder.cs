using System.Buffers.Binary;
using System.Text;

namespace VoiceClean.Tests.Formats.Wav;

/// <summary>Builds WAV files, right and wrong ones: every field can be made to lie.</summary>
internal sealed class WavBuilder
{
    private static readonly byte[] PcmTail =
    [
        0x00,
        0x00,
        0x00,
        0x00,
        0x10,
        0x00,
        0x80,
        0x00,
        0x00,
        0xAA,
        0x00,
        0x38,
        0x9B,
        0x71,
    ];

    public ushort Tag { get; init; } = 1;

    public ushort Channels { get; init; } = 1;

    public uint Rate { get; init; } = 16_000;

    public ushort Bits { get; init; } = 16;

    /// <summary>Bits of the stored container; 0 = <see cref="Bits"/> rounded up to bytes.</summary>
    public ushort ContainerBits { get; init; }

    public ushort? BlockAlign { get; init; }

    public uint? ByteRate { get; init; }

    /// <summary>16, 18 or 40 (extensible).</summary>
    public int FormatLength { get; init; } = 16;

    public ushort ValidBits { get; init; }

    public uint Mask { get; init; }

    public byte[]? SubFormat { get; init; }

    public uint? FormatSizeClaim { get; init; }

    public uint? DataSizeClaim { get; init; }

    public uint? RiffSizeClaim { get; init; }

    public bool BigEndian { get; init; }

    /// <summary>Raw chunks between the format and the data.</summary>
    public byte[] BeforeData { get; init; } = [];

    /// <summary>Raw bytes behind the data.</summary>
    public byte[] AfterData { get; init; } = [];

    public byte[] BeforeRiff { get; init; } = [];

    public bool DataFirst { get; init; }

    public bool OmitFormat { get; init; }

    public bool OmitData { get; init; }

    public bool PadData { get; init; } = true;

    public byte[] Build(byte[] data)
    {
        var body = new MemoryStream();
        body.Write("WAVE"u8);
        byte[] format = OmitFormat ? [] : Chunk("fmt ", FormatBody(), FormatSizeClaim);
        byte[] samples = OmitData ? [] : Chunk("data", data, DataSizeClaim, PadData);
        body.Write(DataFirst ? samples : format);
        body.Write(BeforeData);
        body.Write(DataFirst ? format : samples);
        body.Write(AfterData);
        return
        [
            .. BeforeRiff,
            .. Encoding.ASCII.GetBytes(BigEndian ? "RIFX" : "RIFF"),
            .. UInt32(RiffSizeClaim ?? (uint)body.Length),
            .. body.ToArray(),
        ];
    }

    public byte[] Chunk(string id, byte[] body, uint? sizeClaim = null, bool pad = true) =>
        [
            .. Encoding.ASCII.GetBytes(id),
            .. UInt32(sizeClaim ?? (uint)body.Length),
            .. body,
            .. pad && body.Length % 2 == 1 ? new byte[1] : [],
        ];

    /// <summary>8000 samples of a 440 Hz sine at half of full scale in 16 bits.</summary>
    public static short[] Tone(int length = 8000, int channels = 1) =>
        [
            .. Enumerable
                .Range(0, length * channels)
                .Select(i =>
                    (short)Math.Round(16384 * Math.Sin(2 * Math.PI * 440 * (i / channels) / 16_000.0 + i % channels))),
        ];

    public static byte[] Bytes16(short[] samples)
    {
        byte[] bytes = new byte[2 * samples.Length];
        Buffer.BlockCopy(samples, 0, bytes, 0, bytes.Length);
        return bytes;
    }

    private byte[] FormatBody()
    {
        int container = ContainerBits > 0 ? ContainerBits : (Bits + 7) / 8 * 8;
        ushort align = BlockAlign ?? (ushort)(Channels * container / 8);
        List<byte> body =
        [
            .. UInt16(FormatLength == 40 ? (ushort)0xFFFE : Tag),
            .. UInt16(Channels),
            .. UInt32(Rate),
            .. UInt32(ByteRate ?? unchecked(Rate * align)),
            .. UInt16(align),
            .. UInt16(FormatLength == 40 ? (ushort)container : Bits),
        ];
        if (FormatLength >= 18)
        {
            body.AddRange(UInt16((ushort)(FormatLength - 18)));
        }

        if (FormatLength == 40)
        {
            body.AddRange([.. UInt16(ValidBits), .. UInt32(Mask), .. SubFormat ?? [.. UInt16(Tag), .. PcmTail]]);
        }

        return [.. body.Take(FormatLength)];
    }

    private byte[] UInt16(ushort value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        if (BigEndian)
        {
            Array.Reverse(bytes);
        }

        return bytes;
    }

    private byte[] UInt32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        if (BigEndian)
        {
            Array.Reverse(bytes);
        }

        return bytes;
    }
}
