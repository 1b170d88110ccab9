using MathNet.Numerics.IntegralTransforms;
using VoiceClean.Audio;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Dsp.Tests.Loudness;
using VoiceClean.Stages.Compress;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Stages.Compress;

public class CompressStageTests
{
    private const int Rate = 32_000;

    [Theory]
    [InlineData(-24, 2, -60, -60)]
    [InlineData(-24, 2, -30, -30)]
    [InlineData(-24, 2, -27, -27)]
    [InlineData(-24, 2, -24, -24.375)]
    [InlineData(-24, 2, -21, -22.5)]
    [InlineData(-24, 2, -18, -21)]
    [InlineData(-24, 2, -12, -18)]
    [InlineData(-24, 2, -6, -15)]
    [InlineData(-24, 2, 0, -12)]
    [InlineData(-18, 3, -21, -21)]
    [InlineData(-18, 3, -18, -18.5)]
    [InlineData(-18, 3, -12, -16)]
    [InlineData(-18, 3, -6, -14)]
    [InlineData(-18, 3, 0, -12)]
    public void The_static_curve_is_that_of_the_paper(double threshold, double ratio, double input, double expected)
    {
        float[] y = Compress(
            Waves.Stretches(Rate, 997, 0.3, (2, input)),
            new CompressOptions
            {
                ThresholdDb = threshold,
                Ratio = ratio,
                KneeDb = 6,
                MaxReductionDb = 24,
            });
        double output = RmsDb(y.AsSpan(Rate)) + 3.0103;
        Figures.Record($"5 static T {threshold} R {ratio} in {input}", Rate, output);
        Assert.InRange(output, expected - 0.1, expected + 0.1);
    }

    [Theory]
    [InlineData(5, 100)]
    [InlineData(10, 150)]
    public void Attack_and_release_have_the_time_constants_asked_for(double attackMs, double releaseMs)
    {
        // Switched at its crest: elsewhere the side chain's high-pass rings by up to a tenth and the holder keeps that.
        float[] x = Waves.Stretches(Rate, 1000, Math.PI / 2, (1, -40), (1, -12), (2, -40));
        float[] y = Compress(
            x,
            new CompressOptions
            {
                ThresholdDb = -24,
                Attack = TimeSpan.FromMilliseconds(attackMs),
                Release = TimeSpan.FromMilliseconds(releaseMs),
            });

        // The gain read back from the samples away from zero crossings, against time after the step; looking ahead
        // shifts both by 2 ms.
        const int LookAhead = Rate / 500;
        double steady = ReductionDb(x, y, (int)(1.9 * Rate));
        double attack63 = Milliseconds(Rate - LookAhead, i => ReductionDb(x, y, i) >= 0.632 * steady);
        double attack90 = Milliseconds(Rate - LookAhead, i => ReductionDb(x, y, i) >= 0.9 * steady);
        double release37 = Milliseconds(2 * Rate - LookAhead, i => ReductionDb(x, y, i) <= 0.368 * steady);
        double release10 = Milliseconds(2 * Rate - LookAhead, i => ReductionDb(x, y, i) <= 0.1 * steady);
        Figures.Record($"5 ballistic {attackMs}/{releaseMs} steady reduction dB", Rate, steady);
        Figures.Record($"5 ballistic {attackMs}/{releaseMs} attack 63 % ms", Rate, attack63);
        Figures.Record($"5 ballistic {attackMs}/{releaseMs} attack 90 % ms", Rate, attack90);
        Figures.Record($"5 ballistic {attackMs}/{releaseMs} release to 37 % ms", Rate, release37);
        Figures.Record($"5 ballistic {attackMs}/{releaseMs} release to 10 % ms", Rate, release10);
        Assert.InRange(steady, 5.9, 6.1);
        Assert.InRange(attack63, 0.9 * attackMs, 1.1 * attackMs);
        Assert.InRange(attack90, 0.9 * 2.303 * attackMs, 1.1 * 2.303 * attackMs);
        Assert.InRange(release37, 0.95 * (releaseMs + attackMs), 1.05 * (releaseMs + attackMs));
        Assert.InRange(release10, 0.95 * (2.303 * releaseMs + attackMs), 1.05 * (2.303 * releaseMs + attackMs));
    }

    [Fact]
    public void A_tone_of_100_Hz_at_6_dB_of_reduction_is_distorted_by_less_than_half_a_percent()
    {
        // The side chain's high-pass takes 1.5 dB off 100 Hz.
        float[] y = Compress(Waves.Stretches(Rate, 100, 0.3, (3, -10.5)), new CompressOptions { ThresholdDb = -24 });
        var spectrum = y.AsSpan(2 * Rate, Rate).ToArray().Select(v => new System.Numerics.Complex(v, 0)).ToArray();
        Fourier.Forward(spectrum);
        double distortion =
            Math.Sqrt(Enumerable.Range(2, 20).Sum(h => Math.Pow(spectrum[100 * h].Magnitude, 2)))
            / spectrum[100].Magnitude;
        double reduction = -10.5 - (RmsDb(y.AsSpan(2 * Rate)) + 3.0103);
        Figures.Record("5 THD 100 Hz, percent", Rate, 100 * distortion);
        Assert.InRange(reduction, 5.5, 6.5);
        Assert.True(distortion < 0.005, $"{distortion:P3}");
    }

    [Fact]
    public void Below_the_knee_every_sample_passes_bit_exactly()
    {
        float[] x = Waves.Stretches(Rate, 997, 0.3, (1, -27.05));
        for (int i = 0; i < Rate / 10; i++)
        {
            x[i] *= 10f * i / Rate;      // begun at once, the side chain's high-pass would overshoot into the knee
        }

        Assert.Equal(x, Compress(x, new CompressOptions { ThresholdDb = -24 }));
    }

    [Fact]
    public void The_gain_never_exceeds_one_and_moves_by_no_more_than_2_dB_per_millisecond()
    {
        float[] x = new float[Rate];
        Array.Fill(x, 1e-4f, 0, Rate / 2);
        for (int i = Rate / 2; i < x.Length; i++)
        {
            x[i] = i % 2 == 0 ? 1 : -1;
        }

        float[] y = Compress(
            x,
            new CompressOptions
            {
                ThresholdDb = -60,
                Ratio = 3,
                MaxReductionDb = 24,
                Attack = TimeSpan.FromMilliseconds(1),
            });
        double previous = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double gain = Decibels.FromAmplitude(y[i] / x[i]);
            Assert.True(gain <= 0);
            Assert.True(
                Math.Abs(gain - previous) <= 2.02 * 1000 / Rate,
                $"{gain - previous} dB after {previous} at sample {i}");
            previous = gain;
        }
    }

    [Fact]
    public void The_default_threshold_follows_the_loudness_of_the_clip()
    {
        float[] voice = PulseVoice.Make(8, -20);
        float[] quieter = PulseVoice.Scaled(voice, Rate, -40);
        float[] a = Compress(voice, new CompressOptions()), b = Compress(quieter, new CompressOptions());
        double gain = RmsDb(a) - RmsDb(b);
        Assert.InRange(gain, 19.999, 20.001);
        Assert.All(Enumerable.Range(0, a.Length), i => Assert.Equal(a[i], b[i] * 10, 1e-4));
    }

    [Fact]
    public void Speech_loses_two_decibels_of_its_peak_to_loudness_ratio()
    {
        float[] voice = PulseVoice.Make(10, -20);
        float[] y = Compress(voice, new CompressOptions());
        Assert.InRange(Plr(voice) - Plr(y), 1, 5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void Very_short_and_silent_clips_pass(int length)
    {
        Assert.Equal(new float[length], Compress(new float[length], new CompressOptions()));
        Assert.All(
            Compress([.. Enumerable.Repeat(0.9f, length)], new CompressOptions { ThresholdDb = -40 }),
            v => Assert.InRange(v, 0, 0.9f));
    }

    private static double Plr(float[] x)
    {
        LoudnessMeasurement m = LoudnessMeasurement.Measure(x, Rate);
        return m.TruePeakDb - m.IntegratedLufs;
    }

    private static float[] Compress(float[] x, CompressOptions options)
    {
        using var clip = AudioClip.FromSamples("a", Rate, x);
        new CompressStage(options).Process(clip, TestContext.Current.CancellationToken);
        return clip.Samples.ToArray();
    }

    private static double RmsDb(ReadOnlySpan<float> x)
    {
        double sum = 0;
        foreach (float v in x)
        {
            sum += (double)v * v;
        }

        return Decibels.FromPower(sum / x.Length);
    }

    private static double ReductionDb(float[] x, float[] y, int i) => -Decibels.FromAmplitude(Math.Abs(y[i] / x[i]));

    private static double Milliseconds(int from, Func<int, bool> reached)
    {
        int i = from;
        while (!reached(i))
        {
            i++;
        }

        return (i - from) * 1000.0 / Rate;
    }
}
