using System.Text.Json.Nodes;
using VoiceClean.Audio;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Errors;
using VoiceClean.Stages;
using VoiceClean.Stages.StripSilence;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Stages.StripSilence;

public class StripSilenceStageTests
{
    private const int Rate = SyntheticSpeech.SampleRate;
    private static readonly float[] Sentence = SyntheticSpeech.Say("saf it fas xip hus fix", 3);       // about 3 s

    [Fact]
    public void Long_silence_at_both_ends_goes_but_for_the_pads()
    {
        (float[] samples, int start, int end) = SyntheticSpeech.Place(Sentence, -23, 2, 3, -70, 1);
        using AudioClip clip = Process(samples);
        SampleRange kept = Assert.Single(clip.Kept);
        Assert.InRange(start - kept.Start, 0.08 * Rate, 0.15 * Rate);       // 100 ms and at most 20 ms less, 50 ms more
        Assert.InRange(kept.End - end, 0.18 * Rate, 0.25 * Rate);
        Assert.Empty(clip.Warnings);
    }

    [Fact]
    public void Silence_of_up_to_500_ms_stays_and_only_the_end_that_has_more_is_cut()
    {
        (float[] samples, _, _) = SyntheticSpeech.Place(Sentence, -23, 0.45, 0.45, -70, 1);
        using AudioClip untouched = Process(samples);
        Assert.Equal([new SampleRange(0, samples.Length)], untouched.Kept);
        Assert.Equal(samples, untouched.Samples.ToArray());

        (samples, _, int end) = SyntheticSpeech.Place(Sentence, -23, 0.45, 0.8, -70, 1);
        using AudioClip cut = Process(samples);
        SampleRange kept = Assert.Single(cut.Kept);
        Assert.Equal(0, kept.Start);
        Assert.InRange(kept.End - end, 0.18 * Rate, 0.25 * Rate);
    }

    [Fact]
    public void Apart_from_two_fades_of_5_ms_in_the_pads_no_sample_changes()
    {
        (float[] samples, _, _) = SyntheticSpeech.Place(Sentence, -23, 2, 3, -60, 1);
        using AudioClip clip = Process(samples);
        SampleRange kept = clip.Kept[0];
        int fade = Rate / 200;
        Assert.Equal(samples[(kept.Start + fade)..(kept.End - fade)], clip.Samples[fade..^fade].ToArray());
        for (int i = 0; i < fade; i++)
        {
            double gain = 0.5 - (0.5 * Math.Cos(Math.PI * (i + 0.5) / fade));
            Assert.Equal(gain * samples[kept.Start + i], clip.Samples[i], 1e-7);
            Assert.Equal(gain * samples[kept.End - 1 - i], clip.Samples[^(i + 1)], 1e-7);
        }
    }

    [Fact]
    public void Cuts_fall_on_sign_changes()
    {
        for (int seed = 0; seed < 8; seed++)
        {
            (float[] samples, _, _) = SyntheticSpeech.Place(
                Sentence,
                -23,
                1 + (0.1 * seed),
                1.5,
                -65,
                seed,
                isPink: true);
            using AudioClip clip = Process(
                samples,
                Options(SilenceMode.All) with
                {
                    LongPause = TimeSpan.FromMilliseconds(100),
                    MaxPause = TimeSpan.FromMilliseconds(60),
                });
            foreach (int cut in clip.Kept.SelectMany(k => new[] { k.Start, k.End }))
            {
                Assert.True((samples[cut - 1] < 0) != (samples[cut] < 0), $"cut at {cut}");
            }
        }
    }

    [Fact]
    public void Inner_pauses_stay_with_ends_and_shrink_to_400_ms_with_all()
    {
        float[] two = [.. Sentence, .. new float[2 * Rate], .. Sentence, .. new float[(int)(0.5 * Rate)], .. Sentence];
        (float[] samples, int start, int end) = SyntheticSpeech.Place(two, -23, 1, 1, -65, 1);
        using AudioClip ends = Process(samples);
        Assert.Single(ends.Kept);
        using AudioClip all = Process(samples, Options(SilenceMode.All));
        Assert.Equal(2, all.Kept.Count);                         // the pause of half a second is not long
        int pauseStart = start + Sentence.Length, pauseEnd = pauseStart + (2 * Rate);
        int left = (all.Kept[0].End - pauseStart) + (pauseEnd - all.Kept[1].Start);
        Assert.InRange(left, 0.35 * Rate, 0.47 * Rate);
        Assert.True(all.Kept[0].End > pauseStart + (0.15 * Rate) && all.Kept[1].Start < pauseEnd - (0.08 * Rate));
        Assert.InRange(all.Kept[1].End - end, 0.18 * Rate, 0.25 * Rate);
    }

    [Fact]
    public void A_joint_keeps_the_level_of_the_background()
    {
        float[] two = [.. Sentence, .. new float[2 * Rate], .. Sentence];
        double joint = 0, elsewhere = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            (float[] samples, _, _) = SyntheticSpeech.Place(two, -23, 0.2, 0.2, -60, seed);
            using AudioClip clip = Process(samples, Options(SilenceMode.All));
            int at = clip.Kept[0].Length;
            joint += Power(clip.Samples.Slice(at, Rate / 200));
            elsewhere += Power(clip.Samples.Slice(at - 2000, 1000));
        }

        Assert.Equal(0, 10 * Math.Log10(joint / elsewhere), 1.0);

        static double Power(ReadOnlySpan<float> x)
        {
            double sum = 0;
            foreach (float v in x)
            {
                sum += (double)v * v;
            }

            return sum / x.Length;
        }
    }

    [Fact]
    public void A_result_under_800_ms_is_kept_untrimmed_with_a_warning()
    {
        (float[] samples, _, _) = SyntheticSpeech.Place(SyntheticSpeech.Say("fif", 3), -23, 2, 2, -70, 1);
        using AudioClip clip = Process(samples);
        Assert.Equal(samples, clip.Samples.ToArray());
        Assert.Equal(WarningCodes.ShortResult, Assert.Single(clip.Warnings).Code);
        using AudioClip forced = Process(samples, new StripSilenceOptions { MinSegment = TimeSpan.Zero });
        Assert.True(forced.Samples.Length < samples.Length / 2);
        Assert.Empty(forced.Warnings);
    }

    [Fact]
    public void Of_a_clip_without_speech_nothing_is_cut_with_a_word_about_it()
    {
        float[] noise = new float[5 * Rate];
        SyntheticSpeech.AddNoise(noise, -40, 1);
        foreach (float[] samples in new[] { noise, new float[5 * Rate], new float[1] })
        {
            using var clip = AudioClip.FromSamples("a", Rate, samples);
            new StripSilenceStage(new()).Process(clip, TestContext.Current.CancellationToken);
            Assert.Equal(WarningCodes.ShortResult, Assert.Single(clip.Warnings).Code);
            Assert.Equal(samples, clip.Samples.ToArray());
        }
    }

    [Fact]
    public void Off_touches_nothing_and_refuses_nothing()
    {
        using AudioClip clip = Process(new float[100], Options(SilenceMode.Off));
        Assert.Equal(100, clip.Samples.Length);
    }

    [Fact]
    public void In_a_very_noisy_clip_nothing_is_cut()
    {
        (float[] samples, _, _) = SyntheticSpeech.Place(Sentence, -23, 2, 2, -28, 1);
        using AudioClip clip = Process(samples);
        Assert.Equal(samples, clip.Samples.ToArray());
    }

    // Literally -40 dBFS on this clip of -36 dBFS would lose most of it; as documented the rule sees it at -16 LUFS.
    [Fact]
    public void A_literal_threshold_applies_as_if_the_clip_had_been_normalised_first()
    {
        for (int seed = 0; seed < 4; seed++)
        {
            (float[] samples, int start, int end) = SyntheticSpeech.Place(Sentence, -36, 2, 2, -85, seed);
            using AudioClip clip = Process(samples, new StripSilenceOptions { ThresholdDb = -40 });
            SampleRange kept = Assert.Single(clip.Kept);
            Assert.True(kept.Start <= start && kept.End >= end);
            Assert.True(clip.Samples.Length < samples.Length - (3 * Rate));
        }
    }

    [Fact]
    public void The_report_lists_what_is_kept_and_what_is_gone_in_seconds_of_the_input()
    {
        (float[] samples, _, _) = SyntheticSpeech.Place(Sentence, -23, 2, 3, -70, 1);
        using AudioClip clip = Process(samples);
        var cuts = clip.Findings.Get<SilenceCuts>();
        Assert.Equal(clip.Kept, cuts.Kept);
        Assert.Equal(
            [new SampleRange(0, clip.Kept[0].Start), new SampleRange(clip.Kept[0].End, samples.Length)],
            cuts.Removed);
        var figures = new FigureList();
        cuts.Report(figures);
        JsonArray kept = figures.Json["kept_s"]!.AsArray(), removed = figures.Json["removed_s"]!.AsArray();
        Assert.Equal(1.9, kept[0]![0]!.GetValue<double>(), 0.05);
        Assert.Equal(0, removed[0]![0]!.GetValue<double>());
        Assert.Equal(samples.Length / (double)Rate, removed[1]![1]!.GetValue<double>(), 1e-3);
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(11025)]
    [InlineData(44100)]
    [InlineData(96000)]
    public void It_works_at_any_rate(int rate)
    {
        (float[] samples, int start, int end) = SyntheticSpeech.Place(Sentence, -23, 2, 3, -70, 1);
        double step = (double)Rate / rate;
        float[] other = [.. Enumerable.Range(0, (int)((samples.Length - 2) / step)).Select(i => Interpolate(i * step))];
        using var clip = AudioClip.FromSamples("a", rate, other);
        new StripSilenceStage(new()).Process(clip, TestContext.Current.CancellationToken);
        SampleRange kept = Assert.Single(clip.Kept);
        Assert.InRange((start / step) - kept.Start, 0.08 * rate, 0.16 * rate);
        Assert.InRange(kept.End - (end / step), 0.16 * rate, 0.26 * rate);

        float Interpolate(double at) =>
            samples[(int)at] + (float)((at - (int)at) * (samples[(int)at + 1] - samples[(int)at]));
    }

    [Fact]
    public void The_catalogue_knows_it()
    {
        IStage stage = StageCatalog.CreateDefault().Create("strip-silence", new CleaningOptions());
        Assert.Equal("strip-silence", Assert.IsType<StripSilenceStage>(stage).Name);
    }

    private static StripSilenceOptions Options(SilenceMode mode) => new() { Mode = mode };

    private static AudioClip Process(float[] samples, StripSilenceOptions? options = null)
    {
        var clip = AudioClip.FromSamples("a", Rate, samples);
        new StripSilenceStage(options ?? new()).Process(clip, TestContext.Current.CancellationToken);
        return clip;
    }
}
