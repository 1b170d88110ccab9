using VoiceClean.Audio;
using VoiceClean.Inspection;
using VoiceClean.Inspection.Speech;
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
        int told = words.Count(w => w.StartsWith("It seems whispered", StringComparison.Ordinal));
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

    [Theory]
    [InlineData(0.3, 2)]        // breath
    [InlineData(0.5, 1)]
    [InlineData(1.5, 2)]        // panting
    [InlineData(2.2, 1)]
    public void Noise_that_swells_to_and_fro_is_no_whisper(double swellsPerSecond, double power)
    {
        float[] noise = WhiteNoise.Gaussian(6 * Rate, 11, 0.1);
        float dull = 0;
        for (int i = 0; i < noise.Length; i++)
        {
            // in through the mouth, out through the nose: bright and dull by turns
            double phase = Math.Sin(Math.PI * swellsPerSecond * i / Rate);
            dull += 0.15f * (noise[i] - dull);
            noise[i] = (0.01f * noise[i])
                + ((float)Math.Pow(Math.Abs(phase), power) * (phase > 0 ? noise[i] - dull : 2 * dull));
        }

        Verdict verdict = Judged(noise).Verdict;
        Assert.Equal(Verdict.Hopeless, verdict);
        Assert.False(WhisperMeter.IsWhispered(
            SpeechBandTrack.Measure(noise, Rate, TestContext.Current.CancellationToken)));
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
