using System.Text.Json.Nodes;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Datasets;
using VoiceClean.Datasets.Slicing;
using VoiceClean.Datasets.Targets;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Datasets;

public class DatasetTests
{
    // Low enough for the limiter to have nothing to do.
    private static readonly DatasetTarget s_soft = DatasetTargets.Parse("{\"loudness_lufs\": -28}", "test");

    [Fact]
    public void Every_clip_is_accepted_by_GPT_SoVITS_own_rules_and_by_our_check()
    {
        using var set = new MadeSet();
        set.Put("anna/talk.wav", Talk.Synthetic(70, -20, -60, hasPauses: true, seed: 1).Samples);
        set.Put("anna/on and on.wav", Talk.Synthetic(70, -40, -80, hasPauses: false, seed: 2).Samples);
        set.Put("bo/talk.wav", Talk.Synthetic(40, -14, -45, hasPauses: true, seed: 3).Samples, 32_000);
        DatasetReport report = set.Make();
        Assert.Equal(report.Clips, set.Accepted.Count);
        Assert.InRange(report.Clips, 18, 60);
        var trainer = new GptSovitsRules();
        trainer.Read(Path.Combine(set.Root, "anna.list"));
        trainer.Read(Path.Combine(set.Root, "bo.list"));
        Assert.Empty(trainer.Refused);
        Assert.Equal(report.Clips, trainer.Accepted.Count);
        Assert.All(Check(set), c => Assert.Empty(ButForText(c)));
    }

    [Fact]
    public void The_layout_is_flat_and_nothing_else_lies_in_it()
    {
        using var set = new MadeSet();
        set.Put("anna/talk.wav", Talk.Synthetic(30, -20, -60, hasPauses: true).Samples);
        set.Make();
        Assert.Equal(
            [".voiceclean", "anna", "anna.jsonl", "anna.list", "rejected.jsonl", "report.json"],
            Directory
                .EnumerateFileSystemEntries(set.Root)
                .Select(p => Path.GetFileName(p)!)
                .Order(StringComparer.Ordinal));
        Assert.All(
            Directory.EnumerateFileSystemEntries(Path.Combine(set.Root, "anna")),
            p => Assert.Matches(@"talk_\d{8}_\d{8}\.wav$", p));
        Assert.Empty(DatasetFiles.FindForeign(set.Root));
        string manifest = File.ReadAllLines(Path.Combine(set.Root, "anna.jsonl"))[0];
        Assert.NotNull(JsonNode.Parse(manifest)!["time_map"]);
    }

    [Fact]
    public void Clips_have_their_loudness_their_peak_and_their_limits()
    {
        using var set = new MadeSet();
        Talk talk = Talk.Synthetic(60, -30, -70, hasPauses: true, seed: 5);
        set.Put("anna/talk.wav", talk.Samples);
        set.Make();
        foreach (ClipRecord clip in set.Accepted)
        {
            (float[] samples, int rate) = Read(set, clip);
            Assert.Equal(32_000, rate);
            Assert.Equal(clip.DurationS, (double)samples.Length / rate, 4);
            Assert.InRange(clip.DurationS, 1, 19.5);
            LoudnessMeasurement measured = LoudnessMeasurement.Measure(
                samples,
                rate,
                TestContext.Current.CancellationToken);
            Assert.InRange(measured.IntegratedLufs, -16.1, -15.9);
            Assert.True(measured.TruePeakDb <= -1);
        }
    }

    [Fact]
    public void The_time_map_leads_back_to_the_source_through_shortened_pauses()
    {
        using var set = new MadeSet();
        Talk talk = Talk.Synthetic(60, -20, double.NegativeInfinity, hasPauses: true, seed: 6);
        set.Put("anna/talk.wav", talk.Samples);
        set.Make(set.Options with { Target = s_soft });
        Assert.Contains(set.Accepted, c => c.TimeMap.Count > 1);
        foreach (ClipRecord clip in set.Accepted)
        {
            (float[] samples, _) = Read(set, clip);
            double gain = Decibels.ToAmplitude(clip.GainDb);
            foreach (TimeMapEntry entry in clip.TimeMap)
            {
                int from = (int)Math.Round(entry.SourceS * 32_000),
                    at = (int)Math.Round(entry.ClipS * 32_000),
                    length = (int)Math.Round(entry.LengthS * 32_000);
                double product = 0,
                    clipPower = 0,
                    sourcePower = 0;
                for (int i = 0; i < length; i++)
                {
                    double a = samples[at + i], b = gain * talk.Samples[from + i];
                    product += a * b;
                    clipPower += a * a;
                    sourcePower += b * b;
                }

                // Fades, cross-fades and dither are all that may differ; a shift by one sample would cost more.
                Assert.InRange(product / Math.Sqrt(clipPower * sourcePower), 0.9999, 1.0001);
            }
        }
    }

    [Fact]
    public void One_gain_for_a_recording_or_a_speaker_keeps_differences()
    {
        using var set = new MadeSet();
        set.Put("anna/loud.wav", Talk.Synthetic(30, -20, -70, hasPauses: true, seed: 7).Samples);
        set.Put("anna/soft.wav", Talk.Synthetic(30, -26, -76, hasPauses: true, seed: 7).Samples);
        set.Make(set.Options with { LoudnessPer = LoudnessScope.Recording, Target = s_soft });
        Assert.Equal(2, set.Accepted.Select(c => Math.Round(c.GainDb, 3)).Distinct().Count());
        set.Make(set.Options with { LoudnessPer = LoudnessScope.Speaker, Target = s_soft });
        Assert.Single(set.Accepted.Select(c => Math.Round(c.GainDb, 3)).Distinct());
        Assert.InRange(
            set.Accepted.Where(c => c.Source.Contains("loud", StringComparison.Ordinal)).Average(c => c.IntegratedLufs)
                - set.Accepted.Where(c => c.Source.Contains("soft", StringComparison.Ordinal))
                    .Average(c => c.IntegratedLufs),
            5,
            7);
        set.Make();
        Assert.All(set.Accepted, c => Assert.InRange(c.IntegratedLufs, -16.1, -15.9));
    }

    [Fact]
    public void One_gain_for_a_recording_is_found_below_the_absolute_gate_too()
    {
        using var set = new MadeSet();
        float[] quiet = Talk.Synthetic(60, -69, -119, hasPauses: true, seed: 7).Samples;
        set.Put("anna/quiet.wav", quiet, encoding: SampleEncoding.IeeeFloat);
        set.Make(set.Options with { LoudnessPer = LoudnessScope.Recording, Target = s_soft });
        Assert.True(set.Accepted.Count > 1);
        Assert.Single(set.Accepted.Select(c => Math.Round(c.GainDb, 3)).Distinct());
    }

    [Fact]
    public void The_same_command_again_does_nothing_and_a_lost_clip_comes_back()
    {
        using var set = new MadeSet();
        set.Put("anna/a.wav", Talk.Synthetic(25, -20, -60, hasPauses: true, seed: 8).Samples);
        set.Put("anna/b.wav", Talk.Synthetic(25, -20, -60, hasPauses: true, seed: 9).Samples);
        set.Make();
        IReadOnlyDictionary<string, string> tree = set.Tree();
        set.Make();
        Assert.All(set.Reports, r => Assert.Equal(ClipStatus.Unchanged, r.Status));
        Assert.Equal(tree, set.Tree());
        File.Delete(Path.Combine(set.Root, set.Accepted[0].File));
        set.Make();
        Assert.Equal([ClipStatus.Ok, ClipStatus.Unchanged], set.Reports.Select(r => r.Status));
        Assert.Equal(tree, set.Tree());
    }

    [Fact]
    public void Other_settings_replace_the_clips_and_leave_none_of_the_old_ones()
    {
        using var set = new MadeSet();
        set.Put("anna/a.wav", Talk.Synthetic(40, -20, -60, hasPauses: true, seed: 10).Samples);
        set.Make();
        IReadOnlyDictionary<string, string> tree = set.Tree();
        set.Make(
            set.Options with
            {
                Target = DatasetTargets.Parse("{\"target_max_s\": 5, \"max_clip_s\": 8}", "test"),
            });
        Assert.All(set.Accepted, c => Assert.InRange(c.DurationS, 1, 8));
        Assert.Empty(DatasetFiles.FindForeign(set.Root));
        set.Make();
        Assert.Equal(tree, set.Tree());
    }

    [Fact]
    public void A_new_speaker_name_stem_or_text_moves_the_clips_and_redoes_no_other_recording()
    {
        using var set = new MadeSet();
        float[] talk = Talk.Synthetic(15, -20, -60, hasPauses: true, seed: 16).Samples;
        set.Put("a/x.wav", talk);
        set.Put("b/y.wav", Talk.Synthetic(15, -20, -60, hasPauses: true, seed: 17).Samples);
        set.Make();
        // A second x: both get names with their folder; y stays as it is.
        set.Put("c/x.wav", Talk.Synthetic(15, -20, -60, hasPauses: true, seed: 18).Samples);
        set.Make();
        Assert.Equal([ClipStatus.Ok, ClipStatus.Unchanged, ClipStatus.Ok], set.Reports.Select(r => r.Status));
        Assert.All(
            set.Accepted.Where(c => c.Speaker == "a"),
            c => Assert.StartsWith("a/a_x_", c.File, StringComparison.Ordinal));
        Assert.Empty(DatasetFiles.FindForeign(set.Root));
        File.WriteAllText(Path.Combine(set.Inputs, "b", "y.txt"), "What I said.");
        set.Make();
        Assert.Equal([ClipStatus.Unchanged, ClipStatus.Ok, ClipStatus.Unchanged], set.Reports.Select(r => r.Status));
        Assert.Equal("What I said.", Assert.Single(set.Accepted, c => c.Speaker == "b").Text);
        set.Speaker = "all";
        set.Make();
        Assert.All(set.Accepted, c => Assert.StartsWith("all/", c.File, StringComparison.Ordinal));
        Assert.Empty(DatasetFiles.FindForeign(set.Root));
    }

    [Fact]
    public void Rejected_clips_lie_aside_with_their_reason_and_so_does_what_is_too_short()
    {
        using var set = new MadeSet();
        set.Put("anna/noisy.wav", Talk.Synthetic(30, -22, -30, hasPauses: true, seed: 11).Samples);
        float[] word = [.. new float[32_000], .. SyntheticSpeech.Say("sas", 1), .. new float[32_000]];
        set.Put("anna/word.wav", word);
        set.Put("anna/silent.wav", new float[64_000]);
        set.Put("anna/good.wav", Talk.Synthetic(20, -20, -60, hasPauses: true, seed: 12).Samples);
        // A single word is too short for a clip; as a recording it is not refused here.
        CleaningOptions cleaning = set.Options.Cleaning with
        {
            Gate = set.Options.Cleaning.Gate with { MinSpeech = TimeSpan.Zero },
        };
        DatasetReport report = set.Make(set.Options with { MinLevelRatioDb = 15, Cleaning = cleaning });
        Assert.True(
            report.ClipsRejected.GetValueOrDefault("snr_too_low") > 0,
            string.Join(' ', set.Clips.Select(c => $"{c.File} {c.LevelRatioDb:F1} {c.Reason}"))
                + string.Join(' ', set.Reports.Select(r => r.Message)));
        Assert.Equal(1, report.ClipsRejected["too_short"]);
        Assert.Equal("anna/silent.wav", Assert.Single(report.RecordingsRejected).Source);
        Assert.All(
            set.Clips.Where(c => c.Reason is not null),
            c =>
            {
                Assert.StartsWith("_rejected/anna/", c.File, StringComparison.Ordinal);
                Assert.True(File.Exists(Path.Combine(set.Root, c.File)));
                Assert.NotEmpty(c.Message!);
            });
        Assert.Equal(
            set.Clips.Count(c => c.Reason is not null),
            File.ReadAllLines(Path.Combine(set.Root, "rejected.jsonl")).Length);
        Assert.All(set.Accepted, c => Assert.Contains("good", c.File, StringComparison.Ordinal));
        Assert.All(Check(set), c => Assert.Empty(ButForText(c)));
    }

    [Fact]
    public void Text_is_carried_to_a_clip_that_holds_the_whole_recording_and_to_no_other()
    {
        using var set = new MadeSet();
        // 14 s would be two clips, were there no text that belongs to all of it.
        set.Put("anna/sentence.wav", Talk.Synthetic(14, -20, -60, hasPauses: true, seed: 13).Samples);
        set.Put("anna/story.wav", Talk.Synthetic(60, -20, -60, hasPauses: true, seed: 14).Samples);
        string list = Path.Combine(set.Inputs, "texts.list");
        File.WriteAllText(list, "raw/sentence.wav|anna|ZH|你好，世界\nraw/story.wav|anna|ZH|很长\n");
        set.Transcripts = [list];
        set.Make();
        Assert.Contains(
            "|anna|ZH|你好，世界\n",
            File.ReadAllText(Path.Combine(set.Root, "anna.list")),
            StringComparison.Ordinal);
        Assert.Single(set.Accepted, c => c.Text is not null);
        Assert.Single(set.Accepted, c => c.Source == "anna/sentence.wav");
    }

    [Fact]
    public void The_other_targets_get_what_they_ask_for()
    {
        using var set = new MadeSet();
        set.Put("anna/talk.wav", Talk.Synthetic(30, -20, -60, hasPauses: true, seed: 15).Samples);
        foreach (string name in DatasetTargets.Names)
        {
            DatasetTarget target = DatasetTargets.Load(name);
            set.Make(set.Options with { Target = target });
            Assert.True(set.Accepted.Any(), string.Join(' ', set.Reports.Select(r => $"{name}: {r.Message}")));
            Assert.Equal(
                target.ListFormat != ListFormat.TextBeside,
                File.Exists(
                    Path.Combine(set.Root, target.ListName.Replace("{speaker}", "anna", StringComparison.Ordinal))));
            Assert.All(set.Accepted, c => Assert.InRange(c.DurationS, target.MinClipS, target.MaxClipS));
            // Nobody has said yet what is said; fish-speech passes over such clips, all others learn nonsense.
            Assert.All(
                Check(set, target),
                c => Assert.Equal(
                    (name, name == "fish-speech" ? "in_list" : "text_missing"),
                    (name, string.Join('+', c.Rules.Select(r => r.Rule)))));
        }
    }

    private static IEnumerable<string> ButForText(CheckedClip clip) =>
        clip.Rules.Select(r => r.Rule).Where(r => r != "text_missing");

    private static (float[] Samples, int Rate) Read(MadeSet set, ClipRecord clip)
    {
        byte[] wav = File.ReadAllBytes(Path.Combine(set.Root, clip.File));
        float[] samples = new float[(wav.Length - 44) / 2];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = BitConverter.ToInt16(wav, 44 + (2 * i)) / 32768f;
        }

        return (samples, BitConverter.ToInt32(wav, 24));
    }

    internal static IReadOnlyList<CheckedClip> Check(MadeSet set, DatasetTarget? target = null)
    {
        target ??= set.Options.Target;
        var decoders = AudioDecoders.CreateDefault();
        return
        [
            .. SetReader
                .List(set.Root, target)
                .Select(c => SetChecker.Check(set.Root, c, target, decoders, TestContext.Current.CancellationToken)),
        ];
    }
}
