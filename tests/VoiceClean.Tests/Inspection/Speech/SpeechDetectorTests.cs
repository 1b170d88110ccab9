using VoiceClean.Audio;
using VoiceClean.Inspection.Speech;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Inspection.Speech;

public class SpeechDetectorTests
{
    private const int Rate = SyntheticSpeech.SampleRate;

    public static TheoryData<double> Levels => [-16, -23, -30, -36];

    // Nothing lost beyond 20 ms, and a detection cost of at most 2 %: 0.75 · missed + 0.25 · false alarm, as in NIST's
    // OpenSAT evaluations of speech activity detection.
    [Theory]
    [MemberData(nameof(Levels))]
    public void Words_with_weak_fricatives_are_found_whole_at_any_level(double levelDb)
    {
        double missed = 0, speech = 0, falseAlarm = 0, silence = 0;
        for (int i = 0; i < SyntheticSpeech.Words.Length; i++)
        {
            float[] word = SyntheticSpeech.Say(SyntheticSpeech.Words[i], i);
            (float[] clip, int start, int end) = SyntheticSpeech.Place(
                word,
                levelDb,
                0.8,
                0.8,
                levelDb - 39 - (5 * (i % 4)),
                100 + i,
                i % 2 == 0);
            SampleRange found = Detect(clip).Extent;
            int late = Math.Max(0, found.Start - start),
                early = Math.Max(0, end - found.End);
            Assert.True(
                late <= 0.02 * Rate && early <= 0.02 * Rate,
                $"{SyntheticSpeech.Words[i]}: {late / 32} ms late, {early / 32} ms early");
            missed += late + early;
            speech += end - start;
            falseAlarm += Math.Max(0, start - found.Start) + Math.Max(0, found.End - end);
            silence += clip.Length - (end - start);
        }

        double dcf = (0.75 * missed / speech) + (0.25 * falseAlarm / silence);
        Assert.True(dcf <= 0.02, $"DCF {100 * dcf:0.00} %");
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(-40)]
    [InlineData(-60)]
    [InlineData(-80)]
    public void Noise_hum_and_silence_hold_no_speech(double levelDb)
    {
        for (int kind = 0; kind < 4; kind++)
        {
            float[] clip = new float[10 * Rate];
            if (kind < 2)
            {
                SyntheticSpeech.AddNoise(clip, levelDb, 4, isPink: kind == 1);
            }
            else if (kind == 2)
            {
                for (int i = 0; i < clip.Length; i++)
                {
                    clip[i] = (float)(
                        Math.Pow(10, levelDb / 20)
                        * Enumerable.Range(1, 9).Sum(h => Math.Sin(2 * Math.PI * 50 * h * i / Rate) / h));
                }
            }

            Assert.False(Detect(clip).HasSpeech, $"kind {kind}");
        }
    }

    [Fact]
    public void Clicks_far_from_speech_are_no_speech_and_a_burst_near_it_is()
    {
        (float[] clip, int start, int end) = SyntheticSpeech.Place(SyntheticSpeech.Say("fas uf", 1), -23, 2, 2, -75, 5);
        SampleRange without = Detect(clip).Extent;
        AddClick(clip, start - (int)(0.4 * Rate));
        AddClick(clip, end + (int)(0.9 * Rate));
        Assert.Equal(without, Detect(clip).Extent);
        AddClick(clip, end + (int)(0.1 * Rate));        // the release of a stop
        Assert.True(Detect(clip).Extent.End > end + (int)(0.12 * Rate));

        float[] onlyClicks = new float[10 * Rate];
        SyntheticSpeech.AddNoise(onlyClicks, -70, 3);
        for (int at = Rate; at < 9 * Rate; at += 22_000)
        {
            AddClick(onlyClicks, at);
        }

        Assert.False(Detect(onlyClicks).HasSpeech);
    }

    [Theory]
    [InlineData(0.3, true)]
    [InlineData(0.45, true)]
    [InlineData(0.7, false)]
    [InlineData(1.2, false)]
    public void A_breath_before_the_first_word_belongs_to_it_up_to_500_ms_away(double distance, bool isSpeech)
    {
        float[] breath = SyntheticSpeech.Breath(0.3, -22, 4),
            word = SyntheticSpeech.Say("saf it fas", 4);
        float[] both =
        [
            .. breath,
            .. new float[(int)(distance * Rate)],
            .. word,
            .. new float[(int)(distance * Rate)],
            .. breath,
        ];
        (float[] clip, _, _) = SyntheticSpeech.Place(both, -23, 1, 1, -75, 5);
        int start = Rate, wordStart = start + breath.Length + (int)(distance * Rate), wordEnd = wordStart + word.Length;
        SampleRange found = Detect(clip).Extent;
        Assert.InRange(found.Start, (isSpeech ? start : wordStart) - 800, (isSpeech ? start : wordStart) + 1600);
        Assert.InRange(
            found.End,
            (isSpeech ? start + both.Length : wordEnd) - 1600,
            (isSpeech ? start + both.Length : wordEnd) + 800);
    }

    [Fact]
    public void Level_moves_no_boundary_by_more_than_a_frame()
    {
        (float[] clip, _, _) = SyntheticSpeech.Place(SyntheticSpeech.Say("xi hafs", 1), -26, 1.5, 1.5, -66, 5);
        SampleRange reference = Detect(clip).Extent;
        foreach (float gain in new[] { 0.1f, 0.25f, 4f, 10f })
        {
            SampleRange scaled = Detect([.. clip.Select(x => gain * x)]).Extent;
            Assert.InRange(scaled.Start - reference.Start, -640, 640);
            Assert.InRange(scaled.End - reference.End, -640, 640);
        }
    }

    [Fact]
    public void Silence_before_moves_no_boundary_by_more_than_a_frame()
    {
        float[] word = SyntheticSpeech.Say("tix tuf", 7);
        foreach (double noise in new[] { double.NegativeInfinity, -65 })
        {
            int? first = null;
            foreach (double before in new[] { 0.2, 0.6, 1, 3, 10 })
            {
                (float[] clip, int start, _) = SyntheticSpeech.Place(word, -23, before, 1, noise, 5);
                int error = Detect(clip).Extent.Start - start;
                Assert.InRange(error - (first ??= error), -640, 640);
            }
        }
    }

    [Fact]
    public void Very_short_clips_are_searched_without_failure()
    {
        for (int length = 0; length < 1000; length += length < 20 ? 1 : 77)
        {
            SpeechActivity found = Detect(new float[length]);
            Assert.False(found.HasSpeech);
            Assert.Equal(0, found.SpeechShare);
            Assert.Equal(default, found.Extent);
        }
    }

    [Fact]
    public void A_fixed_threshold_is_relative_to_the_loudness()
    {
        (float[] clip, _, _) = SyntheticSpeech.Place(SyntheticSpeech.Say("saf it", 1), -30, 1, 1, -75, 5);
        SpeechActivity found = SpeechDetector.Detect(
            clip,
            Rate,
            thresholdReLoudnessDb: -24,
            cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(found.LoudnessLufs - 24, found.ThresholdDb, 9);
        Assert.True(found.HasSpeech);
    }

    [Fact]
    public void Duration_and_share_count_the_stretches()
    {
        var activity = new SpeechActivity(
            1000,
            4000,
            [new SampleRange(500, 1000), new SampleRange(2000, 2500)],
            -40,
            -60,
            -20);
        Assert.Equal(TimeSpan.FromSeconds(1), activity.SpeechDuration);
        Assert.Equal(0.25, activity.SpeechShare);
        Assert.Equal(new SampleRange(500, 2500), activity.Extent);
    }

    private static SpeechActivity Detect(float[] clip) =>
        SpeechDetector.Detect(clip, Rate, cancellation: TestContext.Current.CancellationToken);

    // 20 ms of decaying noise, as a key makes.
    private static void AddClick(float[] clip, int at)
    {
        var random = new Random(at);
        for (int i = 0; i < 640; i++)
        {
            clip[at + i] += (float)(0.15 * Math.Exp(-i / 150.0) * ((2 * random.NextDouble()) - 1));
        }
    }
}
