using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Testing.Signals;
using Xunit;
using MathNetFourier = MathNet.Numerics.IntegralTransforms.Fourier;

namespace VoiceClean.Dsp.Tests.Loudness;

public class TruePeakLimiterTests
{
    private static readonly double Ceiling = Decibels.ToAmplitude(-1.05);

    [Theory]
    [InlineData(8_000)]
    [InlineData(22_050)]
    [InlineData(32_000)]
    [InlineData(44_100)]
    [InlineData(192_000)]
    public void The_gain_is_low_enough_at_every_peak_and_untouched_far_from_any(int rate)
    {
        var random = new Random(rate);
        float[] x = new float[2 * rate];
        for (int i = rate / 10; i < rate; i++)
        {
            x[i] = (float)(0.3 * Math.Sin(i * 0.05) + (random.Next(rate / 50) == 0 ? random.NextDouble() * 4 - 2 : 0));
        }

        var limiter = new TruePeakLimiter(rate);
        float[] peaks = new float[limiter.Cells.Count(x.Length)],
            reductions = new float[peaks.Length],
            y = new float[x.Length];
        limiter.DetectPeaks(x, 0, peaks, TestContext.Current.CancellationToken);
        float largest = limiter.ComputeReductions(peaks, 1, Ceiling, reductions, TestContext.Current.CancellationToken);
        Assert.Equal(reductions.Max(), largest);
        for (int i = 0; i < peaks.Length; i++)
        {
            // The spline of a cell runs between the averages of it and its neighbours.
            float shallowest = reductions[Math.Max(0, i - 1)..Math.Min(peaks.Length, i + 2)].Min();
            Assert.True(peaks[i] * (1 - shallowest) <= Ceiling * 1.00001, $"cell {i}");
        }

        limiter.Cells.Apply(x, 1, reductions, y);
        int touched = reductions.AsSpan().LastIndexOfAnyExcept(0f) + 2;
        Assert.InRange(touched * limiter.Cells.Length, rate, 1.6 * rate);
        Assert.Equal(x[(touched * limiter.Cells.Length)..], y[(touched * limiter.Cells.Length)..]);
        Assert.InRange(Decibels.FromAmplitude(TruePeak.Measure(y, TestContext.Current.CancellationToken)), -1.3, -0.8);
    }

    [Fact]
    public void Leaving_out_peaks_that_do_not_matter_changes_no_bit_of_the_reductions()
    {
        float[] x = WhiteNoise.Uniform(102_400, seed: 9, amplitude: 0.4);
        var limiter = new TruePeakLimiter(32_000);
        float[] all = new float[limiter.Cells.Count(x.Length)],
            some = new float[all.Length],
            a = new float[all.Length],
            b = new float[all.Length];
        limiter.DetectPeaks(x, 0, all, TestContext.Current.CancellationToken);
        limiter.DetectPeaks(x, Ceiling / 3, some, TestContext.Current.CancellationToken);
        Assert.True(some.Count(v => v > 0) < all.Count(v => v > 0));
        limiter.ComputeReductions(all, 3, Ceiling, a, TestContext.Current.CancellationToken);
        limiter.ComputeReductions(some, 3, Ceiling, b, TestContext.Current.CancellationToken);
        Assert.Equal(a, b);
    }

    [Fact]
    public void Reductions_are_those_of_the_plain_definition()
    {
        var random = new Random(4);
        var limiter = new TruePeakLimiter(32_000);
        float[] peaks =
        [
            .. Enumerable
                .Range(0, 3000)
                .Select(i =>
                    i is 0 or 2999 || (random.Next(90) == 0 && i % 1000 < 500) ? 1 + (float)random.NextDouble() : 0),
        ];
        float[] reductions = new float[peaks.Length];
        limiter.ComputeReductions(peaks, 1, 0.9, reductions, TestContext.Current.CancellationToken);

        const int Pad = 50;      // cells before the beginning and after the end, without peaks of their own
        double[] need = [.. new double[Pad], .. peaks.Select(p => Math.Max(0, 1 - 0.9 / p)), .. new double[Pad]];
        double[] held = [.. need.Select((_, i) => need[Math.Max(0, i - 8)..Math.Min(need.Length, i + 9)].Max())];
        double release = Math.Exp(-0.25 / 50);
        for (int i = 1; i < held.Length; i++)
        {
            held[i] = Math.Max(held[i], held[i] + release * (held[i - 1] - held[i]));
            held[i] = held[i] < 1e-4 ? 0 : held[i];
        }

        for (int i = 0; i < peaks.Length; i++)
        {
            double sum = Enumerable
                .Range(-7, 15)
                .Sum(k => held[Pad + i + k] * (0.5 + 0.5 * Math.Cos(Math.PI * k / 8)) / 8);
            Assert.Equal(sum, reductions[i], 2e-6);
        }
    }

    [Fact]
    public void A_clip_that_begins_or_ends_at_a_peak_is_turned_down_there()
    {
        float[] y = Limit([.. Enumerable.Repeat(0.5f, 40), .. new float[5000], .. Enumerable.Repeat(-0.5f, 40)], 2);
        Assert.All(y[..40], v => Assert.InRange(v, 0, Ceiling));
        Assert.All(y[^40..], v => Assert.InRange(v, -Ceiling, 0));
    }

    [Theory]
    [InlineData(80, 0.03)]
    [InlineData(100, 0.005)]
    [InlineData(200, 0.005)]
    [InlineData(1000, 0.005)]
    public void A_sine_3_dB_over_the_ceiling_is_hardly_distorted(int frequency, double mostPercent)
    {
        float[] y = Limit(
            [.. Enumerable.Range(0, 96_000).Select(i => (float)Math.Sin(2 * Math.PI * frequency * i / 32_000))],
            Decibels.ToAmplitude(1.95));
        var spectrum = y.AsSpan(48_000, 32_000).ToArray().Select(v => new System.Numerics.Complex(v, 0)).ToArray();
        MathNetFourier.Forward(spectrum);
        double distortion = 0;
        for (int h = 2; h * frequency < 16_000; h++)
        {
            distortion += Math.Pow(spectrum[h * frequency].Magnitude, 2);
        }

        double percent = 100 * Math.Sqrt(distortion) / spectrum[frequency].Magnitude;
        Figures.Record($"limiter THD {frequency} Hz, percent", 32_000, percent);
        Assert.InRange(percent, 0, mostPercent);
    }

    [Fact]
    public void White_noise_12_dB_over_the_ceiling_overshoots_by_less_than_a_tenth_of_a_decibel()
    {
        double over =
            Decibels.FromAmplitude(
                TruePeak.Measure(
                    Limit(WhiteNoise.Uniform(5 * 32_000, seed: 9, amplitude: 1), 4 * Ceiling),
                    TestContext.Current.CancellationToken)) + 1.05;
        Figures.Record("limiter overshoot on white noise +12 dB, dB", 32_000, over);
        Assert.InRange(over, -0.2, 0.1);
    }

    private static float[] Limit(float[] x, double gain)
    {
        var limiter = new TruePeakLimiter(32_000);
        float[] peaks = new float[limiter.Cells.Count(x.Length)],
            reductions = new float[peaks.Length],
            y = new float[x.Length];
        limiter.DetectPeaks(x, Ceiling / gain, peaks, TestContext.Current.CancellationToken);
        limiter.ComputeReductions(peaks, gain, Ceiling, reductions, TestContext.Current.CancellationToken);
        limiter.Cells.Apply(x, (float)gain, reductions, y);
        return y;
    }
}
