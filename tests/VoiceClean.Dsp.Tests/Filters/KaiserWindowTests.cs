using MathNet.Numerics;
using VoiceClean.Dsp.Filters;
using Xunit;

namespace VoiceClean.Dsp.Tests.Filters;

public class KaiserWindowTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(4.5)]
    [InlineData(12.82)]
    [InlineData(30)]
    public void Everywhere_it_is_the_quotient_of_Bessel_functions_of_the_reference_library(double beta)
    {
        var window = new KaiserWindow(beta);
        for (double x = -1; x <= 1; x += 0.037)
        {
            double expected =
                SpecialFunctions.BesselI0(beta * Math.Sqrt(1 - (x * x))) / SpecialFunctions.BesselI0(beta);
            Assert.Equal(1, window.At(x) / expected, 12);
        }
    }

    [Fact]
    public void It_is_symmetric_one_in_the_middle_and_zero_outside()
    {
        double[] values = new double[65];
        new KaiserWindow(8.6).Fill(values);
        Assert.Equal(1, values[32], 15);
        Assert.Equal(1 / SpecialFunctions.BesselI0(8.6), values[0], 15);
        Assert.All(Enumerable.Range(0, 32), i => Assert.Equal(values[i], values[64 - i], 15));
        Assert.Equal(0, new KaiserWindow(8.6).At(1.001));
        Assert.Equal(0, new KaiserWindow(8.6).At(-1.001));
    }

    [Fact]
    public void A_single_value_is_one()
    {
        double[] values = [0];
        new KaiserWindow(8.6).Fill(values);
        Assert.Equal(1, values[0]);
    }
}
