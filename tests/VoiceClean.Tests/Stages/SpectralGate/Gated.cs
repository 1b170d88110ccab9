using VoiceClean.Audio;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Stages.SpectralGate;
using Xunit;

namespace VoiceClean.Tests.Stages.SpectralGate;

/// <summary>Clips through the noise estimate and the gate.</summary>
internal static class Gated
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static AudioClip Clean(ReadOnlySpan<float> samples, int rate, double strength) =>
        Clean(samples, rate, strength, new EstimateNoiseOptions());

    public static AudioClip Clean(ReadOnlySpan<float> samples, int rate, double strength, EstimateNoiseOptions noise)
    {
        AudioClip clip = AudioClip.FromSamples("test.wav", rate, samples);
        new EstimateNoiseStage(noise).Process(clip, Token);
        new SpectralGateStage(new SpectralGateOptions { Strength = strength }).Process(clip, Token);
        return clip;
    }

    /// <summary>Scale-invariant ratio of signal to distortion [dB].</summary>
    public static double SiSdr(ReadOnlySpan<float> y, ReadOnlySpan<float> s)
    {
        double ys = 0, ss = 0, error = 0;
        for (int n = 0; n < s.Length; n++)
        {
            ys += (double)y[n] * s[n];
            ss += (double)s[n] * s[n];
        }

        double scale = ys / ss;
        for (int n = 0; n < s.Length; n++)
        {
            error += Math.Pow(y[n] - (scale * s[n]), 2);
        }

        return 10 * Math.Log10(scale * scale * ss / error);
    }
}
