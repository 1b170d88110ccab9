using VoiceClean.Dsp.Statistics;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Dsp.Tests.Statistics;

public class MovingMeanTests
{
    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 3)]
    [InlineData(5, 3)]
    [InlineData(100, 0)]
    [InlineData(100, 6)]
    public void Each_mean_is_that_of_the_values_within_reach(int length, int half)
    {
        float[] values = WhiteNoise.Uniform(length, seed: 1, amplitude: 0.5), mean = MovingMean.Compute(values, half);
        Assert.Equal(length, mean.Length);
        for (int k = 0; k < length; k++)
        {
            Assert.Equal(
                values.Where((_, i) => Math.Abs(i - k) <= half).Average(v => (double)v),
                mean[k],
                1e-7);
        }
    }

    [Fact]
    public void A_loud_stretch_leaves_no_trace_in_the_silence_behind_it()
    {
        float[] values = [1e6f, 1, 1e-6f, 0, 0, 0, 0];
        Assert.Equal([0f, 0, 0], MovingMean.Compute(values, 1)[4..]);
    }
}
