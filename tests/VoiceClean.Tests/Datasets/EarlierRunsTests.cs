using VoiceClean.Datasets;
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
