using VoiceClean.Dsp.Lanes;
using Xunit;

namespace VoiceClean.Dsp.Tests.Lanes;

public class NonZeroTests
{
    [Theory]
    [InlineData(1f)]
    [InlineData(-1e-45f)]
    [InlineData(float.NaN)]
    public void The_first_value_that_is_not_zero_is_found_wherever_it_is(float value)
    {
        for (int length = 1; length < 40; length++)
        {
            for (int at = 0; at < length; at++)
            {
                float[] values = new float[length];
                Array.Fill(values, -0f);
                values[at] = value;
                values[length - 1] = value;
                Assert.Equal(at, NonZero.First(values));
            }
        }
    }

    [Fact]
    public void Among_zeros_of_either_sign_there_is_none()
    {
        for (int length = 0; length < 40; length++)
        {
            Assert.Equal(-1, NonZero.First(new float[length]));
            Assert.Equal(-1, NonZero.First(Enumerable.Repeat(-0f, length).ToArray()));
        }
    }
}
