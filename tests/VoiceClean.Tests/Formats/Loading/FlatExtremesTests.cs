using VoiceClean.Formats.Loading;
using Xunit;

namespace VoiceClean.Tests.Formats.Loading;

public class FlatExtremesTests
{
    [Theory]
    [InlineData(1, 7)]
    [InlineData(1, 1000)]
    [InlineData(2, 64)]
    [InlineData(3, 30)]
    public void Runs_at_both_extremes_are_counted_in_blocks_of_any_size(int channels, int block)
    {
        // The worst channel: 5 and 4 samples at 0.5, 3 at -0.4; pairs and what lies between do not count.
        float[] worst = new float[400];
        for (int i = 0; i < worst.Length; i++)
        {
            worst[i] = 0.3f * MathF.Sin(i);
        }

        worst.AsSpan(90, 2).Fill(0.45f);
        worst.AsSpan(100, 5).Fill(0.5f);
        worst.AsSpan(126, 4).Fill(0.5f);
        worst.AsSpan(140, 2).Fill(0.5f);
        worst.AsSpan(200, 3).Fill(-0.4f);
        float[] samples = new float[worst.Length * channels];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = i % channels == channels - 1 ? worst[i / channels] : 0.1f * MathF.Sin(i);
        }

        var extremes = new FlatExtremes(channels);
        for (int at = 0; at < samples.Length; at += block * channels)
        {
            extremes.Add(samples.AsSpan(at, Math.Min(block * channels, samples.Length - at)));
        }

        Assert.Equal(12, extremes.Count());
        Assert.Equal(0, extremes.Count(c => c < channels - 1));
    }

    [Fact]
    public void A_new_extreme_forgets_the_runs_below_it_and_silence_has_none()
    {
        var extremes = new FlatExtremes(1);
        extremes.Add([0, 0, 0, 0, 0.2f, 0.2f, 0.2f, 0.2f, 0.2f, 0, 0.3f, 0.1f, -0.1f]);
        Assert.Equal(0, extremes.Count());
        extremes = new FlatExtremes(1);
        extremes.Add(new float[100]);
        Assert.Equal(0, extremes.Count());
    }
}
