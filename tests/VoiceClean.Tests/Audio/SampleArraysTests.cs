using VoiceClean.Audio;
using Xunit;

namespace VoiceClean.Tests.Audio;

public class SampleArraysTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(160_000)]
    [InlineData(3_000_001)]
    public void An_array_is_long_enough_and_at_most_twice_as_long(int length)
    {
        foreach (bool isForOne in new[] { false, true })
        {
            var arrays = new SampleArrays { IsForOne = isForOne };
            float[] array = arrays.Rent(length);
            Assert.InRange(array.Length, length, Math.Max(16, 2 * length));
            arrays.Return(array);
        }
    }

    [Fact]
    public void No_two_hold_one_array_at_once()
    {
        var arrays = new SampleArrays { IsForOne = true };
        int wrong = 0;
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, id =>
        {
            for (int i = 0; i < 300; i++)
            {
                float[] first = arrays.Rent(70_000 + (i * 100)), second = arrays.Rent(140_000);
                (first[0], first[^1], second[0], second[^1]) = (id, i, -id, -i);
                Thread.Yield();
                wrong += (first[0], first[^1], second[0], second[^1]) == (id, i, -id, -i) ? 0 : 1;
                arrays.Return(first);
                arrays.Return(second);
            }
        });
        Assert.Equal(0, wrong);
    }

    [Theory]
    [InlineData(60_000)]
    [InlineData(70_000)]
    [InlineData(131_072)]
    [InlineData(3_000_001)]
    public void An_array_may_come_back_after_the_purpose_changed(int length)
    {
        foreach (bool isForOne in new[] { false, true })
        {
            var arrays = new SampleArrays { IsForOne = isForOne };
            float[] before = arrays.Rent(length);
            arrays.IsForOne = !isForOne;
            arrays.Return(before);
            float[] after = arrays.Rent(length);
            Assert.InRange(after.Length, length, 2 * length);
            arrays.Return(after);
        }
    }
}
