using System.Numerics;
using MathNet.Numerics.IntegralTransforms;
using VoiceClean.Dsp.Fourier;
using VoiceClean.Testing.Signals;
using Xunit;
using MathNetFourier = MathNet.Numerics.IntegralTransforms.Fourier;

namespace VoiceClean.Dsp.Tests.Fourier;

public class RealFftTests
{
    public static TheoryData<int> Lengths => [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Forward_agrees_with_MathNet_in_double_precision_to_2e_7_of_the_RMS(int length)
    {
        float[] x = WhiteNoise.Uniform(length, seed: 1, amplitude: 0.5);
        var fft = RealFft.For(length);
        float[] re = new float[fft.BinCount], im = new float[fft.BinCount];
        fft.Forward(x, re, im);

        Complex[] reference = Array.ConvertAll(x, v => new Complex(v, 0));
        MathNetFourier.Forward(reference, FourierOptions.Matlab);
        double error = 0, power = 0;
        for (int k = 0; k < fft.BinCount; k++)
        {
            error += Math.Pow((reference[k] - new Complex(re[k], im[k])).Magnitude, 2);
            power += Math.Pow(reference[k].Magnitude, 2);
        }

        Assert.InRange(Math.Sqrt(error / power), 0, 2e-7);
        Assert.Equal(0, im[0]);
        Assert.Equal(0, im[^1]);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Inverse_gives_the_frame_back(int length)
    {
        float[] x = WhiteNoise.Uniform(length, seed: 1, amplitude: 0.5), y = new float[length];
        var fft = RealFft.For(length);
        float[] re = new float[fft.BinCount], im = new float[fft.BinCount];
        fft.Forward(x, re, im);
        float[] re2 = [.. re], im2 = [.. im];
        fft.Inverse(re, im, y);
        Assert.Equal(re2, re);
        Assert.Equal(im2, im);

        double error = 0, power = 0;
        for (int n = 0; n < length; n++)
        {
            error += Math.Pow(x[n] - y[n], 2);
            power += Math.Pow(x[n], 2);
        }

        // Two transforms of at most 2e-7 each, whose errors are independent: 2e-7·√2.
        Assert.InRange(Math.Sqrt(error / power), 0, 2.83e-7);
    }

    [Theory]
    [InlineData(64, 5)]
    [InlineData(1024, 37)]
    [InlineData(8192, 4000)]
    public void A_cosine_on_a_bin_lies_in_that_bin_alone(int length, int bin)
    {
        var fft = RealFft.For(length);
        float[] x = new float[length], re = new float[fft.BinCount], im = new float[fft.BinCount];
        for (int n = 0; n < length; n++)
        {
            x[n] = (float)Math.Cos((2 * Math.PI * ((long)bin * n % length) / length) - 0.7);
        }

        fft.Forward(x, re, im);
        for (int k = 0; k < fft.BinCount; k++)
        {
            Assert.Equal(k == bin ? length / 2 * Math.Cos(0.7) : 0, re[k], 1e-6 * length);
            Assert.Equal(k == bin ? -length / 2 * Math.Sin(0.7) : 0, im[k], 1e-6 * length);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(1000)]
    [InlineData(1 << 21)]
    public void Other_lengths_are_refused(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RealFft.For(length));

    [Fact]
    public void Spans_of_another_length_are_refused()
    {
        var fft = RealFft.For(64);
        Assert.Throws<ArgumentException>(() => fft.Forward(new float[63], new float[33], new float[33]));
        Assert.Throws<ArgumentException>(() => fft.Inverse(new float[33], new float[32], new float[64]));
    }

    [Fact]
    public void A_transform_allocates_nothing()
    {
        var fft = RealFft.For(1024);
        float[] x = WhiteNoise.Uniform(1024, seed: 1, amplitude: 0.5), re = new float[513], im = new float[513];
        fft.Forward(x, re, im);
        fft.Inverse(re, im, x);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            fft.Forward(x, re, im);
            fft.Inverse(re, im, x);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
