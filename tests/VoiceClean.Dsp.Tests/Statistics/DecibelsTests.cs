using VoiceClean.Dsp.Statistics;
using Xunit;

namespace VoiceClean.Dsp.Tests.Statistics;

public class DecibelsTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(10, 20)]
    [InlineData(0.5, -6.0205999132796239)]
    public void Amplitude_and_decibels_convert_both_ways(double amplitude, double decibels)
    {
        Assert.Equal(decibels, Decibels.FromAmplitude(amplitude), 9);
        Assert.Equal(amplitude, Decibels.ToAmplitude(decibels), 9);
        Assert.Equal(decibels / 2, Decibels.FromPower(amplitude), 9);
        Assert.Equal(amplitude, Decibels.ToPower(decibels / 2), 9);
    }

    [Fact]
    public void Zero_and_negative_values_give_minus_infinity_not_NaN()
    {
        Assert.Equal(double.NegativeInfinity, Decibels.FromAmplitude(0));
        Assert.Equal(double.NegativeInfinity, Decibels.FromPower(-1e-30));
    }
}
