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

    [Fact]
    public void A_rank_outside_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OrderStatistics.Select([1.0], 1));
}
