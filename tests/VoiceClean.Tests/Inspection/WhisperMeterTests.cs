using VoiceClean.Audio;
using VoiceClean.Inspection;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Inspection;

public class WhisperMeterTests
{
    private const int Rate = SyntheticSpeech.SampleRate;

    [Fact]
    public void Whispered_speech_is_refused_with_that_word()
    {
        IReadOnlyList<float[]> clips = EvaluationClips.LoadClean();
        string[] words =
        [
            .. clips.Select((c, i) =>
                Judged(Whisper.Of(c.AsSpan(0, Math.Min(c.Length, 6 * Rate)), Rate, i)).Findings[0].Message),
        ];
        Assert.Equal(clips.Count, words.Count(w => w.Length > 0));
        int told = words.Count(w => w.StartsWith("It is whispered", StringComparison.Ordinal));
        Assert.InRange(told, clips.Count - 1, clips.Count);
    }

    [Fact]
    public void Neither_noise_nor_a_voice_is_called_whispered()
    {
        foreach (float[] samples in EvaluationClips.LoadNoise().Select(n => n.Samples)
            .Concat(EvaluationClips.LoadClean()))
        {
            Assert.DoesNotContain(
                Judged(samples).Findings,
                f => f.Message.Contains("whisper", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void A_second_is_too_short_to_tell() =>
        Assert.All(
            EvaluationClips.LoadClean().Take(3),
            c => Assert.DoesNotContain(
                Judged(Whisper.Of(c.AsSpan(0, Rate), Rate, 1)).Findings,
                f => f.Message.Contains("whisper", StringComparison.Ordinal)));

    private static Assessment Judged(ReadOnlySpan<float> samples)
    {
        using var clip = AudioClip.FromSamples("x", Rate, samples);
        return Judge.Assess(
            Inspector.MeasureSpeech(clip, new RemovableNoise(), TestContext.Current.CancellationToken),
            new QualityGateOptions());
    }
}
