using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Runs;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Runs;

/// <summary>The use case by itself.</summary>
public sealed class InspectFolderTests : IDisposable
{
    private readonly BatchFolder _folder = new();

    private InspectFolderOptions Options => new()
    {
        Inputs = new RunInputs { Paths = [_folder.In] },
        Jobs = 2,
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_recording_gets_a_report_in_order_and_nothing_is_written()
    {
        _folder.Clip("b.wav", samples: 64_000);
        _folder.Clip("a/x.wav", samples: 64_000);
        File.WriteAllText(Path.Combine(_folder.In, "bad.wav"), "no audio");
        string before = BatchFolder.TreeOf(_folder.Root);
        var observer = new BatchFolder.Collector();
        var inspect = new InspectFolder(Options);
        Assert.Equal(["a/x.wav", "b.wav", "bad.wav"], inspect.Plan().Files.Select(f => f.Id));
        RunResult result = inspect.Run(observer);
        Assert.Equal(["a/x.wav", "b.wav", "bad.wav"], observer.Reports.Select(r => r.Id));
        Assert.Equal((3, 3), (observer.Start!.Items, observer.Completions));
        Assert.Equal((2, 1), (result.Count(ClipStatus.Ok), result.Count(ClipStatus.Failed)));
        Assert.Equal(ErrorKind.Input, Assert.Single(result.Failed).Kind);
        Assert.NotNull(observer.Reports[0].Inspection);
        Assert.Equal(before, BatchFolder.TreeOf(_folder.Root));
    }

    [Fact]
    public void A_hopeless_recording_is_rejected_only_if_that_is_asked_for()
    {
        File.WriteAllBytes(
            Path.Combine(_folder.In, "silent.wav"),
            TestWav.Pcm16(32_000, new float[64_000]));
        Assert.Equal(1, new InspectFolder(Options).Run(new BatchFolder.Collector()).Count(ClipStatus.Ok));
        RunResult strict = new InspectFolder(Options with { RejectHopeless = true }).Run(new BatchFolder.Collector());
        Assert.Equal((ClipStatus.Rejected, ErrorKind.Refused), (strict.Failed[0].Status, strict.Failed[0].Kind));
    }

    [Fact]
    public void Where_there_is_nothing_the_plan_says_so_and_the_run_throws_it()
    {
        var inspect = new InspectFolder(Options);
        Assert.Equal(ReasonCodes.NotFound, inspect.Plan().Obstacle!.Code);
        Assert.Same(
            inspect.Plan().Obstacle,
            Assert.Throws<InputException>(() => inspect.Run(new BatchFolder.Collector())));
    }

    [Fact]
    public void A_stopped_inspection_says_which_recordings_it_did_not_come_to()
    {
        _folder.Clip("a.wav");
        _folder.Clip("b.wav");
        var inspect = new InspectFolder(Options);
        inspect.Plan();
        var observer = new BatchFolder.Collector();
        RunResult result = inspect.Run(observer, new CancellationToken(canceled: true));
        Assert.True(result.IsStopped);
        Assert.Equal(2, result.Count(ClipStatus.NotBegun));
        Assert.All(observer.Reports, r => Assert.Equal(ReasonCodes.Cancelled, r.Reason));
    }
}
