using VoiceClean.Audio;
using VoiceClean.Inspection.Speech;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Stages.SpectralGate;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Stages.EstimateNoise;

public class SoundingClipTests
{
    private const int Rate = 32_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 640)]
    [InlineData(0, 1_601)]
    [InlineData(0, 47_999)]
    [InlineData(70_001, 12_345)]
    [InlineData(int.MaxValue, 20_003)]
    public void Exact_silence_put_into_a_recording_changes_no_bit_of_what_the_gate_makes_of_the_rest(
        int place,
        int length)
    {
        float[] whole = HarmonicSyllables.Noisy(Rate, 4, 8, seed: 51).Mixture;
        int at = Math.Min(place, whole.Length);
        using AudioClip expected = Gated(whole),
            actual = Gated([.. whole[..at], .. new float[length], .. whole[at..]]);
        float[] rest = [.. actual.Samples[..at], .. actual.Samples[(at + length)..]];
        Assert.Equal(expected.Samples.ToArray(), rest);
        Assert.All(actual.Samples.Slice(at, length).ToArray(), x => Assert.Equal(0, x));
        Assert.Equal(
            expected.Findings.Get<SpectralGateResult>() with { SpeechShare = 0 },
            actual.Findings.Get<SpectralGateResult>() with { SpeechShare = 0 });
    }

    [Fact]
    public void Key_strokes_that_stand_on_silence_are_not_joined()
    {
        float[] speech = HarmonicSyllables.Noisy(Rate, 4, 8, seed: 55).Mixture, silence = new float[Rate / 4];
        using AudioClip stroke = Clip([.. silence, .. WhiteNoise.Gaussian(Rate / 8, 56, 0.05), .. silence, .. speech]),
            cut = Clip([.. silence, .. speech]);
        using SoundingClip? joined = SoundingClip.Take(stroke), without = SoundingClip.Take(cut);
        Assert.Null(joined);
        Assert.NotNull(without);
    }

    [Fact]
    public void Where_the_noise_was_learnt_is_told_in_the_times_of_the_recording()
    {
        float[] whole = HarmonicSyllables.Noisy(Rate, 4, 8, seed: 52).Mixture;
        using AudioClip clip = Clip([.. new float[10_001], .. whole]);
        new EstimateNoiseStage(new EstimateNoiseOptions()).Process(clip, Token);
        NoiseProfile profile = clip.Findings.Get<NoiseProfile>();
        Assert.Equal(NoiseSource.Head, profile.Source);
        Assert.Equal(new SampleRange(10_001, 26_001), profile.Range);
    }

    [Fact]
    public void A_range_that_the_user_names_is_meant_in_the_recording_with_its_silence()
    {
        float[] whole = HarmonicSyllables.Noisy(Rate, 4, 8, seed: 53).Mixture;
        using AudioClip plain = Clip(whole), cut = Clip([.. new float[Rate], .. whole]);
        EstimateNoiseOptions From(double start) => new()
        {
            Source = NoiseSource.Range,
            RangeStart = TimeSpan.FromSeconds(start),
            RangeEnd = TimeSpan.FromSeconds(start + 0.4),
        };
        new EstimateNoiseStage(From(0)).Process(plain, Token);
        new EstimateNoiseStage(From(1)).Process(cut, Token);
        Assert.Equal(
            plain.Findings.Get<NoiseProfile>().Power.ToArray(),
            cut.Findings.Get<NoiseProfile>().Power.ToArray());
        Assert.Equal(new SampleRange(Rate, (int)(1.4 * Rate)), cut.Findings.Get<NoiseProfile>().Range);
    }

    [Fact]
    public void Places_are_counted_with_and_without_the_silence()
    {
        float[] noise = WhiteNoise.Gaussian(30_000, 54, 0.1f);
        using AudioClip clip = Clip(
            [.. new float[10_000], .. noise[..15_000], .. new float[7_000], .. noise[15_000..], .. new float[5_000]]);
        using SoundingClip sounding = SoundingClip.Take(clip)!;
        Assert.Equal(noise, sounding.Clip.Samples.ToArray());
        Assert.Equal(new SampleRange(0, 15_000), sounding.Within(new SampleRange(4_000, 25_000)));
        Assert.Equal(new SampleRange(15_000, 15_000), sounding.Within(new SampleRange(26_000, 31_000)));
        Assert.Equal(new SampleRange(10_000, 25_000), sounding.InRecording(new SampleRange(0, 15_000)));
        Assert.Equal(new SampleRange(24_999, 32_001), sounding.InRecording(new SampleRange(14_999, 15_001)));
        Assert.Equal(10_000..47_000, DigitalSilence.Of(clip).Sound);
    }

    [Fact]
    public void Words_between_silent_pauses_are_not_joined_and_what_has_no_silence_is_not_copied()
    {
        float[] noise = WhiteNoise.Gaussian(8_000, 55, 0.1f), hole = new float[2_000];
        using AudioClip plain = Clip(noise),
            pauses = Clip([.. noise, .. hole, .. noise, .. hole, .. noise, .. hole, .. noise]);
        Assert.Null(SoundingClip.Take(plain));
        Assert.Null(SoundingClip.Take(pauses));
        using AudioClip silent = Clip(hole);
        Assert.Null(SoundingClip.Take(silent));
    }

    private static AudioClip Gated(float[] samples)
    {
        AudioClip clip = Clip(samples);
        new EstimateNoiseStage(new EstimateNoiseOptions(), isForGate: true).Process(clip, Token);
        new SpectralGateStage(new SpectralGateOptions { Strength = 0.6 }).Process(clip, Token);
        return clip;
    }

    private static AudioClip Clip(float[] samples) => AudioClip.FromSamples("sounding.wav", Rate, samples);
}
