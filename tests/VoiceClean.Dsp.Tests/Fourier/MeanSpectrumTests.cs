using VoiceClean.Dsp.Fourier;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Dsp.Tests.Fourier;

public class MeanSpectrumTests
{
    [Theory]
    [InlineData(256, 256)]
    [InlineData(200, 256)]
    public void The_sum_is_that_of_the_spectra_of_the_frames_one_by_one(int frameLength, int transformLength)
    {
        float[] samples = WhiteNoise.Uniform(5 * frameLength, seed: 1, amplitude: 0.5);
        var mean = new MeanSpectrum(frameLength, transformLength);
        var fft = RealFft.For(transformLength);
        double[] expected = new double[fft.BinCount];
        float[] window = Windows.PeriodicHann(frameLength), re = new float[fft.BinCount], im = new float[fft.BinCount];
        for (int start = 0; start + frameLength <= samples.Length; start += frameLength / 2)
        {
            float[] frame = new float[transformLength];
            for (int n = 0; n < frameLength; n++)
            {
                frame[n] = samples[start + n] * window[n];
            }

            fft.Forward(frame, re, im);
            for (int k = 0; k < expected.Length; k++)
            {
                expected[k] += ((double)re[k] * re[k]) + ((double)im[k] * im[k]);
            }

            mean.Add(samples.AsSpan(start, frameLength));
        }

        Assert.Equal(9, mean.Count);
        Assert.Equal(expected.Length, mean.Sum.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k], mean.Sum[k], 1e-6 * expected[k]);
        }
    }

    [Fact]
    public void A_frame_of_another_length_and_one_longer_than_the_transform_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new MeanSpectrum(64).Add(new float[63]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanSpectrum(65, 64));
    }
}
