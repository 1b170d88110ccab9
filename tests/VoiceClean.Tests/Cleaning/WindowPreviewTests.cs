using VoiceClean.Audio;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Cleaning;

public class WindowPreviewTests
{
    private const int Rate = 32_000;
    private const double LeastDb = 30;

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.75)]
    [InlineData(0.9)]
    public void A_preview_is_the_result_of_the_whole_to_30_dB_at_any_strength(double strength) =>
        AssertNear(new CleaningOptions(), new CleaningOptions { Strength = strength });

    [Theory]
    [InlineData("boat")]
    [InlineData("train")]
    [InlineData("rain")]
    [InlineData("key_black")]
    public void In_real_noise_and_among_loud_keys_a_preview_is_the_result_of_the_whole_to_30_dB(string noise)
    {
        float[] clip = Talk.Real(EvaluationClips.LoadClean(), 40, -24, -90, hasPauses: true).Samples;
        float[] around = EvaluationClips.LoadNoise().Single(n => n.Name == noise).Samples;
        double gain = 0.063 * Math.Pow(10, -15 / 20.0) / Math.Sqrt(around.Average(s => (double)s * s));
        for (int i = 0; i < clip.Length; i++)
        {
            clip[i] += (float)(gain * around[i % around.Length]);
        }

        StagedRun last = Run(new CleaningOptions(), out StageCache cache, clip);
        AssertNear(last, cache, new CleaningOptions { Strength = 0.3 });
        AssertNear(last, cache, new CleaningOptions { Strength = 0.85 });
    }

    [Fact]
    public void A_preview_learns_other_noise_from_the_whole()
    {
        var range = OptionTable.Cleaning.Find("noise")!.Set(new CleaningOptions(), "range:20s-20.6s");
        AssertNear(new CleaningOptions(), range);
    }

    [Fact]
    public void A_preview_has_the_gain_and_the_cuts_that_the_whole_will_have()
    {
        AssertNear(new CleaningOptions(), new CleaningOptions { Loudness = new() { TargetLufs = -23 } });
        AssertNear(new CleaningOptions(), new CleaningOptions { Compress = new() { Enabled = true } });
        StagedRun last = Run(new CleaningOptions(), out StageCache cache);
        var options = new CleaningOptions { Silence = new() { Mode = VoiceClean.Stages.StripSilence.SilenceMode.All } };
        PreviewedWindow preview = Preview(last, cache, options, 12);
        StagedRun whole = cache.Clean(Job, options, default).Run!;
        Assert.Equal(whole.Result.Kept, preview.Kept);
        Assert.Equal(whole.GainDb, preview.GainDb, 9);
    }

    [Fact]
    public void The_residue_of_a_preview_and_what_is_left_make_the_recording()
    {
        StagedRun last = Run(new CleaningOptions(), out StageCache cache);
        PreviewedWindow preview = Preview(last, cache, new CleaningOptions { Strength = 0 }, 12);
        Assert.Equal(cache.Input.Samples[preview.Range.Start..preview.Range.End].ToArray(), preview.Denoised);
    }

    [Fact]
    public void At_the_ends_of_a_recording_there_is_less_around_a_window_and_nothing_breaks()
    {
        StagedRun last = Run(new CleaningOptions(), out StageCache cache);
        foreach (double start in new[] { 0, 0.01, 38, 39.9 })
        {
            Assert.All(Preview(last, cache, new CleaningOptions { Strength = 0.7 }, start).After, s =>
                Assert.True(float.IsFinite(s)));
        }
    }

    private static void AssertNear(CleaningOptions before, CleaningOptions after) =>
        AssertNear(Run(before, out StageCache cache), cache, after);

    private static void AssertNear(StagedRun last, StageCache cache, CleaningOptions after)
    {
        PreviewedWindow[] previews = [.. new[] { 4.0, 14, 25 }.Select(at => Preview(last, cache, after, at))];
        StagedRun whole = cache.Clean(Job, after, default).Run!;
        foreach (PreviewedWindow preview in previews)
        {
            double signal = 0, error = 0;
            foreach ((int at, float exact) in Kept(whole, preview.Range))
            {
                double difference = exact - preview.After[at - preview.Range.Start];
                (signal, error) = (signal + ((double)exact * exact), error + (difference * difference));
            }

            Assert.True(signal > 0);
            double db = 10 * Math.Log10(signal / error);
            Assert.True(db >= LeastDb, $"at {(double)preview.Range.Start / Rate} s: {db:0.0} dB");
        }
    }

    // What of the result lies in a stretch of the input.
    private static IEnumerable<(int At, float Sample)> Kept(StagedRun run, SampleRange range)
    {
        int done = 0;
        foreach (SampleRange kept in run.Result.Kept)
        {
            for (int at = Math.Max(kept.Start, range.Start); at < Math.Min(kept.End, range.End); at++)
            {
                yield return (at, run.Result.Samples.Span[done + at - kept.Start]);
            }

            done += kept.Length;
        }
    }

    private static PreviewedWindow Preview(StagedRun last, StageCache cache, CleaningOptions options, double start)
    {
        int from = (int)(start * Rate), end = Math.Min(from + (10 * Rate), last.Input.Samples.Length);
        return new WindowPreview(last).Clean(
            cache.PipelineOf(options),
            options,
            new SampleRange(from, end),
            1,
            default);
    }

    private static StagedRun Run(CleaningOptions options, out StageCache cache, float[]? recording = null)
    {
        using AudioClip clip = AudioClip.FromSamples(
            "take.wav",
            Rate,
            recording ?? SyllablesInNoise.Make(40, seed: 5));
        cache = new StageCache(ClipState.Of(clip));
        return cache.Clean(Job, options, default).Run!;
    }

    private static ClipJob Job => new()
    {
        Id = "take.wav",
        InputPath = "take.wav",
        OutputPath = "",
        OpenInput = () => Stream.Null,
        Publish = _ => { },
    };
}
