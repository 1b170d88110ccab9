using VoiceClean.Errors;
using Xunit;
using static VoiceClean.Tests.Formats.Wav.NastyWav;

namespace VoiceClean.Tests.Formats.Wav;

/// <summary>What a format chunk may say, and how samples are read by it.</summary>
public class WavSampleFormatTests
{
    [Theory]
    [InlineData(18, 0)]
    [InlineData(40, 16)]
    [InlineData(40, 0)]                  // 15: no valid bits: those of the container
    public void Longer_format_chunks_say_the_same(int length, int validBits)
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
    public void Float_samples_keep_what_lies_beyond_full_scale_and_lose_what_is_no_number(int formatLength)
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
    public void Twenty_four_valid_bits_in_32_are_read_as_32()
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
    public void Bits_that_do_not_fill_their_container_stand_at_its_top(int bits, int container)
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
    public void An_unknown_sub_format_is_named()
    {
        InputException e = Refuse(
            new WavBuilder { FormatLength = 40, SubFormat = [.. Enumerable.Repeat((byte)0x42, 16)] }.Build(Data));
        Assert.Equal(ReasonCodes.UnsupportedFormat, e.Code);
        Assert.Contains("42424242", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Eight_bits_are_unsigned_also_at_odd_lengths(bool pad)
    {
        Decoded decoded = Decode(new WavBuilder { Bits = 8, PadData = pad }.Build([0, 64, 128, 192, 255]));
        Assert.Equal([-1f, -0.5f, 0f, 0.5f, 127f / 128], decoded.Samples);
        Assert.Empty(decoded.Warnings);
    }

    [Fact]
    public void Doubles_are_read()
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
    public void Companded_samples_expand_as_G_711_says(int tag, int code, int value) =>
        Assert.Equal(
            [value / 32768f],
            Decode(new WavBuilder { Tag = (ushort)tag, Bits = 8 }.Build([(byte)code])).Samples);

    [Theory]
    [InlineData(0)]
    [InlineData(4)]                      // of two channels; taken for 16 bits in 32 it was half as long
    public void A_wrong_block_align_and_byte_rate_are_recomputed(int frame) =>
        AssertWhole(
            Decode(new WavBuilder { BlockAlign = (ushort)frame, ByteRate = 7 }.Build(Data)),
            WarningCodes.MalformedHeader);

    [Fact]
    public void A_compressed_coding_is_named() =>
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

    [Theory]
    [InlineData(7_350u, 1)]
    [InlineData(384_000u, 1)]
    [InlineData(48_000u, 64)]
    public void Unusual_rates_and_many_channels_are_read(uint rate, int channels)
    {
        Decoded decoded = Decode(
            new WavBuilder { Rate = rate, Channels = (ushort)channels }.Build(new byte[2 * channels * 10]));
        Assert.Equal((10, (int)rate, channels), (decoded.Length, decoded.Format.SampleRate, decoded.Format.Channels));
    }

    [Fact]
    public void One_sample_is_a_recording() =>
        Assert.Equal([0.5f], Decode(new WavBuilder().Build([0, 0x40])).Samples);
}
