using Xunit;

namespace VoiceClean.Dsp.Tests;

public class SpeechBandTests
{
    [Theory]
    [InlineData(32000, 1000, 0, 0.05)]
    [InlineData(32000, 100, -3.01, 0.15)]
    [InlineData(32000, 50, -24.1, 0.4)]
    [InlineData(32000, 10000, -3.01, 0.05)]
    [InlineData(32000, 5000, -0.09, 0.05)]      // 1 / (1 + (tan(π 5/32) / tan(π 10/32))⁴)
    [InlineData(8000, 1000, 0, 0.05)]
    [InlineData(8000, 3900, 0, 0.05)]
    [InlineData(44100, 100, -3.01, 0.15)]
    [InlineData(48000, 10000, -3.01, 0.05)]
    [InlineData(192000, 10000, -3.01, 0.05)]
    public void The_band_is_100_Hz_to_10_kHz_at_any_rate(int sampleRate, double frequency, double gainDb, double tolerance)
    {
        float[] tone = [.. Enumerable.Range(0, 2 * sampleRate).Select(i => (float)Math.Sin(2 * Math.PI * frequency * i / sampleRate))];
        (float[] meanSquares, _) = Measure(tone, sampleRate);
        Assert.Equal(gainDb, Decibels.FromPower(2 * meanSquares[200..].Average()), tolerance);
    }

    [Theory]
    [InlineData(32000, 997.3)]
    [InlineData(44100, 5003.7)]
    [InlineData(11025, 433.9)]
    public void A_tone_crosses_zero_twice_per_period(int sampleRate, double frequency)
    {
        float[] tone = [.. Enumerable.Range(0, 3 * sampleRate).Select(i => (float)Math.Sin(2 * Math.PI * frequency * i / sampleRate))];
        (_, ushort[] crossings) = Measure(tone, sampleRate);
        Assert.Equal(2 * 2 * frequency, crossings[200..].Sum(c => (double)c), 2.0);
    }

    [Theory]
    [InlineData(32000, 1)]
    [InlineData(32000, 159)]
    [InlineData(32000, 161)]
    [InlineData(11025, 5000)]
    [InlineData(44100, 44101)]
    public void Hops_cover_every_sample_once(int sampleRate, int length)
    {
        int hops = SpeechBand.CountHops(length, sampleRate);
        Assert.True(SpeechBand.HopStart(hops - 1, sampleRate) < length && SpeechBand.HopStart(hops, sampleRate) >= length);
        Assert.Equal(0, SpeechBand.CountHops(0, sampleRate));
        float[] noise = Noise(length);
        (float[] meanSquares, _) = Measure(noise, sampleRate);
        Assert.All(meanSquares, m => Assert.True(float.IsFinite(m)));
    }

    [Fact]
    public void The_fast_kernels_agree_with_plain_loops_at_any_length()
    {
        float[] noise = Noise(70);
        for (int length = 0; length <= noise.Length; length++)
        {
            ReadOnlySpan<float> x = noise.AsSpan(0, length);
            double sum = 0;
            int changes = 0;
            for (int i = 0; i < length; i++)
            {
                sum += (double)x[i] * x[i];
                changes += i > 0 && (x[i] < 0) != (x[i - 1] < 0) ? 1 : 0;
            }

            Assert.Equal(sum, SpeechBand.SumOfSquares(x), 1e-12);
            Assert.Equal(changes, SpeechBand.CountSignChanges(x));
        }
    }

    private static float[] Noise(int length)
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, length).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }

    private static (float[] MeanSquares, ushort[] Crossings) Measure(float[] samples, int sampleRate)
    {
        int hops = SpeechBand.CountHops(samples.Length, sampleRate);
        float[] meanSquares = new float[hops];
        ushort[] crossings = new ushort[hops];
        SpeechBand.Measure(samples, sampleRate, meanSquares, crossings, TestContext.Current.CancellationToken);
        return (meanSquares, crossings);
    }
}
