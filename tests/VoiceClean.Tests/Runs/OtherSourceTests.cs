using VoiceClean.Cleaning.Reports;
using VoiceClean.Datasets;
using VoiceClean.Errors;
using VoiceClean.Inspection;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Testing.Signals;
using VoiceClean.Tests.Datasets;
using Xunit;

namespace VoiceClean.Tests.Runs;

/// <summary>Two folders with recordings of one name, one after the other into one output.</summary>
public sealed class OtherSourceTests : IDisposable
{
    private readonly BatchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_result_of_another_recording_that_is_still_there_is_not_replaced()
    {
        _folder.Clip("monday/a.wav", 1);
        _folder.Clip("tuesday/a.wav", 2);
        _folder.Clip("tuesday/b.wav", 3);
        Run("monday");
        byte[] first = File.ReadAllBytes(Result);
        (RunResult result, IReadOnlyList<ClipReport> reports) = Run("tuesday");
        Assert.Equal((1, 1), (result.Count(ClipStatus.Ok), result.Count(ClipStatus.Failed)));
        ClipReport refused = Assert.Single(reports, r => r.Id == "a.wav");
        Assert.Equal(ReasonCodes.OutputExists, refused.Reason);
        Assert.Contains(Path.Combine(_folder.In, "monday", "a.wav"), refused.Message);
        Assert.Equal(first, File.ReadAllBytes(Result));
        Assert.Equal(ClipStatus.Unchanged, Assert.Single(Run("monday").Reports).Status);
    }

    [Fact]
    public void Equal_size_and_time_do_not_make_another_recording_the_same()
    {
        DateTime time = new(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_folder.Clip("monday/a.wav", 1), time);
        File.SetLastWriteTimeUtc(_folder.Clip("tuesday/a.wav", 2), time);
        Run("monday");
        Assert.Equal(1, Run("tuesday").Result.Count(ClipStatus.Failed));
    }

    [Fact]
    public void Whoever_asks_for_it_replaces_it()
    {
        _folder.Clip("monday/a.wav", 1);
        _folder.Clip("tuesday/a.wav", 2);
        Run("monday");
        byte[] first = File.ReadAllBytes(Result);
        Assert.Equal(1, Run("tuesday", OverwriteMode.Always).Result.Count(ClipStatus.Ok));
        Assert.NotEqual(first, File.ReadAllBytes(Result));
    }

    [Fact]
    public void A_folder_that_was_moved_or_copied_or_is_reached_through_a_link_is_no_other_one()
    {
        _folder.Clip("monday/a.wav", 1);
        Run("monday");
        Directory.Move(Path.Combine(_folder.In, "monday"), Path.Combine(_folder.In, "later"));
        Assert.Equal(1, Run("later").Result.Count(ClipStatus.Unchanged));
        Directory.CreateDirectory(Path.Combine(_folder.In, "copy"));
        File.Copy(Path.Combine(_folder.In, "later", "a.wav"), Path.Combine(_folder.In, "copy", "a.wav"));
        Assert.Equal(0, Run("copy").Result.Count(ClipStatus.Failed));
        Directory.CreateSymbolicLink(Path.Combine(_folder.In, "link"), Path.Combine(_folder.In, "later"));
        Assert.Equal(1, Run("link").Result.Count(ClipStatus.Unchanged));
    }

    [Fact]
    public void A_name_passes_to_another_input_where_names_get_numbers()
    {
        _folder.Clip("x/b.wav", 1);
        Run("x", policy: CollisionPolicy.Suffix);
        File.Move(_folder.Clip("x/a.wav", 2), Path.Combine(_folder.In, "x", "b.aif"));
        Assert.Equal(2, Run("x", policy: CollisionPolicy.Suffix).Result.Count(ClipStatus.Ok));
        Assert.Equal(2, Directory.GetFiles(_folder.Out, "*.wav").Length);
    }

    [Fact]
    public void A_recording_of_another_extension_does_not_replace_it_either()
    {
        _folder.Clip("x/a.wav", 1);
        Run("x/a.wav");
        File.Move(_folder.Clip("y/a.wav", 2), Path.Combine(_folder.In, "y", "a.aif"));
        Assert.Equal(ReasonCodes.OutputExists, Assert.Single(Run("y/a.aif").Reports).Reason);
    }

    [Fact]
    public void A_verdict_on_another_recording_does_not_hold()
    {
        DateTime time = new(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        string silent = _folder.Clip("monday/a.wav", 1);
        byte[] bytes = File.ReadAllBytes(silent);
        bytes.AsSpan(44).Clear();
        File.WriteAllBytes(silent, bytes);
        File.SetLastWriteTimeUtc(silent, time);
        File.SetLastWriteTimeUtc(_folder.Clip("tuesday/a.wav", 2), time);
        Assert.Equal(1, Run("monday", gate: GatePolicy.Reject).Result.Count(ClipStatus.Rejected));
        ClipReport report = Assert.Single(Run("tuesday", gate: GatePolicy.Reject).Reports);
        Assert.NotEqual(ReasonCodes.Silent, report.Reason);
    }

    [Fact]
    public void A_set_keeps_the_clips_of_a_recording_whose_name_another_one_has()
    {
        using var set = new MadeSet();
        set.Put("x/a.wav", Talk.Synthetic(5, -20, -60, hasPauses: true, seed: 1).Samples);
        set.Put("y/a.wav", Talk.Synthetic(5, -20, -60, hasPauses: true, seed: 2).Samples);
        RunSet(set, "x", "anna");
        string[] clips = [.. set.Accepted.Select(c => c.File)];
        SetResult second = RunSet(set, "y", "bob");
        Assert.Equal(1, second.Run.Count(ClipStatus.Failed));
        Assert.Equal(ReasonCodes.OutputExists, Assert.Single(second.Run.Failed).Reason);
        Assert.Equal(clips, set.Accepted.Select(c => c.File));
        Assert.All(clips, c => Assert.True(File.Exists(Path.Combine(set.Root, c))));
        RunSet(set, "y", "bob", OverwriteMode.Always);
        Assert.All(set.Accepted, c => Assert.Equal("bob", c.Speaker));
    }

    private string Result => Path.Combine(_folder.Out, "a.wav");

    private (RunResult Result, IReadOnlyList<ClipReport> Reports) Run(
        string input,
        OverwriteMode overwrite = OverwriteMode.Stale,
        GatePolicy gate = GatePolicy.Off,
        CollisionPolicy policy = CollisionPolicy.Fail)
    {
        var observer = new BatchFolder.Collector();
        RunResult result = new CleanFolder(new CleanFolderOptions
        {
            Inputs = new RunInputs { Paths = [Path.Combine(_folder.In, input)] },
            OutputFolder = _folder.Out,
            OnCollision = policy,
            Cleaning = BatchFolder.Plain with { Gate = new() { Policy = gate } },
            Batch = new BatchOptions { Jobs = 2, Overwrite = overwrite },
        }).Run(observer);
        return (result, observer.Reports);
    }

    private static SetResult RunSet(
        MadeSet set,
        string input,
        string speaker,
        OverwriteMode overwrite = OverwriteMode.Stale) =>
        new BuildSet(new BuildSetOptions
        {
            Inputs = new RunInputs { Paths = [Path.Combine(set.Inputs, input)] },
            OutputFolder = set.Root,
            Set = set.Options,
            Speaker = speaker,
            Batch = new BatchOptions { Jobs = 2, Overwrite = overwrite },
        }).Run(new BatchFolder.Collector());
}
