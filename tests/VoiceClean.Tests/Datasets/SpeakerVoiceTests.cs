using VoiceClean.Datasets;
using VoiceClean.Datasets.Slicing;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Datasets;

/// <summary>What is no voice stays out of the set, with its reason; all that is one stays in.</summary>
public class SpeakerVoiceTests
{
    private const int Rate = Talk.SampleRate;

    [Theory]
    [InlineData("engine", -56)]
    [InlineData("engine", -38)]
    [InlineData("typing", -40)]
    [InlineData("melody", -30)]
    [InlineData("chords", -30)]
    public void Noise_typing_and_music_in_a_long_pause_become_no_clips(string what, double levelDb)
    {
        using var set = new MadeSet();
        (float[] recording, double from, double to) = With(Other(what, 18, levelDb));
        set.Put("anna/talk.wav", recording);
        DatasetReport report = set.Make();
        Assert.Equal([DropReasons.NoVoice], report.ClipsRejected.Keys);
        IReadOnlyList<ClipRecord> clips = SetClips.Of(RecordingRecords.ReadAll(set.Root));
        Assert.All(clips, c => Assert.Equal(
            (c.File, Middle(c) > from && Middle(c) < to),
            (c.File, c.Reason == DropReasons.NoVoice)));
        Assert.All(clips, c => Assert.True(File.Exists(Path.Combine(set.Root, c.File)), c.File));
        Assert.All(clips.Where(c => c.Reason is not null), c =>
        {
            Assert.StartsWith("_rejected/anna/", c.File, StringComparison.Ordinal);
            Assert.NotEmpty(c.Message!);
        });
        string list = File.ReadAllText(Path.Combine(set.Root, "anna.list"));
        Assert.Equal(report.Clips, list.Split('\n').Length - 1);
        // Nothing is made again, and everything stays in its place.
        IReadOnlyDictionary<string, string> tree = set.Tree();
        set.Make();
        Assert.Equal(tree, set.Tree());
        Assert.Empty(DatasetFiles.FindForeign(set.Root));
    }

    [Fact]
    public void More_of_the_same_brings_a_clip_back()
    {
        using var set = new MadeSet();
        set.Put("anna/loud.wav", Talk.Synthetic(20, -15, -70, hasPauses: true, seed: 1).Samples);
        (float[] recording, double from, double to) = With(
            Talk.Synthetic(9, -45, -90, hasPauses: false, seed: 2).Samples);
        set.Put("anna/far.wav", recording);
        set.Make();
        Assert.Contains(SetClips.Of(RecordingRecords.ReadAll(set.Root)), c => c.Reason == DropReasons.NoVoice);
        for (int i = 3; i < 7; i++)
        {
            set.Put($"anna/quiet{i}.wav", Talk.Synthetic(30, -45, -90, hasPauses: true, seed: i).Samples);
        }

        DatasetReport report = set.Make();
        Assert.Empty(report.ClipsRejected);
        Assert.All(set.Clips, c => Assert.True(File.Exists(Path.Combine(set.Root, c.File)), c.File));
        Assert.True(from < to);
    }

    [Fact]
    public void A_quiet_recording_of_the_same_voice_stays()
    {
        using var set = new MadeSet();
        float[] talk = Talk.Synthetic(40, -15, -90, hasPauses: true, seed: 3).Samples;
        set.Put("anna/loud.wav", talk);
        set.Put("anna/quiet.wav", [.. talk.Select(x => x * 0.03f)]);
        Assert.Empty(set.Make().ClipsRejected);
    }

    // Speech, then something else in a pause of its own, then speech again.
    private static (float[] Samples, double From, double To) With(float[] other)
    {
        Talk before = Talk.Synthetic(24, -24, -75, hasPauses: true, seed: 11),
            behind = Talk.Synthetic(16, -24, -75, hasPauses: true, seed: 12);
        float[] pause = Noise(2 * Rate, -75, 5);
        double from = (double)before.Samples.Length / Rate;
        return (
            [.. before.Samples, .. pause, .. other, .. pause, .. behind.Samples],
            from,
            from + 4 + ((double)other.Length / Rate));
    }

    private static float[] Other(string what, double seconds, double levelDb)
    {
        float[] sound = what switch
        {
            "engine" => Engine((int)(seconds * Rate)),
            "typing" => Typing((int)(seconds * Rate)),
            _ => Music((int)(seconds * Rate), what == "chords" ? [1, 1.25, 1.5] : [1]),
        };
        double rms = Math.Sqrt(sound.Average(x => (double)x * x)), gain = Math.Pow(10, levelDb / 20) / rms;
        return [.. sound.Select(x => (float)(x * gain))];
    }

    // A rumble whose bursts come 12 times a second, louder and softer.
    private static float[] Engine(int length)
    {
        float[] noise = Noise(length, -20, 7);
        double low = 0;
        for (int i = 0; i < length; i++)
        {
            low += 0.1 * (noise[i] - low);
            double swell = 1 + (0.9 * Math.Sin(2 * Math.PI * 0.3 * i / Rate));
            noise[i] = (float)(low * swell * (1 + Math.Sin(2 * Math.PI * 12 * i / Rate)));
        }

        return noise;
    }

    private static float[] Typing(int length)
    {
        float[] typing = new float[length], noise = Noise(length, -10, 9);
        var random = new Random(3);
        for (int at = 0; at < length; at += (int)(Rate * (0.12 + (0.12 * random.NextDouble()))))
        {
            for (int i = 0; i < Rate / 20 && at + i < length; i++)
            {
                typing[at + i] += (float)(noise[at + i] * Math.Exp(-i / (0.008 * Rate)));
            }
        }

        return typing;
    }

    private static float[] Music(int length, double[] chord)
    {
        float[] music = new float[length];
        var random = new Random(5);
        int note = (int)(0.4 * Rate);
        for (int at = 0; at < length; at += note)
        {
            double pitch = 220 * Math.Pow(2, random.Next(0, 13) / 12.0);
            for (int i = 0; i < note && at + i < length; i++)
            {
                double t = (double)i / Rate, sum = 0;
                foreach (double step in chord)
                {
                    for (int k = 1; k <= 5; k++)
                    {
                        sum += Math.Sin(2 * Math.PI * pitch * step * k * t) / k;
                    }
                }

                music[at + i] = (float)(sum * Math.Exp(-3 * t));
            }
        }

        return music;
    }

    private static float[] Noise(int length, double levelDb, int seed)
    {
        var random = new Random(seed);
        double scale = Math.Pow(10, levelDb / 20) * Math.Sqrt(3);
        return [.. Enumerable.Range(0, length).Select(_ => (float)(scale * ((2 * random.NextDouble()) - 1)))];
    }

    private static double Middle(ClipRecord clip) => (clip.StartS + clip.EndS) / 2;
}
