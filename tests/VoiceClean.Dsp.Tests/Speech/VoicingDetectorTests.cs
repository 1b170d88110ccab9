using VoiceClean.Dsp.Speech;
using Xunit;

namespace VoiceClean.Dsp.Tests.Speech;

public class VoicingDetectorTests
{
    [Theory]
    [InlineData(8_000, 100)]
    [InlineData(32_000, 75)]
    [InlineData(32_000, 220)]
    [InlineData(44_100, 180)]
    [InlineData(48_000, 390)]
    public void A_buzz_at_the_pitch_of_a_voice_is_periodic(int rate, double pitch)
    {
        float[] buzz = new float[2 * rate];
        for (int n = 0; n < buzz.Length; n++)
        {
            for (int h = 1; h <= 8; h++)
            {
                buzz[n] += (float)(0.05 / h * Math.Sin(2 * Math.PI * h * pitch * n / rate));
            }
        }

        (float[] periodicity, float[] energies) = Measure(buzz, rate);
        Assert.Equal(VoicingDetector.CountFrames(buzz.Length, rate), periodicity.Length);
        Assert.All(periodicity[2..], p => Assert.InRange(p, 0.9f, 1f));
        Assert.All(energies, e => Assert.True(e > 0));
    }

    [Fact]
    public void White_noise_is_not()
    {
        var random = new Random(1);
        float[] noise = new float[10 * 32_000];
        for (int n = 0; n < noise.Length; n++)
        {
            noise[n] = (float)(random.NextDouble() - 0.5);
        }

        float[] periodicity = Measure(noise, 32_000).Periodicity;
        Assert.True(periodicity.Count(p => p > 0.6f) < 0.01 * periodicity.Length);
    }

    [Fact]
    public void Silence_has_no_period_and_a_short_clip_no_frame()
    {
        Assert.All(Measure(new float[32_000], 32_000).Periodicity, p => Assert.Equal(0, p));
        Assert.Equal(0, VoicingDetector.CountFrames(1000, 32_000));
    }

    private static (float[] Periodicity, float[] Energies) Measure(float[] samples, int rate)
    {
        float[] periodicity = new float[VoicingDetector.CountFrames(samples.Length, rate)],
            energies = new float[periodicity.Length];
        VoicingDetector.Measure(samples, rate, periodicity, energies, TestContext.Current.CancellationToken);
        return (periodicity, energies);
    }
}
