using VoiceClean.Dsp.Statistics;
using Xunit;

namespace VoiceClean.Dsp.Tests.Statistics;

public class SampleBoundsTests
{
    [Theory]
    [InlineData(1f, true)]
    [InlineData(-1f, true)]
    [InlineData(1.0000001f, false)]
    [InlineData(-1.0000001f, false)]
    [InlineData(float.NaN, false)]
    [InlineData(float.PositiveInfinity, false)]
    [InlineData(float.NegativeInfinity, false)]
    public void One_sample_decides_wherever_it_stands(float sample, bool isWithin)
    {
        for (int length = 1; length < 20; length++)
        {
            for (int place = 0; place < length; place++)
            {
                float[] samples = new float[length];
                samples[place] = sample;
                Assert.Equal(isWithin, SampleBounds.AreWithin(samples, 1));
            }
        }
    }

    [Fact]
    public void Of_no_samples_none_lies_outside() => Assert.True(SampleBounds.AreWithin([], 1));
}
