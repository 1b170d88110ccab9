using System.Text;
using VoiceClean.Errors;
using Xunit;
using static VoiceClean.Tests.Formats.Wav.NastyWav;

namespace VoiceClean.Tests.Formats.Wav;

/// <summary>Chunks in any order, padded or not, with and without substance.</summary>
public class WavChunkTests
{
    [Fact]
    public void Odd_chunks_with_a_pad_byte_are_skipped()
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
    public void Odd_chunks_without_a_pad_byte_are_recovered_from()
    {
        var builder = new WavBuilder();
        AssertWhole(
            Decode(new WavBuilder { BeforeData = builder.Chunk("LIST", new byte[7], pad: false) }.Build(Data)),
            WarningCodes.MalformedHeader);
    }

    [Fact]
    public void Chunks_before_and_after_the_data_do_no_harm()
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
    public void An_ID3_tag_before_RIFF_is_skipped(int length)
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

    [Fact]
    public void Headers_without_substance_are_refused()
    {
        Assert.Equal(ReasonCodes.DecodeFailed, Refuse(new WavBuilder { Channels = 0 }.Build(Data)).Code);
        Assert.Equal(ReasonCodes.DecodeFailed, Refuse(new WavBuilder { Rate = 0 }.Build(Data)).Code);
        Assert.Equal(ReasonCodes.Truncated, Refuse(new WavBuilder { OmitData = true }.Build([])).Code);
        Assert.Equal(ReasonCodes.Truncated, Refuse(new WavBuilder { OmitFormat = true }.Build(Data)).Code);
        Assert.Equal(ReasonCodes.EmptyFile, Refuse([]).Code);
        Assert.Equal(ReasonCodes.Truncated, Refuse(new WavBuilder().Build(Data)[..12]).Code);
    }

    [Fact]
    public void Impossible_claims_are_refused_before_anything_is_allocated()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(ReasonCodes.TooLarge, Refuse(new WavBuilder { Channels = 65_535 }.Build(Data)).Code);
        Assert.Equal(ReasonCodes.TooLarge, Refuse(new WavBuilder { Rate = 4_000_000_000 }.Build(Data)).Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500_000);
    }

    [Fact]
    public void Data_before_the_format_is_read() =>
        AssertWhole(Decode(new WavBuilder { DataFirst = true }.Build(Data)));

    [Fact]
    public void Monstrous_chunks_are_refused_without_the_memory_they_claim()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refuse(new WavBuilder { FormatSizeClaim = 0x7FFFFFFF }.Build(Data));
        byte[] monster = [.. "junk"u8, 0xFF, 0xFF, 0xFF, 0xFF];
        Refuse(new WavBuilder { BeforeData = monster }.Build(Data));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500_000);
    }
}
