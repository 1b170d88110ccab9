using VoiceClean.Audio;
using VoiceClean.Dsp.Filters;
using VoiceClean.Stages.SpectralGate;
using VoiceClean.Testing.Signals;
using Xunit;
using static VoiceClean.Tests.Stages.SpectralGate.Gated;

namespace VoiceClean.Tests.Stages.SpectralGate;

/// <summary>Strokes that last too long for clicks.</summary>
public class StrokeTests
{
    private const int Rate = 32_000;

    [Fact]
    public void A_typewriter_is_turned_down_under_the_voice_and_beside_it()
    {
        float[] speech = HarmonicSyllables.Speech(Rate, 8, seed: 51),
            strokes = Strokes(speech.Length, 0.05, smooth: false),
            mixture =
            [
                .. Waves.Sum(speech, strokes).Zip(WhiteNoise.Gaussian(speech.Length, 52, 1e-4), (x, n) => x + n),
            ];
        using AudioClip clip = Clean(mixture, Rate, 0.6);
        SpectralGateResult result = clip.Findings.Get<SpectralGateResult>();
        Assert.InRange(result.StrokeSeconds, 1.5, 8);
        double before = SiSdr(mixture, speech), after = SiSdr(clip.Samples, speech);
        Assert.True(after > before + 4, $"SI-SDR {before:F1} dB became {after:F1} dB");
        double left = 0, all = 0;
        for (int n = 0; n < speech.Length; n++)
        {
            int from = Math.Max(0, n - 6400), to = Math.Min(speech.Length, n + 6400);
            bool alone = strokes[n] != 0 && !speech.AsSpan(from..to).ContainsAnyExcept(0f);
            left += alone ? clip.Samples[n] * (double)clip.Samples[n] : 0;
            all += alone ? mixture[n] * (double)mixture[n] : 0;
        }

        Assert.InRange(10 * Math.Log10(all / left), 9, 25);
    }

    [Fact]
    public void Breaths_are_no_strokes_and_stay()
    {
        float[] speech = HarmonicSyllables.Speech(Rate, 8, seed: 53),
            breaths = Strokes(speech.Length, 0.01, smooth: true),
            mixture =
            [
                .. Waves.Sum(speech, breaths).Zip(WhiteNoise.Gaussian(speech.Length, 54, 1e-5), (x, n) => x + n),
            ];
        using AudioClip clip = Clean(mixture, Rate, 0.6);
        Assert.Equal(0, clip.Findings.Get<SpectralGateResult>().StrokeSeconds);
        Assert.InRange(10 * Math.Log10(Waves.Energy(clip.Samples.ToArray()) / Waves.Energy(mixture)), -0.1, 0);
    }

    [Fact]
    public void A_recording_that_begins_with_a_stroke_has_its_onset_there()
    {
        float[] speech = [.. new float[Rate / 2], .. HarmonicSyllables.Speech(Rate, 7, seed: 57)],
            strokes = WhiteNoise.Gaussian(speech.Length, 58, 0.05),
            floor = WhiteNoise.Gaussian(speech.Length, 59, 1e-4),
            mixture = new float[speech.Length];
        speech.AsSpan((int)(3.7 * Rate), Rate).Clear();
        for (int n = 0; n < mixture.Length; n++)
        {
            bool isStroke = n % (4 * Rate) < 0.3 * Rate;        // two: at 0 and at 4 s
            mixture[n] = speech[n] + floor[n] + (isStroke ? strokes[n] : 0);
        }

        using AudioClip clip = Clean(mixture, Rate, 0.6);
        Assert.InRange(clip.Findings.Get<SpectralGateResult>().StrokeSeconds, 0.4, 2);
    }

    // Of 0.2 s, one and a half a second.
    private static float[] Strokes(int length, double level, bool smooth)
    {
        float[] noise = WhiteNoise.Gaussian(length, 55, level);
        if (smooth)
        {
            new Biquad(BiquadCoefficients.LowPass(3000, 0.7, Rate)).Process(noise, noise);
        }

        for (int n = 0; n < length; n++)
        {
            int within = n % (2 * Rate / 3);
            double shape = smooth ? Math.Sin(Math.PI * within / (Rate / 5)) : 1;
            noise[n] *= within < Rate / 5 ? (float)(shape * shape) : 0;
        }

        return noise;
    }
}
