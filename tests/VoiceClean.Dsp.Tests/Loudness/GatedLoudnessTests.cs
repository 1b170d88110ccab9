using VoiceClean.Dsp.Loudness;
using Xunit;
using static VoiceClean.Dsp.Tests.Loudness.ToneProgramme;

namespace VoiceClean.Dsp.Tests.Loudness;

/// <summary>
/// Loudness beyond Tech 3341: tones over the whole range, the gates (after Report ITU-R BS.2217), invariances, short
/// and silent clips.
/// </summary>
public class GatedLoudnessTests
{
    public static TheoryData<int> Rates => [48_000, 44_100, 32_000];

    [Theory]
    [InlineData(25, -11.916)]
    [InlineData(100, -21.176)]
    [InlineData(500, -22.351)]
    [InlineData(1000, -23.007)]
    [InlineData(2000, -25.380)]
    [InlineData(10_000, -26.351)]
    public void Tones_of_equal_weighted_power_read_minus_23_at_every_frequency(double frequency, double peakDb)
    {
        foreach (int rate in Rates.Select(r => r.Data))
        {
            double lufs = Meter.Stereo(rate, Make(rate, frequency, (20, peakDb))).Integrated;
            Figures.Record(FormattableString.Invariant($"K{frequency} I"), rate, lufs);
            Assert.InRange(lufs, -23.02, -22.98);
        }
    }

    [Fact]
    public void At_any_level_a_gain_moves_the_loudness_by_itself_where_the_absolute_gate_would_drop_words()
    {
        const int Rate = 48_000;
        float[] programme = [.. Make(Rate, 1000, (2, -20), (1, -34), (1, -90), (2, -26))];
        double[] steps = new double[KWeighting.CountSteps(programme.Length, Rate)];
        double Read(double gainDb)
        {
            float gain = (float)Math.Pow(10, gainDb / 20);
            KWeighting.MeasureSteps([.. programme.Select(x => x * gain)], Rate, steps, default);
            return GatedLoudness.AtAnyLevel(steps, programme.Length, Rate);
        }

        double loud = Read(0);
        Assert.Equal(GatedLoudness.Integrated(steps, programme.Length, Rate), loud);
        Assert.All(new double[] { -20, -30, -45, -55 }, db => Assert.Equal(loud + db, Read(db), 1e-3));
        Assert.True(double.IsNaN(GatedLoudness.Integrated(steps, programme.Length, Rate)));      // at -55 dB
    }

    [Theory]
    [InlineData(48_000, -3.010)]
    [InlineData(32_000, -3.018)]
    public void A_mono_tone_of_full_scale_at_997_Hz_reads_minus_3_01(int rate, double expected)
        => Assert.Equal(expected, Meter.Mono(rate, Make(rate, 997, (20, 0))).Integrated, 6e-4);

    [Theory]
    [MemberData(nameof(Rates))]
    public void The_relative_gate_is_taken_from_the_blocks_above_the_absolute_one(int rate)
    {
        double lufs = Meter
            .Stereo(rate, Make(rate, 1000, (0.5, Silence), (0.9, -19.9), (1.3, -7.1), (0.8, -19.9), (0.5, Silence)))
            .Integrated;
        Figures.Record("RelGate I", rate, lufs);
        Assert.InRange(lufs, -10.1, -9.9);
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void The_absolute_gate_lies_at_minus_70(int rate)
    {
        double lufs = Meter
            .Stereo(
                rate,
                Make(rate, 1000, [(0.8, Silence), .. Repeat(3, (0.5, -69.5), (0.5, Silence)), (0.2, Silence)]))
            .Integrated;
        Figures.Record("AbsGate I", rate, lufs);
        Assert.InRange(lufs, -69.6, -69.4);
    }

    [Fact]
    public void Gain_moves_the_reading_by_itself_and_polarity_and_delay_do_not()
    {
        const int Rate = 32_000;
        float[] x = Noise(Rate, 7);
        double reading = Meter.Mono(Rate, x).Integrated;
        Assert.Equal(reading + 20, Meter.Mono(Rate, [.. x.Select(v => v * 10)]).Integrated, 1e-3);
        Assert.Equal(reading - 20, Meter.Mono(Rate, [.. x.Select(v => v / 10)]).Integrated, 1e-3);
        Assert.Equal(reading, Meter.Mono(Rate, [.. x.Select(v => -v)]).Integrated);
        Assert.Equal(reading, Meter.Mono(Rate, [0, .. x]).Integrated, 1e-3);
    }

    [Fact]
    public void A_power_gain_reads_like_the_amplified_signal()
    {
        const int Rate = 32_000;
        float[] x = Noise(Rate, 3);
        double[] steps = new double[KWeighting.CountSteps(x.Length, Rate)];
        KWeighting.MeasureSteps(x, Rate, steps, TestContext.Current.CancellationToken);
        Assert.Equal(
            Meter.Mono(Rate, [.. x.Select(v => v * 0.01f)]).Integrated,
            GatedLoudness.Integrated(steps, x.Length, Rate, 1e-4),
            1e-5);
    }

    [Fact]
    public void Silence_is_undefined_and_so_is_what_is_below_the_gate()
    {
        Assert.True(double.IsNaN(Meter.Mono(32_000, new float[100_000]).Integrated));
        Assert.True(double.IsNaN(Meter.Stereo(32_000, Make(32_000, 1000, (5, -72))).Integrated));
        Assert.True(double.IsNaN(Meter.Mono(32_000, new float[100_000]).Range));
        LoudnessMeasurement none = LoudnessMeasurement.Measure([], 32_000, TestContext.Current.CancellationToken);
        Assert.True(double.IsNaN(none.IntegratedLufs));
        Assert.Equal(double.NegativeInfinity, none.TruePeakDb);
    }

    [Fact]
    public void A_constant_is_heard_only_by_its_onset()
        => Assert.InRange(Meter.Mono(32_000, [.. Enumerable.Repeat(0.5f, 160_000)]).Integrated, -33, -32);

    [Fact]
    public void Only_complete_blocks_count()
    {
        // 0.499 s has one block, 0.5 s two: a burst in the last 0.1 s is heard only by the second.
        float[] x = new float[16_000];
        Make(32_000, 1000, (0.1, -10)).CopyTo(x, 12_800);
        Assert.False(double.IsNaN(Meter.Mono(32_000, x).Integrated));
        Assert.True(double.IsNaN(Meter.Mono(32_000, x[..15_999]).Integrated));
    }

    [Fact]
    public void A_clip_below_one_block_reads_its_plain_mean_and_is_marked()
    {
        float[] x = Make(32_000, 1000, (0.2, -20));
        LoudnessMeasurement m = LoudnessMeasurement.Measure(x, 32_000, TestContext.Current.CancellationToken);
        Assert.True(m.IsUngated);
        Assert.Equal(-23, m.IntegratedLufs, 0.05);
        Assert.True(double.IsNaN(m.LoudnessRangeLu));
        Assert.False(
            LoudnessMeasurement
                .Measure(Make(32_000, 1000, (0.4, -20)), 32_000, TestContext.Current.CancellationToken)
                .IsUngated);
    }

    [Fact]
    public void The_same_clip_gives_the_same_bits_again()
    {
        float[] x = Noise(32_000, 23);
        Assert.Equal(
            LoudnessMeasurement.Measure(x, 32_000, TestContext.Current.CancellationToken),
            LoudnessMeasurement.Measure([.. x], 32_000, TestContext.Current.CancellationToken));
    }

    private static float[] Noise(int rate, double seconds)
    {
        var random = new Random(11);
        return
        [
            .. Enumerable
                .Range(0, (int)(seconds * rate))
                .Select(i => (float)(0.2 * (random.NextDouble() - 0.5) * (1.1 + Math.Sin(i * 2e-4)))),
        ];
    }
}
