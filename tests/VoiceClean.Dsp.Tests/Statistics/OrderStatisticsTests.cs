using VoiceClean.Dsp.Statistics;
using Xunit;

namespace VoiceClean.Dsp.Tests.Statistics;

public class OrderStatisticsTests
{
    [Theory]
    [InlineData(1, 1000)]
    [InlineData(2, 1000)]
    [InlineData(12, 3)]
    [InlineData(13, 1000)]
    [InlineData(500, 4)]
    [InlineData(1501, 100_000)]
    public void A_selected_value_is_the_one_sorting_finds(int length, int kinds)
    {
        var random = new Random(length);
        for (int trial = 0; trial < 50; trial++)
        {
            double[] values = [.. Enumerable.Range(0, length).Select(_ => (double)random.Next(kinds))];
            double[] sorted = [.. values.Order()];
            int rank = random.Next(length);
            Assert.Equal(sorted[rank], OrderStatistics.Select(values.AsSpan(), rank));
            Assert.Equal(sorted, values.Order());       // only reordered
        }
    }

    [Fact]
    public void Sorted_and_reversed_values_are_no_trap()
    {
        double[] ascending = [.. Enumerable.Range(0, 100_000).Select(i => (double)i)];
        double[] descending = [.. ascending.Reverse()];
        Assert.Equal(25_000, OrderStatistics.Select(ascending.AsSpan(), 25_000));
        Assert.Equal(25_000, OrderStatistics.Select(descending.AsSpan(), 25_000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(40)]
    [InlineData(101)]
    public void A_quantile_and_the_median_are_those_of_the_sorted_values(int length)
    {
        var random = new Random(length);
        float[] values = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle())];
        float[] sorted = [.. values.Order()];
        foreach (double share in (double[])[0, 0.1, 0.5, 0.95, 1])
        {
            double at = share * (length - 1);
            int below = (int)at;
            Assert.Equal(sorted[below], OrderStatistics.Quantile(values.AsSpan(), share));
            Assert.Equal(
                sorted[below] + ((at - below) * (sorted[Math.Min(below + 1, length - 1)] - sorted[below])),
                OrderStatistics.InterpolatedQuantile(values, share),
                1e-6);
        }

        Assert.Equal((sorted[(length - 1) / 2] + sorted[length / 2]) / 2, OrderStatistics.Median(values.AsSpan()));
    }

    [Fact]
    public void Of_nothing_there_is_no_quantile()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => OrderStatistics.Quantile(Span<float>.Empty, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => OrderStatistics.Median(Span<float>.Empty));
        Assert.Throws<ArgumentOutOfRangeException>(() => OrderStatistics.InterpolatedQuantile([], 0.5));
    }

    [Fact]
    public void A_rank_outside_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OrderStatistics.Select([1.0], 1));
}
