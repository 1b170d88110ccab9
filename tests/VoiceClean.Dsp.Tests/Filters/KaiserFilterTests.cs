using VoiceClean.Dsp.Filters;
using Xunit;

namespace VoiceClean.Dsp.Tests.Filters;

public class KaiserFilterTests
{
    [Theory]
    [InlineData(125, 12.81626)]    // 0.1102 · (125 − 8.7)
    [InlineData(60, 5.65326)]      // the published design example of Oppenheim & Schafer, 7.8: β = 5.653
    [InlineData(20, 0)]
    public void Beta_follows_the_published_formula(double attenuationDb, double beta)
        => Assert.Equal(beta, KaiserFilter.Beta(attenuationDb), 5);

    [Theory]
    [InlineData(60, 0.05)]
    [InlineData(100, 0.03)]
    [InlineData(125, 0.02)]
    public void A_filter_of_the_stated_length_reaches_its_attenuation_in_both_bands(double attenuationDb, double width)
    {
        const double cutoff = 0.2;
        double[] taps = KaiserFilter.LowPass(
            KaiserFilter.Length(attenuationDb, width),
            cutoff,
            KaiserFilter.Beta(attenuationDb));
        // Kaiser's formula is empirical: it holds within 1 dB
        double ripple = Math.Pow(10, -attenuationDb / 20) * 1.12;
        for (double f = 0; f <= 0.5; f += 0.0007)
        {
            double gain = 0;
            for (int i = 0; i < taps.Length; i++)
            {
                gain += taps[i] * Math.Cos(2 * Math.PI * f * (i - (taps.Length - 1) / 2.0));
            }

            if (f <= cutoff - width / 2)
            {
                // A gain of exactly 1 at DC shifts the whole band by up to the ripple that stood there.
                Assert.InRange(gain, 1 - 2 * ripple, 1 + 2 * ripple);
            }
            else if (f >= cutoff + width / 2)
            {
                Assert.InRange(gain, -ripple, ripple);
            }
        }
    }

    [Fact]
    public void Every_branch_has_a_gain_of_one_at_DC_after_normalisation()
    {
        double[] taps = KaiserFilter.LowPass(385, 0.5 / 8, 8);
        KaiserFilter.NormalizePhases(taps, 8);
        for (int phase = 0; phase < 8; phase++)
        {
            Assert.Equal(1, taps.Where((_, i) => i % 8 == phase).Sum(), 14);
        }
    }
}
