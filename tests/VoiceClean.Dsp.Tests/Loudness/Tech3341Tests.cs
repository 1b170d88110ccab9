using VoiceClean.Dsp.Loudness;
using Xunit;
using static VoiceClean.Dsp.Tests.Loudness.ToneProgramme;

namespace VoiceClean.Dsp.Tests.Loudness;

/// <summary>
/// EBU Tech 3341 v4 (2023), the cases that can be synthesised, at three rates. Cases 7 and 8 are authentic programmes.
/// </summary>
public class Tech3341Tests
{
    public static TheoryData<int> Rates => [48_000, 44_100, 32_000];

    [Theory]
    [MemberData(nameof(Rates))]
    public void Cases_1_and_2_steady_tones_read_their_level_on_all_three_meters(int rate)
    {
        foreach (double level in (double[])[-23, -33])
        {
            Meter meter = Meter.Stereo(rate, Make(rate, 1000, (20, level)));
            Figures.Record($"3341-{(level == -23 ? 1 : 2)} I", rate, meter.Integrated);
            Within(level, meter.Integrated);
            Within(level, meter.MaxMomentary);
            Within(level, meter.MaxShortTerm);
            Assert.All(meter.Running(40).Skip(100), m => Within(level, m ?? double.NaN));
            Assert.All(meter.Running(300).Skip(300), s => Within(level, s ?? double.NaN));
        }
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Case_3_the_relative_gate_leaves_out_the_quiet_ends(int rate)
        => Integrated("3341-3", rate, -23, (10, -36), (60, -23), (10, -36));

    [Theory]
    [MemberData(nameof(Rates))]
    public void Case_4_the_absolute_gate_leaves_out_what_is_below_minus_70(int rate)
        => Integrated("3341-4", rate, -23, (10, -72), (10, -36), (60, -23), (10, -36), (10, -72));

    [Theory]
    [MemberData(nameof(Rates))]
    public void Case_5_what_is_above_the_gate_counts_by_its_power(int rate)
        => Integrated("3341-5", rate, -23, (20, -26), (20.1, -20), (20, -26));

    [Theory]
    [MemberData(nameof(Rates))]
    public void Case_6_surround_channels_weigh_1_41(int rate)
    {
        var meter = new Meter(
            rate,
            (Make(rate, 1000, (20, -28)), 2),
            (Make(rate, 1000, (20, -24)), 1),
            (Make(rate, 1000, (20, -30)), 2 * 1.41));
        Figures.Record("3341-6 I", rate, meter.Integrated);
        Within(-23, meter.Integrated);
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Case_9_short_term_is_constant_for_a_pattern_of_3_seconds(int rate)
    {
        Meter meter = Meter.Stereo(rate, Make(rate, 1000, Repeat(5, (1.34, -20), (1.66, -30))));
        double?[] running = meter.Running(300);
        Figures.Record("3341-9 max S", rate, meter.MaxShortTerm);
        Assert.All(running.Skip(299), s => Within(-23, s ?? double.NaN));
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Case_10_short_term_finds_3_seconds_wherever_they_begin(int rate)
    {
        double[] maxima =
        [
            .. Enumerable
                .Range(0, 20)
                .Select(i =>
                    Meter.Stereo(rate, Make(rate, 1000, (i * 0.15, Silence), (3, -23), (1, Silence))).MaxShortTerm),
        ];
        Figures.Record("3341-10 max S, furthest of 20", rate, Furthest(maxima, -23));
        Assert.All(maxima, s => Within(-23, s));
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Case_11_short_term_follows_rising_tones(int rate)
        => Successive("3341-11", rate, 300, 6, i => [(i * 0.15, Silence), (3, -38 + i), (3 - i * 0.15, Silence)]);

    [Theory]
    [MemberData(nameof(Rates))]
    public void Case_12_momentary_is_constant_for_a_pattern_of_400_milliseconds(int rate)
    {
        Meter meter = Meter.Stereo(rate, Make(rate, 1000, Repeat(25, (0.18, -20), (0.22, -30))));
        Figures.Record("3341-12 max M", rate, meter.MaxMomentary);
        Assert.All(meter.Running(40).Skip(100), m => Within(-23, m ?? double.NaN));
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Case_13_momentary_finds_400_milliseconds_wherever_they_begin(int rate)
    {
        double[] maxima =
        [
            .. Enumerable
                .Range(0, 20)
                .Select(i =>
                    Meter.Stereo(rate, Make(rate, 1000, (i * 0.02, Silence), (0.4, -23), (1, Silence))).MaxMomentary),
        ];
        Figures.Record("3341-13 max M, furthest of 20", rate, Furthest(maxima, -23));
        Assert.All(maxima, m => Within(-23, m));
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Case_14_momentary_follows_rising_tones(int rate)
        => Successive("3341-14", rate, 40, 0.8, i => [(i * 0.02, Silence), (0.4, -38 + i), (0.4 - i * 0.02, Silence)]);

    private static void Integrated(string name, int rate, double expected, params (double, double)[] stretches)
    {
        double lufs = Meter.Stereo(rate, Make(rate, 1000, stretches)).Integrated;
        Figures.Record(name + " I", rate, lufs);
        Within(expected, lufs);
    }

    /// <summary>
    /// Twenty tones of rising level, each with its silence in one period; the maximum of each period is read.
    /// </summary>
    private static void Successive(
        string name,
        int rate,
        int windowSteps,
        double period,
        Func<int, (double, double)[]> part)
    {
        double?[] running = Meter
            .Stereo(rate, Make(rate, 1000, [.. Enumerable.Range(0, 20).SelectMany(part)]))
            .Running(windowSteps);
        int steps = (int)Math.Round(period * KWeighting.StepsPerSecond);
        double[] errors =
        [
            .. Enumerable
                .Range(0, 20)
                .Select(i => running.Skip(i * steps).Take(steps).Max() ?? double.NaN)
                .Select((m, i) => m - (-38 + i)),
        ];
        Figures.Record(name + " furthest of 20, error", rate, Furthest(errors, 0));
        Assert.All(errors, e => Within(0, e));
    }

    private static double Furthest(double[] values, double from) => values.MaxBy(v => Math.Abs(v - from));

    private static void Within(double expected, double actual) =>
        Assert.InRange(actual, expected - 0.1, expected + 0.1);
}
