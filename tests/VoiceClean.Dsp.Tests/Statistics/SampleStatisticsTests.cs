using VoiceClean.Dsp.Statistics;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Dsp.Tests.Statistics;

public class SampleStatisticsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(1003)]
    public void Mean_and_extremes_are_those_of_a_plain_loop(int length)
    {
        float[] x = WhiteNoise.Uniform(length, seed: 1, amplitude: 0.5);
        x[length / 2] = 3;
        x[^1] = -4;
        SampleStatistics s = SampleStatistics.Measure(x);
        Assert.Equal(x.Average(v => (double)v), s.Mean, 1e-12);
        Assert.Equal((x.Min(), x.Max()), (s.Lowest, s.Highest));
        Assert.Equal(4f, s.Peak);
        Assert.Equal(x.Max(v => Math.Abs(v - s.Mean)), s.PeakAroundMean, 1e-12);
    }

    [Fact]
    public void The_sum_of_squares_agrees_with_a_plain_loop_at_any_length()
    {
        float[] noise = WhiteNoise.Uniform(70, seed: 1, amplitude: 0.5);
        for (int length = 0; length <= noise.Length; length++)
        {
            Assert.Equal(
                noise[..length].Sum(x => (double)x * x),
                SampleStatistics.SumOfSquares(noise.AsSpan(0, length)),
                1e-12);
        }
    }

    [Fact]
    public void Nothing_has_no_level() => Assert.Equal(default, SampleStatistics.Measure([]));
}
