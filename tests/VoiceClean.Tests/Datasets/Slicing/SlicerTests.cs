using VoiceClean.Audio;
using VoiceClean.Datasets.Slicing;
using VoiceClean.Errors;
using VoiceClean.Inspection.Speech;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Datasets.Slicing;

public class SlicerTests(ITestOutputHelper output)
{
    private static readonly SliceOptions Options = new();

    [Theory]
    [InlineData(60, -20, -70, true)]
    [InlineData(60, -20, -70, false)]
    [InlineData(60, -20, -40, true)]
    [InlineData(60, -20, -30, true)]
    [InlineData(60, -20, -30, false)]
    [InlineData(60, -40, -75, true)]
    [InlineData(60, -40, -75, false)]
    [InlineData(60, -20, double.NegativeInfinity, true)]
    [InlineData(240, -23, -60, true)]
    [InlineData(240, -23, -35, false)]
    public void No_clip_leaves_the_limits_and_the_speech_is_kept(
        double seconds,
        double levelDb,
        double noiseDb,
        bool hasPauses)
    {
        Talk talk = Talk.Synthetic(seconds, levelDb, noiseDb, hasPauses);
        SlicePlan plan = Plan(talk);
        SliceFigures figures = SliceFigures.Of(talk, plan);
        output.WriteLine($"{seconds} s, {levelDb} dBFS, noise {noiseDb}, pauses {hasPauses}: {figures}");
        AssertLimits(plan, talk.Samples.Length);
        Assert.True(figures.LostShare <= 0.005, figures.ToString());
        Assert.Empty(plan.Dropped);
    }

    [Fact]
    public void Cuts_fall_into_pauses_where_there_are_any()
    {
        Talk talk = Talk.Synthetic(120, -20, -65, hasPauses: true);
        SlicePlan plan = Plan(talk);
        Assert.All(plan.Slices, s => Assert.Equal(CutKind.Pause, s.End));
        Assert.Equal(0, SliceFigures.Of(talk, plan).CutsInWords);
    }

    [Fact]
    public void Without_pauses_cuts_fall_between_words()
    {
        Talk talk = Talk.Synthetic(120, -20, -65, hasPauses: false);
        SlicePlan plan = Plan(talk);
        Assert.Contains(plan.Slices, s => s.End == CutKind.QuietPoint);
        Assert.InRange(SliceFigures.Of(talk, plan).CutsInWords, 0, 2);
    }

    [Fact]
    public void Sound_without_any_dip_is_cut_all_the_same()
    {
        float[] tone = new float[60 * Talk.SampleRate];
        for (int i = 0; i < tone.Length; i++)
        {
            tone[i] = (float)(0.1 * Math.Sin(2 * Math.PI * 300 * i / Talk.SampleRate));
        }

        var activity = new SpeechActivity(
            Talk.SampleRate,
            tone.Length,
            [new SampleRange(0, tone.Length)],
            -40,
            -80,
            -23);
        SlicePlan plan = Slicer.Plan(tone, activity, Options, TestContext.Current.CancellationToken);
        AssertLimits(plan, tone.Length);
        Assert.Equal(tone.Length, plan.KeptSpeechLength);
    }

    [Fact]
    public void Long_pauses_are_shortened_and_short_ones_left_alone()
    {
        const int Rate = Talk.SampleRate;
        SampleRange[] speech = [new(Rate, 2 * Rate), new(2 * Rate + (Rate / 2), 3 * Rate), new(5 * Rate, 6 * Rate)];
        Slice slice = Assert.Single(PlanOf(speech, 7 * Rate).Slices);
        Assert.Equal(2, slice.Ranges.Count);
        Assert.Equal(
            0.4,
            (double)(slice.Ranges[0].End - speech[1].End + speech[2].Start - slice.Ranges[1].Start) / Rate,
            3);
        Assert.Equal(0.1, (double)(speech[0].Start - slice.Extent.Start) / Rate, 3);
        Assert.Equal(0.15, (double)(slice.Extent.End - speech[2].End) / Rate, 3);
        Assert.Equal(speech, slice.Speech);
    }

    [Fact]
    public void A_short_leftover_is_merged_with_its_neighbour_across_any_pause()
    {
        const int Rate = Talk.SampleRate;
        SampleRange[] speech = [new(Rate, 9 * Rate), new(39 * Rate, 39 * Rate + (Rate / 3))];
        Slice slice = Assert.Single(PlanOf(speech, 45 * Rate).Slices);
        Assert.Equal(speech, slice.Speech);
    }

    [Fact]
    public void A_word_alone_takes_more_of_its_pads_before_it_is_dropped()
    {
        const int Rate = Talk.SampleRate;
        Slice slice = Assert.Single(PlanOf([new(Rate, Rate + (int)(0.65 * Rate))], 3 * Rate).Slices);
        Assert.Equal(Rate, slice.Length);
        SlicePlan tooShort = PlanOf([new(Rate, Rate + (Rate / 2))], 3 * Rate);
        Assert.Empty(tooShort.Slices);
        DroppedStretch dropped = Assert.Single(tooShort.Dropped);
        Assert.Equal("too_short", dropped.Reason);
        Assert.Equal(Rate / 2, dropped.SpeechLength);
    }

    [Fact]
    public void No_speech_gives_no_clips()
    {
        SlicePlan plan = Slicer.Plan(
            AudioClip.FromSamples("x", Talk.SampleRate, new float[Talk.SampleRate]),
            Options,
            TestContext.Current.CancellationToken);
        Assert.Empty(plan.Slices);
        Assert.Equal(1, plan.KeptShare);
    }

    [Fact]
    public void The_level_of_the_recording_does_not_matter()
    {
        Talk talk = Talk.Synthetic(60, -20, -60, hasPauses: true);
        SlicePlan plan = Plan(talk), quiet = Plan(talk with { Samples = [.. talk.Samples.Select(x => 0.05f * x)] });
        Assert.Equal(plan.Slices.SelectMany(s => s.Ranges).Count(), quiet.Slices.SelectMany(s => s.Ranges).Count());
        Assert.All(
            plan.Slices.SelectMany(s => s.Ranges).Zip(quiet.Slices.SelectMany(s => s.Ranges)),
            p =>
                Assert.True(
                    Math.Abs(p.First.Start - p.Second.Start) <= 320 && Math.Abs(p.First.End - p.Second.End) <= 320));
    }

    [Fact]
    public void Limits_that_contradict_each_other_are_refused()
    {
        Assert.Throws<VoiceCleanException>(() => new SliceOptions { MinLength = TimeSpan.FromSeconds(5) }.Validate());
        Assert.Throws<VoiceCleanException>(() =>
            new SliceOptions
            {
                MinLength = TimeSpan.FromSeconds(3),
                MaxLength = TimeSpan.FromSeconds(5),
                TargetMax = TimeSpan.FromSeconds(5),
            }.Validate());
        Assert.Throws<VoiceCleanException>(() =>
            new SliceOptions { ShortenedPause = TimeSpan.FromSeconds(1) }.Validate());
    }

    internal static void AssertLimits(SlicePlan plan, int length)
    {
        int last = 0;
        foreach (Slice slice in plan.Slices)
        {
            Assert.InRange(
                (double)slice.Length / Talk.SampleRate,
                Options.MinLength.TotalSeconds,
                Options.MaxLength.TotalSeconds);
            foreach (SampleRange range in slice.Ranges)
            {
                Assert.True(range.Start >= last && range.End > range.Start, $"{range} after {last}");
                last = range.End;
            }
        }

        Assert.True(last <= length);
    }

    private static SlicePlan Plan(Talk talk)
    {
        using var clip = AudioClip.FromSamples("talk", Talk.SampleRate, talk.Samples);
        return Slicer.Plan(clip, Options, TestContext.Current.CancellationToken);
    }

    // Speech as noise bursts exactly where it is said to be.
    private static SlicePlan PlanOf(SampleRange[] speech, int length)
    {
        var random = new Random(1);
        float[] samples = new float[length];
        foreach (SampleRange r in speech)
        {
            for (int i = r.Start; i < r.End; i++)
            {
                samples[i] = (float)(random.NextDouble() - 0.5);
            }
        }

        return Slicer.Plan(samples, new SpeechActivity(Talk.SampleRate, length, speech, -40, -90, -20), Options);
    }
}
