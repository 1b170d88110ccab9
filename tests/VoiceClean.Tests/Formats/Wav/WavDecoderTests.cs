using Xunit;

namespace VoiceClean.Tests.Formats.Wav;

/// <summary>Well-formed files of every coding and container.</summary>
public class WavDecoderTests
{
    [Fact]
    public void Sixteen_bits_are_divided_by_32768_exactly()
    {
        short[] tone = WavBuilder.Tone();
        Decoded decoded = Decoded.From(new WavBuilder().Build(WavBuilder.Bytes16(tone)));
        Assert.Equal(tone.Select(s => s / 32768f), decoded.Samples);
        Assert.Empty(decoded.Warnings);
        Assert.Equal((16_000, 1, 16), (decoded.Format.SampleRate, decoded.Format.Channels, decoded.Format.BitDepth));
    }
}
