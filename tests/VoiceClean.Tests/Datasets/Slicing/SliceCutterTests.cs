using VoiceClean.Audio;
using VoiceClean.Datasets.Slicing;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Datasets.Slicing;

public class SliceCutterTests
{
    private static readonly TimeSpan Fade = TimeSpan.FromMilliseconds(5);

    [Fact]
    public void Speech_is_copied_bit_for_bit_and_the_time_map_finds_it()
    {
        Talk talk = Talk.Synthetic(90, -20, -50, hasPauses: true, seed: 3);
        using var recording = AudioClip.FromSamples("talk", Talk.SampleRate, talk.Samples);
        SlicePlan plan = Slicer.Plan(recording, new SliceOptions(), TestContext.Current.CancellationToken);
        Assert.Contains(plan.Slices, s => s.Ranges.Count > 1);
        foreach (Slice slice in plan.Slices)
        {
            using AudioClip clip = SliceCutter.Cut(recording, slice, "clip", Fade);
            IReadOnlyList<TimeMapEntry> map = TimeMap.Of(recording, slice.Ranges);
            Assert.Equal(slice.Ranges.Count, map.Count);
            Assert.Equal(slice.Length, clip.Samples.Length);
            foreach (TimeMapEntry entry in map)
            {
                int at = At(entry.ClipS), from = At(entry.SourceS);
                for (int i = 0; i < At(entry.LengthS); i++)
                {
                    if (slice.Speech.Any(s => from + i >= s.Start && from + i < s.End))
                    {
                        Assert.Equal(talk.Samples[from + i], clip.Samples[at + i]);
                    }
                }
            }
        }

        static int At(double seconds) => (int)Math.Round(seconds * Talk.SampleRate);
    }

    [Fact]
    public void Ends_in_pauses_fade_and_cuts_in_speech_do_not()
    {
        float[] ones = [.. Enumerable.Repeat(1f, 32_000)];
        using var recording = AudioClip.FromSamples("x", Talk.SampleRate, ones);
        var slice = new Slice(
            [new SampleRange(0, 10_000), new SampleRange(20_000, 30_000)],
            CutKind.Pause,
            CutKind.QuietPoint,
            [new SampleRange(500, 9_000), new SampleRange(21_000, 30_000)]);
        using AudioClip clip = SliceCutter.Cut(recording, slice, "x", Fade);
        Assert.True(clip.Samples[0] < 0.001);
        Assert.True(clip.Samples[80] is > 0.4f and < 0.6f);
        Assert.Equal(1, clip.Samples[160]);
        Assert.Equal(1, clip.Samples[^1]);
        // Equal power: two unlike noises would keep their level; equal samples rise by up to 3 dB.
        Assert.InRange(clip.Samples[10_080], 1.4f, 1.42f);
    }

    [Fact]
    public void The_time_map_goes_through_cuts_made_before_slicing()
    {
        using var recording = AudioClip.FromSamples("x", 1000, new float[10_000]);
        recording.Keep([new SampleRange(1000, 3000), new SampleRange(5000, 9000)]);
        IReadOnlyList<TimeMapEntry> map = TimeMap.Of(
            recording,
            [new SampleRange(500, 2500), new SampleRange(4000, 5000)]);
        Assert.Equal([new(0, 1.5, 1.5), new(1.5, 5, 0.5), new(2, 7, 1)], map);
        Assert.Equal(7.25, TimeMap.ToSource(map, 2.25));
    }
}
