using VoiceClean.Audio;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Stages.SpectralGate;
using Xunit;

namespace VoiceClean.Tests.Stages.SpectralGate;

public class SpectralGateStageTests
{
    [Fact]
    public void Strength_zero_leaves_every_bit()
    {
        float[] noisy = TestVoice.Noisy(32_000, 4, 10, seed: 1).Mixture;
        using AudioClip clip = Clean(noisy, 32_000, 0);
        Assert.Equal(noisy, clip.Samples.ToArray());
    }

    [Theory]
    [InlineData(32_000)]
    [InlineData(8_000)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    public void Noise_in_pauses_falls_further_with_every_step_of_strength(int rate)
    {
        (float[] mixture, SampleRange pause) = TestVoice.Noisy(rate, 4, 10, seed: 2);
        double last = TestVoice.PowerDb(mixture, pause);
        foreach (double strength in new[] { 0.1, 0.2, 0.4, 0.6, 0.8, 1 })
        {
            using AudioClip clip = Clean(mixture, rate, strength);
            double level = TestVoice.PowerDb(clip.Samples, pause);
            Assert.True(level < last - 1, $"strength {strength}: {level:F2} dB after {last:F2} dB");
            Assert.InRange(TestVoice.PowerDb(mixture, pause) - level, (24 * strength) - 2, (24 * strength) + 0.1);
            last = level;
        }
    }

    internal static AudioClip Clean(ReadOnlySpan<float> samples, int rate, double strength)
    {
        AudioClip clip = AudioClip.FromSamples("test.wav", rate, samples);
        new EstimateNoiseStage(new EstimateNoiseOptions()).Process(clip, TestContext.Current.CancellationToken);
        new SpectralGateStage(new SpectralGateOptions { Strength = strength }).Process(clip, TestContext.Current.CancellationToken);
        return clip;
    }
}
