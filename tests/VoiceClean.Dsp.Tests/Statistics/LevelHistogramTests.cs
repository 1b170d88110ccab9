using VoiceClean.Dsp.Statistics;
using Xunit;

namespace VoiceClean.Dsp.Tests.Statistics;

public class LevelHistogramTests
{
    [Theory]
    [InlineData(0.02)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void Quantiles_from_either_end_are_those_of_the_sorted_levels_within_a_step(double share)
    {
        var random = new Random(3);
        double[] levels = [.. Enumerable.Range(0, 2000).Select(_ => -100 + (90 * random.NextDouble())).Order()];
        var histogram = new LevelHistogram(-120, 0.25, 480);
        foreach (double level in levels)
        {
            histogram.Add(level);
        }

        int rank = (int)(share * levels.Length);
        Assert.Equal(2000, histogram.Count);
        Assert.InRange(levels[rank] - histogram.LevelDb(histogram.StepFromBelow(share)), 0, 0.25);
        Assert.InRange(levels[^(rank + 1)] - histogram.LevelDb(histogram.StepFromAbove(share)), 0, 0.25);
    }

    [Fact]
    public void Levels_beyond_the_ends_count_in_the_outer_steps()
    {
        var histogram = new LevelHistogram(-120, 1, 120);
        histogram.Add(double.NegativeInfinity);
        histogram.Add(20);
        Assert.Equal(0, histogram.StepFromBelow(0));
        Assert.Equal(119, histogram.StepFromAbove(0));
    }

    [Fact]
    public void Without_levels_the_steps_are_the_ends()
    {
        var histogram = new LevelHistogram(-120, 1, 120);
        Assert.Equal(119, histogram.StepFromBelow(0.5));
        Assert.Equal(0, histogram.StepFromAbove(0.5));
        Assert.Equal(-0.5, histogram.LevelDb(119.5));
    }
}
