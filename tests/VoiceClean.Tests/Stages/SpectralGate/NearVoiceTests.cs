using VoiceClean.Audio;
using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Speech;
using VoiceClean.Inspection.Speech;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Stages.SpectralGate;
using VoiceClean.Testing.Signals;
using Xunit;
using static VoiceClean.Tests.Stages.SpectralGate.Gated;

namespace VoiceClean.Tests.Stages.SpectralGate;

/// <summary>What a voice nearby says about what stands out of the noise.</summary>
public class NearVoiceTests
{
    private const int Rate = 32_000;

    [Theory]
    [InlineData(200)]
    [InlineData(1500)]
    public void A_gust_far_from_any_voice_falls_as_far_as_the_noise(double cutoff)
    {
        float[] speech = [.. HarmonicSyllables.Speech(Rate, 6, seed: 61), .. new float[3 * Rate]],
            mixture =
            [
                .. Waves
                    .Sum(speech, Gust(speech.Length, 8 * Rate, cutoff))
                    .Zip(WhiteNoise.Gaussian(speech.Length, 62, 1e-2), (x, n) => x + n),
            ];
        using AudioClip clip = Clean(mixture, Rate, 0.6);
        Range gust = ((int)(7.9 * Rate))..((int)(8.1 * Rate));
        double before = 10 * Math.Log10(Waves.Energy(mixture[gust])),
            after = 10 * Math.Log10(Waves.Energy(clip.Samples[gust].ToArray()));
        Assert.InRange(before - after, 13, 16);
    }

    [Theory]
    [InlineData(6, false)]      // 0.2 s of silence end in the tenth frame
    [InlineData(9, false)]
    [InlineData(12, true)]
    public void What_is_periodic_where_digital_silence_ends_is_no_voice(int first, bool isVoice)
    {
        float[] samples = WhiteNoise.Gaussian(2 * Rate, 67, 0.01);
        samples.AsSpan(0, Rate / 5).Clear();
        float[] periodicity = new float[VoicingDetector.CountFrames(samples.Length, Rate)];
        periodicity.AsSpan(first, 2).Fill(0.9f);
        float[] seconds = NearVoice.Distances(
            new SpeechFraming(Rate),
            periodicity,
            DigitalSilence.Find(samples, Rate));
        Assert.Equal(isVoice ? 0 : float.PositiveInfinity, seconds[first]);
    }

    [Fact]
    public void A_breath_far_from_any_voice_stays()
    {
        float[] breath = Gust(9 * Rate, 8 * Rate, 12_000);
        new Biquad(BiquadCoefficients.HighPass(2000, 0.7, Rate)).Process(breath, breath);
        float[] speech = [.. HarmonicSyllables.Speech(Rate, 6, seed: 63), .. new float[3 * Rate]],
            mixture =
            [
                .. Waves.Sum(speech, breath).Zip(WhiteNoise.Gaussian(speech.Length, 64, 1e-2), (x, n) => x + n),
            ];
        using AudioClip clip = Clean(mixture, Rate, 0.6);
        Range sound = ((int)(7.9 * Rate))..((int)(8.1 * Rate));
        Assert.InRange(
            10 * Math.Log10(Waves.Energy(clip.Samples[sound].ToArray()) / Waves.Energy(mixture[sound])),
            -2,
            0);
    }

    [Fact]
    public void The_guard_gives_the_input_back_beside_the_voice_and_not_in_pauses()
    {
        float[] speech = [.. HarmonicSyllables.Speech(Rate, 6, seed: 69), .. new float[3 * Rate]],
            mixture = [.. speech.Zip(WhiteNoise.Gaussian(speech.Length, 70, 1e-3), (x, n) => x + n)];
        using AudioClip clip = AudioClip.FromSamples("wrong.wav", Rate, mixture);
        var wrong = new EstimateNoiseOptions
        {
            Source = NoiseSource.Range,
            RangeStart = TimeSpan.FromSeconds(0.75),
            RangeEnd = TimeSpan.FromSeconds(1.35),
        };
        new EstimateNoiseStage(wrong).Process(clip, Token);
        new SpectralGateStage(new SpectralGateOptions { Strength = 1 }).Process(clip, Token);
        double share = clip.Findings.Get<SpectralGateResult>().Share;
        Assert.InRange(share, 0, 0.8);      // everywhere, that would leave -14 dB of it
        Range pause = (8 * Rate)..(9 * Rate);
        Assert.InRange(
            10 * Math.Log10(Waves.Energy(clip.Samples[pause].ToArray()) / Waves.Energy(mixture[pause])),
            -30,
            -20);
    }

    [Fact]
    public void Where_nothing_is_voiced_a_voice_says_nothing()
    {
        float[] noise = WhiteNoise.Gaussian(6 * Rate, 65, 1e-3);
        float[] whispered = [.. noise.Zip(Gust(6 * Rate, 3 * Rate, 8000), (n, w) => n + w)];
        using AudioClip clip = AudioClip.FromSamples("whisper.wav", Rate, whispered);
        Assert.Null(Find(clip));
    }

    [Fact]
    public void A_voice_is_near_where_it_sounds_and_farther_away_the_longer_it_has_been_silent()
    {
        float[] samples = [.. HarmonicSyllables.Speech(Rate, 4, seed: 66, lead: 2), .. new float[2 * Rate]];
        samples = [.. samples.Zip(WhiteNoise.Gaussian(samples.Length, 67, 1e-3), (x, n) => x + n)];
        using AudioClip clip = AudioClip.FromSamples("voice.wav", Rate, samples);
        NearVoice voice = Assert.IsType<NearVoice>(Find(clip));
        var framing = new SpeechFraming(Rate);
        Assert.InRange(voice.SecondsFrom(Frame(1)), 0.8, 1.3);
        Assert.InRange(voice.SecondsFrom(Frame(1.5)), 0.3, 0.8);
        Assert.InRange(voice.SecondsFrom(Frame(3)), 0, 0.2);
        Assert.True(voice.SecondsFrom(Frame(7.5)) > voice.SecondsFrom(Frame(7)));

        int Frame(double seconds) => (int)(seconds / framing.HopSeconds);
    }

    [Fact]
    public void Rumble_is_flattened_and_flat_noise_left_as_it_is()
    {
        var framing = new SpeechFraming(Rate);
        float[] flat = new float[framing.Stride], rumble = new float[framing.Stride];
        Array.Fill(flat, 1);
        for (int k = 0; k < rumble.Length; k++)
        {
            rumble[k] = 1 / (1 + MathF.Pow(k, 3));
        }

        Assert.InRange(NearVoice.Emphasis(framing, flat), 0, 0.01f);
        Assert.Equal(0.9f, NearVoice.Emphasis(framing, rumble));
    }

    private static NearVoice? Find(AudioClip clip)
    {
        new EstimateNoiseStage(new EstimateNoiseOptions()).Process(clip, Token);
        var framing = new SpeechFraming(Rate);
        using var noise = new NoiseTrack(framing, clip.Findings.Get<NoiseProfile>(), clip, 1, Token);
        return NearVoice.Find(framing, clip, noise, Token);
    }

    // Low noise that swells and falls within half a second.
    private static float[] Gust(int length, int at, double cutoff)
    {
        float[] noise = WhiteNoise.Gaussian(length, 68, 1);
        var low = BiquadCoefficients.LowPass(cutoff, 0.7, Rate);
        new Biquad(low).Process(noise, noise);
        new Biquad(low).Process(noise, noise);
        double level = Math.Sqrt(Waves.Energy(noise) / length);
        for (int n = 0; n < length; n++)
        {
            double within = (n - at) / (0.25 * Rate);
            noise[n] *= Math.Abs(within) < 1 ? (float)(0.05 / level * Math.Pow(Math.Cos(Math.PI / 2 * within), 2)) : 0;
        }

        return noise;
    }
}
