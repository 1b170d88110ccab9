using VoiceClean.Dsp.Filters;
using Xunit;

namespace VoiceClean.Dsp.Tests.Filters;

public class BiquadTests
{
    [Fact]
    public void Low_pass_and_high_pass_meet_at_minus_3_dB_and_keep_their_pass_bands()
    {
        const int rate = 32_000;
        var low = BiquadCoefficients.LowPass(1000, Math.Sqrt(0.5), rate);
        var high = BiquadCoefficients.HighPass(1000, Math.Sqrt(0.5), rate);
        Assert.Equal(-3.0103, low.GainDb(1000, rate), 3);
        Assert.Equal(-3.0103, high.GainDb(1000, rate), 3);
        Assert.Equal(0, low.GainDb(0, rate), 9);
        Assert.Equal(0, high.GainDb(rate / 2.0, rate), 9);
        Assert.True(low.GainDb(15_000, rate) < -40);
        Assert.True(high.GainDb(30, rate) < -40);
    }

    [Fact]
    public void A_corner_or_a_quality_outside_its_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BiquadCoefficients.LowPass(0, 1, 32_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => BiquadCoefficients.LowPass(16_000, 1, 32_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => BiquadCoefficients.HighPass(100, 0, 32_000));
    }

    [Fact]
    public void In_digital_silence_the_state_becomes_zero_and_not_denormal()
    {
        var section = new Biquad(BiquadCoefficients.HighPass(20, Math.Sqrt(0.5), 32_000));
        float[] block = new float[32_000];
        block[0] = 1;
        section.Process(block, block);
        for (int second = 0; second < 60; second++)
        {
            block.AsSpan().Clear();
            section.Process(block, block);
        }

        Assert.Equal(0, section.Process(0));
        Assert.All(block, y => Assert.Equal(0, y));
    }
}
