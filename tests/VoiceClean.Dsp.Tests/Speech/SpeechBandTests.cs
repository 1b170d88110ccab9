using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Speech;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Dsp.Tests.Speech;

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
    public void The_band_is_100_Hz_to_10_kHz_at_any_rate(
        int sampleRate,
        double frequency,
        double gainDb,
        double tolerance)
    {
        float[] tone =
        [
            .. Enumerable
                .Range(0, 2 * sampleRate)
                .Select(i => (float)Math.Sin(2 * Math.PI * frequency * i / sampleRate)),
        ];
        (float[] meanSquares, _) = Measure(tone, sampleRate);
        Assert.Equal(gainDb, Decibels.FromPower(2 * meanSquares[200..].Average()), tolerance);
    }

    [Theory]
    [InlineData(32000, 997.3)]
    [InlineData(44100, 5003.7)]
    [InlineData(11025, 433.9)]
    public void A_tone_crosses_zero_twice_per_period(int sampleRate, double frequency)
    {
        float[] tone =
        [
            .. Enumerable
                .Range(0, 3 * sampleRate)
                .Select(i => (float)Math.Sin(2 * Math.PI * frequency * i / sampleRate)),
        ];
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
        Assert.True(
            SpeechBand.HopStart(hops - 1, sampleRate) < length && SpeechBand.HopStart(hops, sampleRate) >= length);
        Assert.Equal(0, SpeechBand.CountHops(0, sampleRate));
        float[] noise = WhiteNoise.Uniform(length, seed: 2, amplitude: 1);
        (float[] meanSquares, _) = Measure(noise, sampleRate);
        Assert.All(meanSquares, m => Assert.True(float.IsFinite(m)));
    }

    // Stretches run side by side; a plain loop over the whole recording must give the same figures.
    [Theory]
    [InlineData(32000, 50_001)]
    [InlineData(44100, 100_003)]
    [InlineData(22050, 100_003)]
    [InlineData(11025, 30_000)]
    [InlineData(16001, 40_000)]
    [InlineData(32000, 700)]
    public void Eight_stretches_at_once_give_the_figures_of_one_plain_loop(int sampleRate, int length)
    {
        float[] noise = WhiteNoise.Uniform(length, seed: 2, amplitude: 1);
        (float[] meanSquares, ushort[] crossings) = Measure(noise, sampleRate);
        var sections = new List<BiquadCoefficients>
        {
            BiquadCoefficients.HighPass(100, 1 / (2 * Math.Cos(Math.PI / 8)), sampleRate),
            BiquadCoefficients.HighPass(100, 1 / (2 * Math.Cos(3 * Math.PI / 8)), sampleRate),
        };
        if (sampleRate > 22_000)
        {
            double k = Math.Tan(Math.PI * 10_000 / sampleRate),
                d = 1 + (k * Math.Sqrt(2)) + (k * k),
                g = k * k / d;
            sections.Add(
                new BiquadCoefficients(g, 2 * g, g, 2 * ((k * k) - 1) / d, (1 - (k * Math.Sqrt(2)) + (k * k)) / d));
        }

        double[] band = [.. noise.Select(x => (double)x)];
        foreach (BiquadCoefficients c in sections)
        {
            double x1 = 0, x2 = 0, y1 = 0, y2 = 0;
            for (int i = 0; i < band.Length; i++)
            {
                double x = band[i], y = (c.B0 * x) + (c.B1 * x1) + (c.B2 * x2) - (c.A1 * y1) - (c.A2 * y2);
                (x2, x1, y2, y1) = (x1, x, y1, y);
                band[i] = y;
            }
        }

        for (int hop = 0; hop < meanSquares.Length; hop++)
        {
            int from = (int)SpeechBand.HopStart(hop, sampleRate),
                to = (int)Math.Min(length, SpeechBand.HopStart(hop + 1, sampleRate));
            double energy = band[from..to].Sum(y => y * y) / (to - from);
            int changes = Enumerable.Range(from, to - from).Count(i => (band[i] < 0) != (i > 0 && band[i - 1] < 0));
            Assert.Equal(energy, meanSquares[hop], 1e-6 * energy);
            Assert.Equal(changes, crossings[hop]);
        }
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
