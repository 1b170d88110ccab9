using VoiceClean.Dsp.Fourier;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Dsp.Tests.Fourier;

public class PowerSpectrumTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(513)]
    public void Powers_and_sums_are_those_of_plain_loops(int length)
    {
        float[] re = WhiteNoise.Uniform(length, seed: 1, amplitude: 0.5),
            im = [.. re.Reverse()],
            power = new float[length];
        PowerSpectrum.Compute(re, im, power);
        Assert.Equal(re.Zip(im).Select(z => (z.First * z.First) + (z.Second * z.Second)), power);
        double expected = power.Sum(p => (double)p);
        Assert.Equal(expected, PowerSpectrum.Sum(re, im), 1e-9);
        Assert.Equal(expected, PowerSpectrum.Sum(power), 1e-9);
        double[] sum = [.. power.Select(p => p / 3.0), 7];
        PowerSpectrum.Accumulate(power, sum);
        Assert.Equal([.. power.Select(p => (p / 3.0) + p), 7], sum);
    }

    [Fact]
    public void Spans_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            PowerSpectrum.Compute(new float[8], new float[7], new float[8]));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            PowerSpectrum.Compute(new float[8], new float[8], new float[7]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PowerSpectrum.Accumulate(new float[8], new double[7]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PowerSpectrum.Sum(new float[8], new float[7]));
    }
}
