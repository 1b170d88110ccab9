using VoiceClean.Audio;
using VoiceClean.Stages.HighPass;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Stages.HighPass;

public class HighPassTests
{
    [Theory]
    [InlineData(20, 20, -3.01)]
    [InlineData(60, 60, -3.01)]
    [InlineData(20, 5, -40.59)]
    [InlineData(20, 80, -0.014)]
    [InlineData(20, 1000, 0)]
    public void The_gain_follows_the_closed_form_and_the_phase_stays(double cutoffHz, double frequencyHz, double gainDb)
    {
        // |H|² of two passes = 1/(1 + (r·fc/f)⁴)², r⁴ = √2 - 1
        Assert.Equal(gainDb, -20 * Math.Log10(1 + ((Math.Sqrt(2) - 1) * Math.Pow(cutoffHz / frequencyHz, 4))), 0.05);
        float[] x = Waves.Sine(32_000 * 3, 32_000, frequencyHz, 0.5);
        using AudioClip clip = Run(x, cutoffHz);
        double inPhase = 0, quadrature = 0, power = 0;
        float[] turned = Waves.Sine(x.Length, 32_000, frequencyHz, 0.5, Math.PI / 2);
        for (int n = 32_000; n < 64_000; n++)
        {
            inPhase += clip.Samples[n] * x[n];
            quadrature += clip.Samples[n] * turned[n];
            power += x[n] * x[n];
        }

        Assert.Equal(gainDb, 20 * Math.Log10(inPhase / power), gainDb < -40 ? 0.5 : 0.05);
        Assert.Equal(0, quadrature / power, 1e-3);
    }

    [Fact]
    public void An_offset_vanishes_without_ringing_at_the_ends()
    {
        float[] x = Waves.Sine(16_000, 32_000, 300, 0.5);
        using AudioClip reference = Run(x, 20);
        using AudioClip clip = Run(Array.ConvertAll(x, v => v + 0.25f), 20);
        for (int n = 0; n < x.Length; n++)
        {
            Assert.Equal(reference.Samples[n], clip.Samples[n], 1e-5);
            Assert.Equal(x[n], clip.Samples[n], 0.02);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void Short_clips_and_silence_pass(int length)
    {
        using AudioClip silent = Run(new float[length], 20);
        Assert.Equal(new float[length], silent.Samples.ToArray());
        using AudioClip offset = Run([.. Enumerable.Repeat(0.5f, length)], 20);
        foreach (float v in offset.Samples)
        {
            Assert.Equal(0, v, 1e-6);
        }
    }

    private static AudioClip Run(float[] samples, double cutoffHz)
    {
        var clip = AudioClip.FromSamples("a", 32_000, samples);
        new HighPassStage(new HighPassOptions { CutoffHz = cutoffHz }).Process(
            clip,
            TestContext.Current.CancellationToken);
        return clip;
    }
}
