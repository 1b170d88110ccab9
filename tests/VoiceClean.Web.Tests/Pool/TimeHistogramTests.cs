using VoiceClean.Web.Pool;
using Xunit;

namespace VoiceClean.Web.Tests.Pool;

public class TimeHistogramTests
{
    [Fact]
    public void Counts_add_up_to_each_bound_and_the_last_class_has_all()
    {
        var times = new TimeHistogram();
        foreach (double seconds in new[] { 0.005, 0.006, 0.3, 1000 })
        {
            times.Add(TimeSpan.FromSeconds(seconds));
        }

        long[] counts = times.Cumulative();
        Assert.Equal(TimeHistogram.Bounds.Count + 1, counts.Length);
        Assert.Equal((1, 2, 3, 4), (counts[0], counts[1], counts[6], counts[^1]));
        Assert.Equal(1000.311, times.Sum, 6);
    }
}
