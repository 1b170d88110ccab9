using VoiceClean.Audio;
using VoiceClean.Inspection.Speech;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Inspection.Speech;

public class DigitalSilenceTests
{
    private const int Rate = 32_000;

    [Fact]
    public void Exact_silence_is_found_to_the_sample()
    {
        float[] samples = [.. Noise(Rate, 1), .. new float[4_321], .. Noise(Rate + 17, 2)];
        var silence = DigitalSilence.Find(samples, Rate);
        Assert.Equal([new SampleRange(Rate, Rate + 4_321)], silence.Stretches);
    }

    [Theory]
    [InlineData(0.1, true)]         // a key stroke
    [InlineData(0.5, false)]        // a word
    public void A_stroke_between_two_silences_is_an_island_and_a_word_is_none(double seconds, bool expected)
    {
        float[] island = Noise((int)(seconds * Rate), 5),
            samples = [.. new float[9_000], .. island, .. new float[9_000], .. Noise(2 * Rate, 6)];
        Assert.Equal(expected, DigitalSilence.Find(samples, Rate).HasIslands(Rate));
    }

    [Fact]
    public void Silence_put_in_at_the_head_in_the_midst_and_at_the_tail_makes_no_islands()
    {
        float[] samples =
        [
            .. new float[640], .. Noise(Rate, 7), .. new float[9_000], .. Noise(Rate, 8), .. new float[20_000],
        ];
        var silence = DigitalSilence.Find(samples, Rate);
        Assert.Equal(3, silence.Stretches.Count);
        Assert.False(silence.HasIslands(Rate));
    }

    private static float[] Noise(int length, int seed) => WhiteNoise.Gaussian(length, seed, 0.05);
}
