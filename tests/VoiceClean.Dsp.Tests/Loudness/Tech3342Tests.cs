using Xunit;
using static VoiceClean.Dsp.Tests.Loudness.ToneProgramme;

namespace VoiceClean.Dsp.Tests.Loudness;

/// <summary>
/// EBU Tech 3342 v4 (2023), the cases that can be synthesised, at three rates. Cases 5 and 6 are authentic programmes.
/// </summary>
public class Tech3342Tests
{
    public static TheoryData<int, int> Cases
    {
        get
        {
            var data = new TheoryData<int, int>();
            for (int number = 1; number <= 4; number++)
            {
                foreach (int rate in (int[])[48_000, 44_100, 32_000])
                {
                    data.Add(number, rate);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_loudness_range_of_tones_is_their_distance(int number, int rate)
    {
        (double expected, (double, double)[] stretches) = number switch
        {
            1 => (10, ((double, double)[])[(20, -20), (20, -30)]),
            2 => (5, [(20, -20), (20, -15)]),
            3 => (20, [(20, -40), (20, -20)]),
            _ => (15, [(20, -50), (20, -35), (20, -20), (20, -35), (20, -50)]),
        };
        double range = Meter.Stereo(rate, Make(rate, 1000, stretches)).Range;
        Figures.Record($"3342-{number} LRA", rate, range);
        Assert.InRange(range, expected - 1, expected + 1);
    }

    [Fact]
    public void Repeating_a_signal_does_not_change_its_range()
    {
        (double, double)[] once = [(20, -20), (15, -27), (20, -33), (10, -24)];
        double single = Meter.Stereo(32_000, Make(32_000, 1000, once)).Range;
        double thrice = Meter.Stereo(32_000, Make(32_000, 1000, Repeat(3, once))).Range;
        Assert.InRange(thrice - single, -0.5, 0.5);
    }

    [Fact]
    public void Below_3_seconds_the_range_is_undefined()
    {
        Assert.True(double.IsNaN(Meter.Stereo(32_000, Make(32_000, 1000, (2.99, -20))).Range));
        Assert.InRange(Meter.Stereo(32_000, Make(32_000, 1000, (3.0, -20))).Range, 0, 5);
    }
}
