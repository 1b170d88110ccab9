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
        SampleArrays.IsForOne = length % 2 > 0;
        float[] array = SampleArrays.Rent(length);
        Assert.InRange(array.Length, length, Math.Max(16, 2 * length));
        SampleArrays.Return(array);
    }

    [Fact]
    public void No_two_hold_one_array_at_once()
    {
        SampleArrays.IsForOne = true;
        int wrong = 0;
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, id =>
        {
            for (int i = 0; i < 300; i++)
            {
                float[] first = SampleArrays.Rent(70_000 + (i * 100)), second = SampleArrays.Rent(140_000);
                (first[0], first[^1], second[0], second[^1]) = (id, i, -id, -i);
                Thread.Yield();
                wrong += (first[0], first[^1], second[0], second[^1]) == (id, i, -id, -i) ? 0 : 1;
                SampleArrays.Return(first);
                SampleArrays.Return(second);
            }
        });
        Assert.Equal(0, wrong);
    }
}
