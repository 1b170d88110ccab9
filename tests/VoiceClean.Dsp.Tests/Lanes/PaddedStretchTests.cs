using VoiceClean.Dsp.Lanes;
using Xunit;

namespace VoiceClean.Dsp.Tests.Lanes;

public class PaddedStretchTests
{
    [Theory]
    [InlineData(-10, new float[] { 0, 0, 0, 0 })]
    [InlineData(-4, new float[] { 0, 0, 0, 0 })]
    [InlineData(-3, new float[] { 0, 0, 0, 1 })]
    [InlineData(0, new float[] { 1, 2, 3, 4 })]
    [InlineData(3, new float[] { 4, 5, 0, 0 })]
    [InlineData(5, new float[] { 0, 0, 0, 0 })]
    [InlineData(10_000_000_000, new float[] { 0, 0, 0, 0 })]
    public void Beyond_the_recording_there_are_zeros(long start, float[] expected)
    {
        float[] stretch = [9, 9, 9, 9];
        PaddedStretch.Copy([1, 2, 3, 4, 5], start, stretch);
        Assert.Equal(expected, stretch);
    }

    [Fact]
    public void A_recording_shorter_than_the_stretch_stands_within_zeros()
    {
        float[] stretch = [9, 9, 9, 9];
        PaddedStretch.Copy([1, 2], -1, stretch);
        Assert.Equal([0, 1, 2, 0], stretch);
    }
}
