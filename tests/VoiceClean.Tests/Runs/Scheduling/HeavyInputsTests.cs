using VoiceClean.Runs.Scheduling;
using Xunit;

namespace VoiceClean.Tests.Runs.Scheduling;

public class HeavyInputsTests
{
    private const long Megabyte = 1 << 20;

    [Theory]
    [InlineData(512, 1)]
    [InlineData(2048, 2)]
    [InlineData(64_000, 16)]
    public void As_many_long_recordings_run_at_a_time_as_fit_a_quarter_of_the_memory_but_one_always(
        long memoryMegabytes,
        int expected) => Assert.Equal(expected, new HeavyInputs(16, memoryMegabytes * Megabyte).Free);

    [Fact]
    public void Long_ones_wait_for_each_other_and_short_ones_for_nobody()
    {
        var inputs = new HeavyInputs(8, 512 * Megabyte);
        int inside = 0,
            most = 0,
            total = 0;
        Parallel.For(
            0,
            40,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i =>
                inputs.Run(
                    i % 2 == 0 ? 100 * Megabyte : 1000,
                    () =>
                    {
                        if (i % 2 == 0)
                        {
                            int now = Interlocked.Increment(ref inside);
                            most = Math.Max(most, now);
                            Thread.Sleep(1);
                            Interlocked.Decrement(ref inside);
                        }

                        return Interlocked.Increment(ref total);
                    }, CancellationToken.None));
        Assert.Equal((1, 40), (most, total));
        Assert.Equal(1, inputs.Free);
    }

    [Fact]
    public void Whoever_waits_can_be_cancelled_and_a_failure_gives_its_place_back()
    {
        var inputs = new HeavyInputs(8, 0);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<InvalidOperationException>(() =>
            inputs.Run<int>(100 * Megabyte, () => throw new InvalidOperationException(), CancellationToken.None));
        Assert.ThrowsAny<OperationCanceledException>(() => inputs.Run(100 * Megabyte, () => 1, cancelled.Token));
        Assert.Equal(1, inputs.Free);
    }
}
