using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;
using VoiceClean.Runs;
using VoiceClean.Testing.Signals;
using VoiceClean.Tests.Runs;
using Xunit;

namespace VoiceClean.Tests.Datasets;

/// <summary>What earlier runs have left: results are no recordings, and what is gone leaves the set.</summary>
public class EarlierRunsTests
{
    [Fact]
    public void A_set_within_the_input_is_not_taken_for_recordings()
    {
        using var set = new MadeSet();
        set.Put("anna/a.wav", Talk.Synthetic(20, -20, -60, hasPauses: true, seed: 1).Samples);
        set.Make();
        int clips = set.Accepted.Count;
        Directory.Move(set.Root, Path.Combine(set.Inputs, "set"));
        SetPlan plan = new BuildSet(
            new BuildSetOptions
            {
                Inputs = new RunInputs { Paths = [set.Inputs] },
                OutputFolder = set.Root,
                Set = set.Options,
            }).Plan(TestContext.Current.CancellationToken);
        Assert.Equal(["anna/a.wav"], plan.All.Select(i => i.Plan.Id));
        Assert.Equal(clips, plan.Selection.SkipCounts["results"]);
        // Without its memory the report still says what it is.
        Directory.Delete(Path.Combine(set.Inputs, "set", ".voiceclean"), recursive: true);
        Assert.Equal(clips, set.Plan().Selection.SkipCounts["results"]);
        // Who names it means it.
        Assert.Equal(
            clips,
            new BuildSet(
                new BuildSetOptions
                {
                    Inputs = new RunInputs { Paths = [Path.Combine(set.Inputs, "set")] },
                    OutputFolder = set.Root,
                    Set = set.Options,
                }).Plan(TestContext.Current.CancellationToken).All.Count);
    }

    [Fact]
    public void A_recording_that_was_renamed_or_deleted_leaves_the_set_with_a_word()
    {
        using var set = new MadeSet();
        string one = set.Put("anna/one.wav", Talk.Synthetic(15, -20, -60, hasPauses: true, seed: 1).Samples);
        string two = set.Put("anna/two.wav", Talk.Synthetic(15, -20, -60, hasPauses: true, seed: 2).Samples);
        set.Put("anna/three.wav", Talk.Synthetic(15, -20, -60, hasPauses: true, seed: 3).Samples);
        set.Make();
        File.Move(one, Path.Combine(set.Inputs, "anna", "uno.wav"));
        File.Delete(two);
        SetResult result = set.Run();
        Assert.Equal(["anna/one.wav", "anna/two.wav"], result.Gone);
        Assert.Equal(["anna/three.wav", "anna/uno.wav"], set.Accepted.Select(c => c.Source).Distinct().Order());
        Assert.Equal(2, result.Report.Recordings);
        Assert.DoesNotContain("one_", File.ReadAllText(Path.Combine(set.Root, "anna.list")), StringComparison.Ordinal);
        Assert.Empty(DatasetFiles.FindForeign(set.Root));
        Assert.Empty(set.Run().Gone);
    }

    [Fact]
    public void A_clip_that_somebody_deleted_comes_back_with_a_word()
    {
        using var set = new MadeSet();
        set.Put("anna/one.wav", Talk.Synthetic(30, -20, -60, hasPauses: true, seed: 1).Samples);
        set.Put("anna/two.wav", Talk.Synthetic(15, -20, -60, hasPauses: true, seed: 2).Samples);
        set.Make();
        string clip = set.Accepted.First(c => c.Source == "anna/one.wav").File;
        File.Delete(Path.Combine(set.Root, clip));
        Assert.Equal([clip], set.Run().Remade);
        Assert.True(File.Exists(Path.Combine(set.Root, clip)));
        Assert.Empty(set.Run().Remade);
    }

    [Fact]
    public void The_manifest_of_a_speaker_who_is_gone_goes_too_and_is_kept_where_somebody_changed_it()
    {
        using var set = new MadeSet();
        set.Put("anna/a.wav", Talk.Synthetic(15, -20, -60, hasPauses: true, seed: 1).Samples);
        string bob = set.Put("bob/b.wav", Talk.Synthetic(15, -20, -60, hasPauses: true, seed: 2).Samples);
        string carl = set.Put("carl/c.wav", Talk.Synthetic(15, -20, -60, hasPauses: true, seed: 3).Samples);
        set.Make();
        File.AppendAllText(Path.Combine(set.Root, "carl.jsonl"), "\n");
        File.WriteAllText(Path.Combine(set.Root, "notes.jsonl"), "{}\n");
        File.Delete(bob);
        File.Delete(carl);
        set.Run();
        Assert.Equal(
            ["anna.jsonl", "notes.jsonl", "rejected.jsonl"],
            Directory.GetFiles(set.Root, "*.jsonl").Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal));
        Assert.Equal(["_edited/carl.jsonl"], WrittenFiles.ListEdited(set.Root));
    }

    [Fact]
    public void A_set_of_another_version_and_layout_leaves_nothing_behind()
    {
        using var set = new MadeSet();
        set.Put("anna/a.wav", Talk.Synthetic(20, -20, -60, hasPauses: true, seed: 1).Samples);
        set.Make(set.Options with
        {
            Target = DatasetTargets.Parse(
                "{\"base\": \"ljspeech\", \"clip_folder\": \"{speaker}\", "
                    + "\"list_name\": \"{speaker}.metadata.csv\"}",
                "old"),
        });
        // What another version wrote besides is passed over; else nobody would know which clips to take away.
        string record = Assert.Single(Directory.GetFiles(Path.Combine(set.Root, ".voiceclean", "recordings")));
        string other = Path.Combine(set.Inputs, "other.json");
        File.WriteAllText(
            other,
            File.ReadAllText(record).Replace("level_ratio_db", "snr_db", StringComparison.Ordinal));
        Assert.Equal(set.Clips.Select(c => c.File), RecordingRecords.TryRead(other)!.Clips.Select(c => c.File));
        set.Make(set.Options with { Target = DatasetTargets.Load("ljspeech") });
        Assert.Equal(
            ["anna.jsonl", "metadata.csv", "rejected.jsonl", "report.json"],
            Directory.GetFiles(set.Root).Select(p => Path.GetFileName(p)!).Order());
        Assert.Equal(
            set.Accepted.Select(c => c.File).Order(),
            Directory.GetFiles(set.Root, "*.wav", SearchOption.AllDirectories)
                .Select(p => Path.GetRelativePath(set.Root, p).Replace('\\', '/'))
                .Order());
        Assert.All(set.Accepted, c => Assert.StartsWith("wavs/", c.File, StringComparison.Ordinal));
    }

    [Fact]
    public void Recordings_of_another_input_stay_and_are_said()
    {
        using var set = new MadeSet();
        set.Put("anna/a.wav", Talk.Synthetic(15, -20, -60, hasPauses: true, seed: 1).Samples);
        set.Make();
        using var other = new MadeSet();
        other.Put("bo/b.wav", Talk.Synthetic(15, -20, -60, hasPauses: true, seed: 2).Samples);
        SetResult result = new BuildSet(
            new BuildSetOptions
            {
                Inputs = new RunInputs { Paths = [other.Inputs] },
                OutputFolder = set.Root,
                Set = set.Options,
            }).Run(new BatchFolder.Collector(), TestContext.Current.CancellationToken);
        Assert.Empty(result.Gone);
        Assert.Equal(1, result.OtherRecordings);
        Assert.Equal(["anna", "bo"], result.Report.Speakers.Select(s => s.Speaker));
    }
}
