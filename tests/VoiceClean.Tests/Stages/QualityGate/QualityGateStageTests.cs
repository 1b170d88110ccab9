using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Inspection;
using VoiceClean.Stages.QualityGate;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Stages.QualityGate;

public class QualityGateStageTests
{
    private const int Rate = 32_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Hopeless => new()
    {
        { "silence", ReasonCodes.Silent },
        { "offset", ReasonCodes.Silent },
        { "offset and faint noise", ReasonCodes.Silent },
        { "0.2 s of speech", ReasonCodes.TooShort },
        { "tone", ReasonCodes.NoSpeech },
        { "hum", ReasonCodes.NoSpeech },
        { "white noise", ReasonCodes.NoSpeech },
        { "brown noise", ReasonCodes.NoSpeech },
        { "clicks", ReasonCodes.NoSpeech },
        { "speech clipped by 20 dB", ReasonCodes.Clipped },
    };

    [Theory]
    [MemberData(nameof(Hopeless))]
    public void Hopeless_recordings_are_refused_with_their_reason(string kind, string code)
    {
        using AudioClip clip = AudioClip.FromSamples("x.wav", Rate, Make(kind));
        ClipRefusedException e = Assert.Throws<ClipRefusedException>(() =>
            new QualityGateStage(new QualityGateOptions()).Process(clip, Token));
        Assert.Equal(code, e.Code);
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(-15)]
    public void Speech_below_its_noise_is_refused(double snr)
    {
        using AudioClip clip = AudioClip.FromSamples(
            "x.wav",
            Rate,
            HarmonicSyllables.Noisy(Rate, 5, snr, seed: 3).Mixture);
        ClipRefusedException e = Assert.Throws<ClipRefusedException>(() =>
            new QualityGateStage(new QualityGateOptions()).Process(clip, Token));
        Assert.Contains(e.Code, new[] { ReasonCodes.NoSpeech, ReasonCodes.SnrTooLow });
    }

    [Theory]
    [InlineData(5, 0.02f)]
    [InlineData(5, 2f)]
    [InlineData(15, 0.1f)]
    [InlineData(60, 1f)]
    public void Speech_above_its_noise_passes_at_any_level(double snr, float gain)
    {
        float[] noisy = HarmonicSyllables.Noisy(Rate, 5, snr, seed: 4).Mixture;
        float[] samples = [.. noisy.Select(x => Math.Clamp(gain * x, -1, 1))];
        using AudioClip clip = AudioClip.FromSamples("x.wav", Rate, samples);
        new QualityGateStage(new QualityGateOptions()).Process(clip, Token);
        Assert.Equal(samples, clip.Samples.ToArray());
    }

    [Fact]
    public void With_warn_the_recording_passes_and_says_why()
    {
        using AudioClip clip = AudioClip.FromSamples("x.wav", Rate, Make("white noise"));
        new QualityGateStage(new QualityGateOptions { Policy = GatePolicy.Warn }).Process(clip, Token);
        Warning warning = Assert.Single(clip.Warnings);
        Assert.Equal(WarningCodes.GateOverridden, warning.Code);
        Assert.Contains(ReasonCodes.NoSpeech, warning.Message);
    }

    [Fact]
    public void With_off_nothing_is_said()
    {
        using AudioClip clip = AudioClip.FromSamples("x.wav", Rate, new float[Rate]);
        new QualityGateStage(new QualityGateOptions { Policy = GatePolicy.Off }).Process(clip, Token);
        Assert.Empty(clip.Warnings);
    }

    [Fact]
    public void A_higher_bound_refuses_what_the_default_lets_pass()
    {
        using AudioClip clip = AudioClip.FromSamples(
            "x.wav",
            Rate,
            HarmonicSyllables.Noisy(Rate, 5, 5, seed: 5).Mixture);
        ClipRefusedException e = Assert.Throws<ClipRefusedException>(() =>
            new QualityGateStage(new QualityGateOptions { MinSnrDb = 20 }).Process(clip, Token));
        Assert.Equal(ReasonCodes.SnrTooLow, e.Code);
    }

    private static float[] Make(string kind)
    {
        float[] noise = WhiteNoise.Gaussian(4 * Rate, 1, 0.05);
        return kind switch
        {
            "silence" => new float[2 * Rate],
            "offset" => [.. Enumerable.Repeat(0.2f, 2 * Rate)],
            "offset and faint noise" => [.. noise.Select(x => 0.2f + (x * 2e-3f))],
            "0.2 s of speech" => HarmonicSyllables.Speech(Rate, 2, seed: 1, lead: 0)[..(Rate / 5)],
            "tone" => [.. noise.Select((_, n) => 0.1f * MathF.Sin(2 * MathF.PI * 150 * n / Rate))],
            "hum" =>
            [
                .. noise.Select(
                    (x, n) =>
                        (0.01f * x)
                        + (0.1f * MathF.Sin(2 * MathF.PI * 100 * n / Rate))
                        + (0.05f * MathF.Sin(2 * MathF.PI * 200 * n / Rate))),
            ],
            "white noise" => noise,
            "brown noise" => Brown(noise),
            "clicks" => [.. noise.Select((x, n) => (0.001f * x) + (n % 9000 < 200 ? x * (1 - (n % 9000 / 200f)) : 0))],
            _ => [.. HarmonicSyllables.Speech(Rate, 4, seed: 2).Select(x => Math.Clamp(x, -0.03f, 0.03f))],
        };
    }

    private static float[] Brown(float[] noise)
    {
        float[] brown = new float[noise.Length];
        float state = 0;
        for (int n = 0; n < noise.Length; n++)
        {
            brown[n] = state = (0.98f * state) + (0.2f * noise[n]);
        }

        return brown;
    }
}
