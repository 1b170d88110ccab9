using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Resampling;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Dsp.Tests.Resampling;

public class DecimatorTests
{
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(8, 129, 64)]
    [InlineData(12, 96, 0)]
    [InlineData(192, 3073, 1536)]
    [InlineData(400, 6401, 3200)]
    public void Every_output_is_the_inner_product_it_is_said_to_be(int factor, int taps, int lead)
    {
        float[] samples = WhiteNoise.Uniform((10 * factor) + (3 * taps), seed: 1, amplitude: 0.5);
        double[] lowPass = KaiserFilter.LowPass(taps, 0.4 / factor, 5);
        const int first = -3;
        float[] result = new float[(samples.Length / factor) + 7];      // beyond both ends
        new Decimator(factor, lowPass, lead).Run(samples, first, result);
        for (int i = 0; i < result.Length; i++)
        {
            double expected = 0;
            for (int n = 0; n < taps; n++)
            {
                int at = ((first + i) * factor) - lead + n;
                expected += at >= 0 && at < samples.Length ? lowPass[n] * samples[at] : 0;
            }

            Assert.Equal(expected, result[i], 1e-6);
        }
    }

    [Fact]
    public void A_stretch_has_the_bits_of_the_whole()
    {
        float[] samples = WhiteNoise.Uniform(10_000, seed: 1, amplitude: 0.5);
        var decimator = new Decimator(8, KaiserFilter.LowPass(129, 0.04, 5), 64);
        float[] whole = new float[1250], stretch = new float[333];
        decimator.Run(samples, 0, whole);
        decimator.Run(samples, 501, stretch);
        Assert.Equal(whole[501..(501 + stretch.Length)], stretch);
    }

    [Fact]
    public void Without_a_factor_a_filter_or_with_a_negative_lead_there_is_none()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Decimator(0, [1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Decimator(1, [], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Decimator(1, [1], -1));
    }
}
