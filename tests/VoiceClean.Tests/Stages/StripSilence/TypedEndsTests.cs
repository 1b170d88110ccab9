using VoiceClean.Audio;
using VoiceClean.Inspection.Speech;
using VoiceClean.Stages.StripSilence;
using VoiceClean.Stages.SuppressClicks;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Stages.StripSilence;

/// <summary>2 s of keys, 3 s of a voice with keys, 2 s of keys.</summary>
public class TypedEndsTests
{
    private const int Rate = 32_000;
    private static readonly float[] Keys = KeyStrokes.Make(Rate, 7, 0.5f);

    [Fact]
    public void Keys_before_the_first_voice_and_after_the_last_are_no_speech()
    {
        using AudioClip clip = Clip(keys: 12);
        // as a detector sees keys that stand out: joined with the words, and apart from them
        SpeechActivity activity = TypedEnds.Without(
            clip,
            Activity((0.2, 0.6), (0.8, 1.1), (1.4, 5.5), (5.7, 6.1), (6.3, 6.8)),
            TestContext.Current.CancellationToken);
        SampleRange speech = Assert.Single(activity.Speech);
        Assert.InRange((double)speech.Start / Rate, 1.5, 1.8);
        Assert.InRange((double)speech.End / Rate, 5.2, 5.5);
    }

    [Fact]
    public void A_fricative_of_300_ms_before_the_voice_and_a_release_behind_it_stay()
    {
        using AudioClip clip = Clip(keys: 12);
        SpeechActivity activity = TypedEnds.Without(
            clip,
            Activity((1.7, 5), (5.15, 5.25)),
            TestContext.Current.CancellationToken);
        Assert.Equal(Activity((1.7, 5), (5.15, 5.25)).Speech, activity.Speech);
    }

    [Theory]
    [InlineData(0, 1)]      // no keys were found
    [InlineData(12, 0)]     // nothing is voiced: somebody whispers
    public void Where_there_are_no_keys_or_no_voice_nothing_changes(int keys, float voice)
    {
        using AudioClip clip = Clip(keys, voice);
        SpeechActivity activity = Activity((0.2, 0.6), (1.7, 5.5));
        Assert.Same(activity, TypedEnds.Without(clip, activity, TestContext.Current.CancellationToken));
    }

    private static AudioClip Clip(int keys, float voice = 1)
    {
        float[] x = (float[])Keys.Clone();
        float[] spoken = VowelVoice.Make(Rate, 3);
        for (int n = 0; n < spoken.Length; n++)
        {
            x[(2 * Rate) + n] += voice * spoken[n];
        }

        var clip = AudioClip.FromSamples("a", Rate, x);
        clip.Findings.Set(new SuppressedClicks(keys, keys / 7.0));
        return clip;
    }

    private static SpeechActivity Activity(params (double From, double To)[] stretches) =>
        new(
            Rate,
            7 * Rate,
            [.. stretches.Select(s => new SampleRange((int)(s.From * Rate), (int)(s.To * Rate)))],
            -40,
            -60,
            -23);
}
