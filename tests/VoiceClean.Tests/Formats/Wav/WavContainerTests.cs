using Xunit;
using static VoiceClean.Tests.Formats.Wav.NastyWav;

namespace VoiceClean.Tests.Formats.Wav;

/// <summary>The relatives of RIFF: RF64, RIFX and Wave64.</summary>
public class WavContainerTests
{
    [Fact]
    public void RF64_takes_its_size_from_ds64()
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
    public void RIFX_is_big_endian()
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

    [Theory]
    [InlineData(0)]
    [InlineData(21)]                     // behind a tag: chunks are aligned from where the file begins
    public void Wave64_is_read(int tag)
    {
        byte[] file = Wave64(new WavBuilder().Build(Data)[20..36], Data, 0);
        Decoded decoded = Decode(
            tag > 0 ? [.. "ID3\u0004\0\0\0\0\0"u8, (byte)(tag - 10), .. new byte[tag - 10], .. file] : file);
        AssertWhole(decoded);
        Assert.Equal("w64", decoded.Format.Container);
    }

    [Fact]
    public void Padding_that_Wave64_counts_in_as_ffmpeg_does_is_no_damage()
    {
        byte[] data = [.. Tone[..7997].SelectMany(s => new[] { (byte)0, (byte)s, (byte)(s >> 8) })];
        Decoded decoded = Decode(Wave64(new WavBuilder { Bits = 24 }.Build(Data)[20..36], data, 8 - (data.Length % 8)));
        Assert.Equal(7997, decoded.Length);
        Assert.Empty(decoded.Warnings);
    }

    private static byte[] Wave64(byte[] format, byte[] data, int padding)
    {
        byte[] tail = [0xF3, 0xAC, 0xD3, 0x11, 0x8C, 0xD1, 0x00, 0xC0, 0x4F, 0x8E, 0xDB, 0x8A];
        return
        [
            .. "riff"u8, 0x2E, 0x91, 0xCF, 0x11, 0xA5, 0xD6, 0x28, 0xDB, 0x04, 0xC1, 0x00, 0x00,
            .. BitConverter.GetBytes(0L),
            .. "wave"u8, .. tail,
            .. "junk"u8, .. tail, .. BitConverter.GetBytes(24L + 3), 1, 2, 3, 0, 0, 0, 0, 0,
            .. "fmt "u8, .. tail, .. BitConverter.GetBytes(24L + 16), .. format,
            .. "data"u8, .. tail, .. BitConverter.GetBytes(24L + data.Length + padding), .. data,
            .. new byte[padding],
        ];
    }
}
