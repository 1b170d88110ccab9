using VoiceClean.Cleaning.Reports;
using VoiceClean.Datasets;
using VoiceClean.Errors;
using VoiceClean.Inspection;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using VoiceClean.Tests.Datasets;
using Xunit;

namespace VoiceClean.Tests.Runs;

/// <summary>Results of earlier runs whose recordings are gone, unreadable or hopeless now.</summary>
public sealed class EarlierResultsTests : IDisposable
{
    private const string Stays = "What an earlier run made of it stays as it was.";
    private const string Removed = "What an earlier run made of it was removed.";

    private readonly BatchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Results_of_recordings_that_are_gone_stay_and_are_named()
    {
        string a = _folder.Clip("a.wav", 1);
        _folder.Clip("s/b.wav", 2);
        _folder.Clip("c.wav", 3);
        Assert.Empty(Run().Result.Left);
        File.Delete(a);
        Directory.Delete(Path.Combine(_folder.In, "s"), recursive: true);
        RunResult result = Run().Result;
        Assert.Equal([Path.Combine(_folder.Out, "a.wav"), Path.Combine(_folder.Out, "s/b.wav")], result.Left);
        Assert.Equal(2, result.Summary.ResultsWithoutInput);
        Assert.All(result.Left, p => Assert.True(File.Exists(p)));
        Assert.Equal(result.Left, Run().Result.Left);
        File.Delete(result.Left[0]);
        Assert.Single(Run().Result.Left);
    }

    [Fact]
    public void Results_of_other_inputs_and_of_renamed_folders_are_not_called_left()
    {
        _folder.Clip("monday/a.wav", 1);
        _folder.Clip("tuesday/b.wav", 2);
        _folder.Clip("tuesday/c.wav", 3);
        Run("monday");
        Assert.Empty(Run("tuesday").Result.Left);
        Directory.Move(Path.Combine(_folder.In, "tuesday"), Path.Combine(_folder.In, "later"));
        Assert.Empty(Run("later").Result.Left);
        Assert.Null(Run("monday").Result.Summary.ResultsWithoutInput);
        File.Delete(Path.Combine(_folder.In, "later", "b.wav"));
        Assert.Empty(Run("monday").Result.Left);
    }

    [Fact]
    public void A_recording_that_became_unreadable_leaves_its_result_with_a_word_and_is_made_again_once_repaired()
    {
        _folder.Clip("a.wav", 1);
        _folder.Clip("b.wav", 2);
        Run();
        byte[] earlier = File.ReadAllBytes(Result);
        File.WriteAllText(Path.Combine(_folder.In, "a.wav"), "half a copy");
        for (int i = 0; i < 2; i++)
        {
            ClipReport failed = Assert.Single(Run().Reports, r => r.Status == ClipStatus.Failed);
            Assert.EndsWith(Stays, failed.Message);
            Assert.Equal(earlier, File.ReadAllBytes(Result));
        }

        _folder.Clip("a.wav", 3);
        Assert.Equal(ClipStatus.Ok, Run().Reports[0].Status);
        Assert.NotEqual(earlier, File.ReadAllBytes(Result));
        Assert.All(Run().Reports, r => Assert.Equal(ClipStatus.Unchanged, r.Status));
    }

    [Fact]
    public void A_list_that_names_a_missing_recording_leaves_its_result_with_a_word()
    {
        string a = _folder.Clip("a.wav", 1), b = _folder.Clip("b.wav", 2);
        Run(a, b);
        File.Delete(a);
        (RunResult result, IReadOnlyList<ClipReport> reports) = Run(a, b);
        Assert.EndsWith(Stays, reports[0].Message);
        Assert.Equal(ReasonCodes.NotFound, reports[0].Reason);
        Assert.Empty(result.Left);
    }

    [Theory]
    [InlineData(OverwriteMode.Stale)]
    [InlineData(OverwriteMode.Always)]
    internal void What_was_made_of_a_recording_that_is_hopeless_now_is_removed_with_a_word(OverwriteMode mode)
    {
        _folder.Clip("a.wav", 1);
        Run();
        Silence();
        ClipReport rejected = Assert.Single(Run(mode, GatePolicy.Reject).Reports);
        Assert.Equal(ClipStatus.Rejected, rejected.Status);
        Assert.EndsWith(Removed, rejected.Message);
        Assert.False(File.Exists(Result));
        ClipReport again = Assert.Single(Run(mode, GatePolicy.Reject).Reports);
        Assert.DoesNotContain(Removed, again.Message!, StringComparison.Ordinal);
    }

    [Fact]
    public void What_somebody_else_put_there_is_not_removed()
    {
        _folder.Clip("a.wav", 1);
        Run();
        File.WriteAllText(Result, "my own");
        Silence();
        Run(OverwriteMode.Always, GatePolicy.Reject);
        Assert.Equal("my own", File.ReadAllText(Result));
    }

    [Fact]
    public void A_set_says_whose_clips_are_those_of_an_earlier_run_and_takes_the_repaired_recording()
    {
        using var set = new MadeSet();
        float[] talk = Talk.Synthetic(8, -20, -60, hasPauses: true, seed: 1).Samples;
        string a = set.Put("anna/a.wav", talk);
        set.Put("anna/b.wav", Talk.Synthetic(8, -20, -60, hasPauses: true, seed: 2).Samples);
        set.Run();
        string[] clips = [.. set.Accepted.Select(c => c.File)];
        File.WriteAllBytes(a, []);
        SetResult result = set.Run();
        Assert.EndsWith(Stays, Assert.Single(result.Run.Failed).Message);
        Assert.Equal(clips, set.Accepted.Select(c => c.File));
        set.Put("anna/a.wav", [.. talk, .. talk]);
        Assert.Equal(1, set.Run().Run.Count(ClipStatus.Ok));
    }

    private void Silence() =>
        File.WriteAllBytes(Path.Combine(_folder.In, "a.wav"), TestWav.Pcm16(32_000, new float[32_000]));

    private string Result => Path.Combine(_folder.Out, "a.wav");

    private (RunResult Result, IReadOnlyList<ClipReport> Reports) Run(params string[] inputs) =>
        Run(OverwriteMode.Stale, GatePolicy.Off, inputs);

    private (RunResult Result, IReadOnlyList<ClipReport> Reports) Run(
        OverwriteMode overwrite,
        GatePolicy gate,
        params string[] inputs)
    {
        var observer = new BatchFolder.Collector();
        RunResult result = new CleanFolder(new CleanFolderOptions
        {
            Inputs = new RunInputs { Paths = [.. inputs.DefaultIfEmpty("").Select(i => Path.Combine(_folder.In, i))] },
            OutputFolder = _folder.Out,
            Cleaning = BatchFolder.Plain with { Gate = new() { Policy = gate } },
            Batch = new BatchOptions { Jobs = 2, Overwrite = overwrite },
        }).Run(observer);
        return (result, observer.Reports);
    }
}
