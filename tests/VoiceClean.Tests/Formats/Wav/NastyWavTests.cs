using System.Text;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Formats.Wav;
using Xunit;

namespace VoiceClean.Tests.Formats.Wav;

/// <summary>
/// Files as broken writers, crashed recorders and cut copies leave them; the numbers are those of the table of nasty
/// inputs.
/// </summary>
public class NastyWavTests
{
    private static readonly short[] Tone = WavBuilder.Tone();
    private static readonly byte[] Data = WavBuilder.Bytes16(Tone);
    private static readonly float[] Expected = [.. Tone.Select(s => s / 32768f)];

    private static readonly AudioDecoders WavOnly = MakeWavOnly();

    private static AudioDecoders MakeWavOnly()
    {
        var decoders = new AudioDecoders();
        decoders.Add(new WavDecoder());
        return decoders;
    }

    private static Decoded Decode(byte[] file) => Decoded.From(file, decoders: WavOnly);

    private static InputException Refuse(byte[] file) => Assert.Throws<InputException>(() => Decode(file));

    private static void AssertWhole(Decoded decoded, params string[] warnings)
    {
        Assert.Equal(Expected, decoded.Samples);
        Assert.Equal(warnings, decoded.Codes);
    }

    [Theory]
    [InlineData(0u)] // 1: a crashed recorder
    [InlineData(0xFFFFFFFFu)] // 2: a pipe
    [InlineData(0x7FFFFFFFu)] // 3
    [InlineData(0xFFFFFFDBu)] // a pipe that subtracts its header
    public void R1_to_R3_sizes_that_cannot_be_true_mean_to_the_end_of_the_file(uint size) =>
        AssertWhole(
            Decode(new WavBuilder { DataSizeClaim = size, RiffSizeClaim = size }.Build(Data)),
            WarningCodes.MalformedHeader);

    [Fact]
    public void R4_the_outer_size_does_not_matter()
        => AssertWhole(Decode(new WavBuilder { RiffSizeClaim = 0 }.Build(Data)));

    [Fact]
    public void R5_a_file_cut_in_mid_frame_keeps_its_whole_frames()
    {
        byte[] file = new WavBuilder().Build(Data);
        Decoded decoded = Decode(file[..(44 + 2 * 5499 + 1)]);
        Assert.Equal(Expected[..5499], decoded.Samples);
        Assert.Equal([WarningCodes.Truncated, WarningCodes.Truncated], decoded.Codes);
    }

    [Fact]
    public void R6_more_audio_than_declared_is_not_believed()
    {
        Decoded decoded = Decode(new WavBuilder { DataSizeClaim = 8000 }.Build(Data));
        Assert.Equal(Expected[..4000], decoded.Samples);
        Assert.Equal([WarningCodes.MalformedHeader], decoded.Codes);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0xFFFFFFFFu)]
    public void Chunks_behind_samples_of_unknown_length_are_not_played(uint size)
    {
        var builder = new WavBuilder();
        byte[] info = [.. "INFOISFT"u8, 8, 0, 0, 0, .. "Lavf59.0"u8];
        byte[] after = [.. builder.Chunk("LIST", info), .. builder.Chunk("id3 ", new byte[33])];
        AssertWhole(
            Decode(new WavBuilder { DataSizeClaim = size, RiffSizeClaim = size, AfterData = after }.Build(Data)),
            WarningCodes.MalformedHeader);
    }

    [Fact]
    public void R24_the_samples_of_all_data_chunks_are_read_one_after_the_other()
    {
        var builder = new WavBuilder();
        byte[] rest =
        [
            .. builder.Chunk("LIST", new byte[26]),
            .. builder.Chunk("data", Data[6000..9000]),
            .. builder.Chunk("data", []),
            .. builder.Chunk("data", Data[9000..]),
        ];
        Decoded decoded = Decode(new WavBuilder { AfterData = rest }.Build(Data[..6000]));
        AssertWhole(decoded, WarningCodes.MalformedHeader);
        Assert.Contains("3 data chunks", decoded.Warnings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_lies_behind_the_declared_samples_is_said_in_seconds()
    {
        Decoded decoded = Decode(new WavBuilder { DataSizeClaim = 8000 }.Build(Data));
        Assert.Contains("(0.250 s", decoded.Warnings[0].Message, StringComparison.Ordinal);
        Assert.Contains(
            "(0.031 s)",
            Decode(new WavBuilder().Build(Data)[..^1000]).Warnings[0].Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void R7_odd_chunks_with_a_pad_byte_are_skipped()
    {
        var builder = new WavBuilder();
        AssertWhole(
            Decode(
                new WavBuilder
                {
                    BeforeData = builder.Chunk("LIST", Encoding.ASCII.GetBytes("INFOISFT\u0003\0\0\0abc")),
                }.Build(Data)));
    }

    [Fact]
    public void R8_odd_chunks_without_a_pad_byte_are_recovered_from()
    {
        var builder = new WavBuilder();
        AssertWhole(
            Decode(new WavBuilder { BeforeData = builder.Chunk("LIST", new byte[7], pad: false) }.Build(Data)),
            WarningCodes.MalformedHeader);
    }

    [Fact]
    public void R9_chunks_before_and_after_the_data_do_no_harm()
    {
        var builder = new WavBuilder();
        byte[] after = [.. builder.Chunk("LIST", new byte[26]), .. builder.Chunk("id3 ", new byte[33])];
        AssertWhole(
            Decode(new WavBuilder { BeforeData = builder.Chunk("bext", new byte[602]), AfterData = after }.Build(Data))
        );
    }

    [Theory]
    [InlineData(50)]
    [InlineData(100_000)]                // a cover picture: longer than what decoders are shown
    public void R10_an_ID3_tag_before_RIFF_is_skipped(int length)
    {
        byte[] tag =
        [
            .. "ID3\u0004\0\0"u8,
            (byte)(length >> 21),
            (byte)(length >> 14 & 0x7F),
            (byte)(length >> 7 & 0x7F),
            (byte)(length & 0x7F),
            .. new byte[length],
        ];
        AssertWhole(Decode(new WavBuilder { BeforeRiff = tag }.Build(Data)));
    }

    [Theory]
    [InlineData(18, 0)]
    [InlineData(40, 16)]
    [InlineData(40, 0)]                  // 15: no valid bits: those of the container
    public void R11_R15_longer_format_chunks_say_the_same(int length, int validBits)
    {
        Decoded decoded = Decode(
            new WavBuilder
            {
                FormatLength = length,
                ValidBits = (ushort)validBits,
                Mask = 4,
            }.Build(Data));
        AssertWhole(decoded);
        Assert.Equal(16, decoded.Format.BitDepth);
        Assert.Equal(length == 40 ? 4u : 0u, decoded.Format.SpeakerMask);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(40)]                     // 12
    public void R12_R19_float_samples_keep_what_lies_beyond_full_scale_and_lose_what_is_no_number(int formatLength)
    {
        float[] samples = [0.5f, -0.25f, 5f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e-42f, 1e30f];
        byte[] data = new byte[32];
        Buffer.BlockCopy(samples, 0, data, 0, data.Length);
        Decoded decoded = Decode(
            new WavBuilder
            {
                Tag = 3,
                Bits = 32,
                FormatLength = formatLength,
                ValidBits = 32,
            }.Build(data));
        Assert.Equal([0.5f, -0.25f, 5f, 0f, 0f, 0f, 1e-42f, 0f], decoded.Samples);
        Assert.Equal([WarningCodes.NonfiniteSamples], decoded.Codes);
        Assert.Contains("4 samples", decoded.Warnings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void R13_24_valid_bits_in_32_are_read_as_32()
    {
        byte[] data = [.. Tone.SelectMany(s => BitConverter.GetBytes(s << 16))];
        Decoded decoded = Decode(new WavBuilder { Bits = 32, FormatLength = 40, ValidBits = 24 }.Build(data));
        AssertWhole(decoded);
        Assert.Equal(24, decoded.Format.BitDepth);
    }

    [Theory]
    [InlineData(12, 16)]
    [InlineData(20, 24)]
    [InlineData(24, 32)]
    public void R14_bits_that_do_not_fill_their_container_stand_at_its_top(int bits, int container)
    {
        byte[] data =
        [
            .. Tone.SelectMany(s => BitConverter.GetBytes((s & ~15) << (container - 16)).Take(container / 8)),
        ];
        Decoded decoded = Decode(new WavBuilder { Bits = (ushort)bits, ContainerBits = (ushort)container }.Build(data));
        Assert.Equal(Tone.Select(s => (s & ~15) / 32768f), decoded.Samples);
        Assert.Equal(bits, decoded.Format.BitDepth);
        Assert.Empty(decoded.Warnings);
    }

    [Fact]
    public void R16_an_unknown_sub_format_is_named()
    {
        InputException e = Refuse(
            new WavBuilder { FormatLength = 40, SubFormat = [.. Enumerable.Repeat((byte)0x42, 16)] }.Build(Data));
        Assert.Equal(ReasonCodes.UnsupportedFormat, e.Code);
        Assert.Contains("42424242", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void R17_eight_bits_are_unsigned_also_at_odd_lengths(bool pad)
    {
        Decoded decoded = Decode(new WavBuilder { Bits = 8, PadData = pad }.Build([0, 64, 128, 192, 255]));
        Assert.Equal([-1f, -0.5f, 0f, 0.5f, 127f / 128], decoded.Samples);
        Assert.Empty(decoded.Warnings);
    }

    [Fact]
    public void R18_doubles_are_read()
    {
        byte[] data = [.. Tone.SelectMany(s => BitConverter.GetBytes(s / 32768.0))];
        AssertWhole(Decode(new WavBuilder { Tag = 3, Bits = 64 }.Build(data)));
    }

    [Theory]
    [InlineData(6, 0xD5, 8)]             // G.711: the smallest positive A-law step, in 16 bits
    [InlineData(6, 0x55, -8)]
    [InlineData(6, 0xAA, 32256)]
    [InlineData(6, 0x2A, -32256)]
    [InlineData(7, 0xFF, 0)]
    [InlineData(7, 0x80, 32124)]
    [InlineData(7, 0x00, -32124)]
    [InlineData(7, 0xEF, 132)]
    public void R18_companded_samples_expand_as_G_711_says(int tag, int code, int value) =>
        Assert.Equal(
            [value / 32768f],
            Decode(new WavBuilder { Tag = (ushort)tag, Bits = 8 }.Build([(byte)code])).Samples);

    [Fact]
    public void R20_block_align_0_and_a_wrong_byte_rate_are_recomputed() =>
        AssertWhole(Decode(new WavBuilder { BlockAlign = 0, ByteRate = 7 }.Build(Data)), WarningCodes.MalformedHeader);

    [Fact]
    public void R21_headers_without_substance_are_refused()
    {
        Assert.Equal(ReasonCodes.DecodeFailed, Refuse(new WavBuilder { Channels = 0 }.Build(Data)).Code);
        Assert.Equal(ReasonCodes.DecodeFailed, Refuse(new WavBuilder { Rate = 0 }.Build(Data)).Code);
        Assert.Equal(ReasonCodes.Truncated, Refuse(new WavBuilder { OmitData = true }.Build([])).Code);
        Assert.Equal(ReasonCodes.Truncated, Refuse(new WavBuilder { OmitFormat = true }.Build(Data)).Code);
        Assert.Equal(ReasonCodes.EmptyFile, Refuse([]).Code);
        Assert.Equal(ReasonCodes.Truncated, Refuse(new WavBuilder().Build(Data)[..12]).Code);
    }

    [Fact]
    public void R22_impossible_claims_are_refused_before_anything_is_allocated()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(ReasonCodes.TooLarge, Refuse(new WavBuilder { Channels = 65_535 }.Build(Data)).Code);
        Assert.Equal(ReasonCodes.TooLarge, Refuse(new WavBuilder { Rate = 4_000_000_000 }.Build(Data)).Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500_000);
    }

    [Fact]
    public void R23_data_before_the_format_is_read() =>
        AssertWhole(Decode(new WavBuilder { DataFirst = true }.Build(Data)));

    [Fact]
    public void R25_RF64_takes_its_size_from_ds64()
    {
        byte[] ds64 = new WavBuilder().Chunk(
            "ds64",
            [
                .. BitConverter.GetBytes(0L),
                .. BitConverter.GetBytes((long)Data.Length),
                .. BitConverter.GetBytes(8000L),
                0,
                0,
                0,
                0,
            ]);
        byte[] plain = new WavBuilder
        {
            DataSizeClaim = 0xFFFFFFFF,
            RiffSizeClaim = 0xFFFFFFFF,
            AfterData = new WavBuilder().Chunk("LIST", new byte[26]),
        }.Build(Data);
        byte[] file = [.. "RF64"u8, .. plain[4..12], .. ds64, .. plain[12..]];
        AssertWhole(Decode(file));
        AssertWhole(Decode([.. "BW64"u8, .. file[4..]]));
    }

    [Fact]
    public void R25_RIFX_is_big_endian()
    {
        byte[] data = [.. Tone.SelectMany(s => new[] { (byte)(s >> 8), (byte)s })];
        AssertWhole(Decode(new WavBuilder { BigEndian = true }.Build(data)));
        AssertWhole(
            Decode(
                new WavBuilder
                {
                    BigEndian = true,
                    FormatLength = 40,
                    ValidBits = 16,
                    SubFormat = [0, 0, 0, 1, 0, 0, 0, 0x10, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71],
                }.Build(data)));
    }

    [Fact]
    public void Wave64_is_read()
    {
        byte[] tail = [0xF3, 0xAC, 0xD3, 0x11, 0x8C, 0xD1, 0x00, 0xC0, 0x4F, 0x8E, 0xDB, 0x8A];
        byte[] format = new WavBuilder().Build(Data)[20..36];
        byte[] file =
        [
            .. "riff"u8,
            0x2E,
            0x91,
            0xCF,
            0x11,
            0xA5,
            0xD6,
            0x28,
            0xDB,
            0x04,
            0xC1,
            0x00,
            0x00,
            .. BitConverter.GetBytes(0L),
            .. "wave"u8,
            .. tail,
            .. "junk"u8,
            .. tail,
            .. BitConverter.GetBytes(24L + 3),
            1,
            2,
            3,
            0,
            0,
            0,
            0,
            0,
            .. "fmt "u8,
            .. tail,
            .. BitConverter.GetBytes(24L + 16),
            .. format,
            .. "data"u8,
            .. tail,
            .. BitConverter.GetBytes(24L + Data.Length),
            .. Data,
        ];
        Decoded decoded = Decode(file);
        AssertWhole(decoded);
        Assert.Equal("w64", decoded.Format.Container);
    }

    [Fact]
    public void R26_half_a_frame_at_the_end_is_dropped()
    {
        Decoded decoded = Decode(new WavBuilder { Channels = 2 }.Build(Data[..^2]));
        Assert.Equal(Expected[..^2], decoded.Samples);
        Assert.Equal([WarningCodes.Truncated], decoded.Codes);
    }

    [Fact]
    public void R27_a_compressed_coding_is_named() =>
        Assert.Contains(
            "MP3",
            Refuse(
                new WavBuilder
                {
                    Tag = 0x55,
                    Bits = 0,
                    BlockAlign = 1,
                }.Build(Data)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void R28_monstrous_chunks_are_refused_without_the_memory_they_claim()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refuse(new WavBuilder { FormatSizeClaim = 0x7FFFFFFF }.Build(Data));
        byte[] monster = [.. "junk"u8, 0xFF, 0xFF, 0xFF, 0xFF];
        Refuse(new WavBuilder { BeforeData = monster }.Build(Data));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500_000);
    }

    [Fact]
    public void R29_no_sample_at_all_is_an_empty_file()
    {
        Assert.Equal(ReasonCodes.EmptyFile, Refuse(new WavBuilder().Build([])).Code);
        Assert.Equal(
            ReasonCodes.EmptyFile,
            Refuse(new WavBuilder { AfterData = new WavBuilder().Chunk("LIST", new byte[26]) }.Build([])).Code);
        Assert.Equal(ReasonCodes.EmptyFile, Refuse(new WavBuilder { Channels = 2 }.Build(new byte[3])).Code);
    }

    [Fact]
    public void R30_a_size_that_wrapped_at_4_GiB_is_seen_through()
    {
        // 4 GiB + 16,000 bytes of samples behind a 32-bit size that kept only the 16,000.
        byte[] start = new WavBuilder { DataSizeClaim = 16_000 }.Build([]);
        using var file = new SparseStream(start, (4L << 30) + 16_000);
        using IAudioReader reader = WavOnly.Open(file, new DecodeLimits());
        Assert.Equal(((4L << 30) + 16_000) / 2, reader.SampleCount);
        Assert.Equal([WarningCodes.MalformedHeader], reader.Warnings.Select(w => w.Code));
    }

    [Theory]
    [InlineData(7_350u, 1)]
    [InlineData(384_000u, 1)]
    [InlineData(48_000u, 64)]
    public void R30_unusual_rates_and_many_channels_are_read(uint rate, int channels)
    {
        Decoded decoded = Decode(
            new WavBuilder { Rate = rate, Channels = (ushort)channels }.Build(new byte[2 * channels * 10]));
        Assert.Equal((10, (int)rate, channels), (decoded.Length, decoded.Format.SampleRate, decoded.Format.Channels));
    }

    [Fact]
    public void R30_one_sample_is_a_recording() =>
        Assert.Equal([0.5f], Decode(new WavBuilder().Build([0, 0x40])).Samples);

    [Fact]
    public void A_file_that_changes_while_it_is_read_is_refused()
    {
        var file = new MemoryStream();
        file.Write(new WavBuilder().Build(Data));
        using IAudioReader reader = WavOnly.Open(file, new DecodeLimits());
        float[] block = new float[100];
        Assert.Equal(100, reader.Read(block));
        file.SetLength(5000);
        Assert.Equal(ReasonCodes.Truncated, Assert.Throws<InputException>(() =>
        {
            while (reader.Read(block) > 0)
            {
            }
        }).Code);
    }

    [Fact]
    public void A_disk_that_fails_in_mid_file_is_an_input_error()
    {
        using IAudioReader reader = WavOnly.Open(new FailingStream(new WavBuilder().Build(Data)), new DecodeLimits());
        Assert.Equal(ReasonCodes.IoError, Assert.Throws<InputException>(() =>
        {
            while (reader.Read(new float[100]) > 0)
            {
            }
        }).Code);
    }

    [Fact]
    public void Every_truncation_is_a_clear_refusal_or_a_shorter_recording()
    {
        var builder = new WavBuilder();
        byte[] file = new WavBuilder
        {
            Channels = 2,
            FormatLength = 40,
            ValidBits = 16,
            BeforeData = builder.Chunk("bext", new byte[602]),
            AfterData = builder.Chunk("LIST", new byte[26]),
        }.Build(Data[..3000]);
        for (int length = 0; length < file.Length; length++)
        {
            try
            {
                Decoded decoded = Decode(file[..length]);
                Assert.Equal(Expected.Take(decoded.Samples.Length), decoded.Samples);
                Assert.True(decoded.Samples.Length > 0);
            }
            catch (InputException e)
            {
                Assert.True(
                    e.Code is ReasonCodes.EmptyFile or ReasonCodes.Truncated,
                    $"{length} bytes: {e.Code} {e.Message}");
            }
        }
    }

    /// <summary>Fails from the middle on.</summary>
    private sealed class FailingStream(byte[] content) : MemoryStream(content)
    {
        public override int Read(Span<byte> buffer) =>
            Position < Length / 2
                ? base.Read(buffer[..(int)Math.Min(buffer.Length, Length / 2 + 1 - Position)])
                : throw new IOException("Input/output error");
    }

    /// <summary>A header, then zeros without end.</summary>
    private sealed class SparseStream(byte[] start, long zeros) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => start.Length + zeros;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int available = (int)Math.Min(count, Math.Max(0, Length - Position));
            for (int i = 0; i < available; i++, Position++)
            {
                buffer[offset + i] = Position < start.Length ? start[Position] : (byte)0;
            }

            return available;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
