using VoiceClean.Dsp.Lanes;
using Xunit;

namespace VoiceClean.Dsp.Tests.Lanes;

public class ForkJoinTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Every_piece_is_done_once(int threads)
    {
        int[] done = new int[1000];
        ForkJoin.For(
            threads,
            done.Length,
            i => Interlocked.Increment(ref done[i]),
            TestContext.Current.CancellationToken);
        Assert.All(done, n => Assert.Equal(1, n));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void What_a_piece_throws_arrives_as_it_is(int threads) =>
        Assert.Equal(
            "piece",
            Assert
                .Throws<InvalidDataException>(() =>
                    ForkJoin.For(
                        threads,
                        100,
                        _ => throw new InvalidDataException("piece"),
                        TestContext.Current.CancellationToken))
                .Message);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Cancellation_stops_it(int threads)
    {
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            ForkJoin.For(threads, 1_000_000, i => source.Cancel(), source.Token));
    }
}
