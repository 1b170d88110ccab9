using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using Xunit;

namespace VoiceClean.Tests.Formats.Loading;

public class ScaleReaderTests
{
    private static readonly float[] Voice =
        [.. Enumerable.Range(0, 20_000).Select(i => 0.7f * MathF.Sin(0.03f * i) * MathF.Sin(0.0007f * i))];

    private static Decoded Read(float[] samples, int channels = 1) =>
        Decoded.From(new ScaleReader(new ArrayReader(samples, new AudioFormat(16_000, channels), 1000)));

    [Theory]
    [InlineData(32_768f)]
    [InlineData(8_388_608f)]
    [InlineData(2_147_483_648f)]
    public void Floats_scaled_like_integers_are_brought_to_full_scale(float scale)
    {
        Decoded decoded = Read([.. Voice.Select(s => s * scale)]);
        Assert.Equal(Voice, decoded.Samples);
        Assert.Equal([WarningCodes.ScaledAsIntegers], decoded.Codes);
    }

    [Fact]
    public void Digital_silence_before_them_does_not_hide_them()
    {
        float[] silence = new float[12 * 16_000];
        Decoded decoded = Read([.. silence, .. Voice.Select(s => s * 32_768)]);
        Assert.Equal([.. silence, .. Voice], decoded.Samples);
        Assert.Equal([WarningCodes.ScaledAsIntegers], decoded.Codes);
    }

    [Fact]
    public void A_wild_sample_gets_the_value_of_its_neighbour()
    {
        float[] samples = [.. Voice];
        samples[500] = 100;
        samples[15_000] = -1e8f;
        Decoded decoded = Read(samples);
        samples[500] = Voice[499];
        samples[15_000] = Voice[14_999];
        Assert.Equal(samples, decoded.Samples);
        Assert.Equal([WarningCodes.WildSamples], decoded.Codes);
    }

    [Fact]
    public void Samples_a_few_decibels_above_full_scale_stay_as_they_are()
    {
        float[] loud = [.. Voice.Select(s => s * 4)];
        Decoded decoded = Read(loud, channels: 2);
        Assert.Equal(loud, decoded.Samples);
        Assert.Empty(decoded.Warnings);
    }
}
