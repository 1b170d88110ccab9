using VoiceClean.Datasets;
using VoiceClean.Runs;
using VoiceClean.Runs.State;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Datasets;

/// <summary>What a dry run says is what the run does.</summary>
public class SetPreviewTests
{
    [Fact]
    public void What_stands_is_kept_and_what_changed_is_made_again()
    {
        using var set = new MadeSet();
        set.Put("anna/a.wav", Talk.Synthetic(15, -20, -60, hasPauses: true, seed: 1).Samples);
        set.Put("anna/b.wav", Talk.Synthetic(15, -20, -60, hasPauses: true, seed: 2).Samples);
        set.Put("anna/silent.wav", new float[44_100]);
        Assert.Equal([ResumeAction.Create, ResumeAction.Create, ResumeAction.Create], ActionsOf(set));
        set.Make();
        Assert.Equal([ResumeAction.Keep, ResumeAction.Keep, ResumeAction.Keep], ActionsOf(set));
        Assert.Equal(["anna/silent.wav"], PreviewOf(set).Steps.Where(s => s.Files == 0).Select(s => s.Item.Plan.Id));
        File.WriteAllText(Path.Combine(set.Inputs, "anna/a.txt"), "Something is said about it.");
        Assert.Equal([ResumeAction.Replace, ResumeAction.Keep, ResumeAction.Keep], ActionsOf(set));
        set.Make();
        Assert.Equal([ResumeAction.Keep, ResumeAction.Keep, ResumeAction.Keep], ActionsOf(set));
        File.Delete(Path.Combine(set.Root, set.Accepted.First(c => c.Source == "anna/b.wav").File));
        Assert.Equal([ResumeAction.Keep, ResumeAction.Replace, ResumeAction.Keep], ActionsOf(set));
        Assert.DoesNotContain(
            ResumeAction.Keep,
            ActionsOf(set, set.Options with { LoudnessPer = LoudnessScope.Recording }));
    }

    [Fact]
    public void Clips_of_recordings_that_are_gone_are_named()
    {
        using var set = new MadeSet();
        set.Put("anna/a.wav", Talk.Synthetic(15, -20, -60, hasPauses: true, seed: 1).Samples);
        string gone = set.Put("anna/b.wav", Talk.Synthetic(15, -20, -60, hasPauses: true, seed: 2).Samples);
        set.Make();
        File.Delete(gone);
        string[] before = [.. Directory.GetFiles(set.Root, "*", SearchOption.AllDirectories).Order()];
        Assert.Equal(["anna/b.wav"], PreviewOf(set).Gone);
        Assert.Equal(before, Directory.GetFiles(set.Root, "*", SearchOption.AllDirectories).Order());
        Assert.Equal(["anna/b.wav"], set.Run().Gone);
    }

    private static IEnumerable<ResumeAction> ActionsOf(MadeSet set, DatasetOptions? options = null) =>
        PreviewOf(set, options).Steps.OrderBy(s => s.Item.Plan.Id, StringComparer.Ordinal).Select(s => s.Action);

    private static SetPreview PreviewOf(MadeSet set, DatasetOptions? options = null) =>
        new BuildSet(
            new BuildSetOptions
            {
                Inputs = new RunInputs { Paths = [set.Inputs] },
                OutputFolder = set.Root,
                Set = options ?? set.Options,
            }).Preview(TestContext.Current.CancellationToken);
}
