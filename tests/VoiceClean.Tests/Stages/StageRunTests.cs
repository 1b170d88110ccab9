using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Stages;
using VoiceClean.Testing.Tools;
using VoiceClean.Tests.Runs;
using Xunit;

namespace VoiceClean.Tests.Stages;

/// <summary>Stages that do not come with VoiceClean.</summary>
public class StageRunTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e20f)]
    public void Samples_that_are_none_do_not_become_a_result(float sample)
    {
        bool isWritten = false;
        ClipReport report = Clean(
            new BatchFolder.Doing((clip, _) => clip.Samples[clip.Samples.Length / 2] = sample),
            () => isWritten = true);
        Assert.Equal((ClipStatus.Failed, ReasonCodes.InternalError), (report.Status, report.Reason));
        Assert.Equal(
            "The stage 'doing', which does not come with VoiceClean, left samples that are not numbers, or that no "
                + "sound could be; ask whoever made it.",
            report.Message);
        Assert.False(isWritten);
    }

    [Fact]
    public void What_one_throws_is_named_as_its_fault_and_kept()
    {
        ClipReport report = Clean(new BatchFolder.Doing((_, _) => throw new InvalidTimeZoneException("a mistake")));
        Assert.Equal(
            "The stage 'doing', which does not come with VoiceClean, failed (InvalidTimeZoneException: a mistake); ask "
                + "whoever made it.",
            report.Message);
        Assert.IsType<InvalidTimeZoneException>(report.Exception);
    }

    [Fact]
    public void One_may_refuse_a_clip_or_be_short_of_memory()
    {
        ClipReport refused = Clean(
            new BatchFolder.Doing((_, _) => throw new ClipRefusedException("own_reason", "Not this one.")));
        Assert.Equal(
            (ClipStatus.Rejected, "own_reason", "Not this one."),
            (refused.Status, refused.Reason, refused.Message));
        ClipReport poor = Clean(new BatchFolder.Doing((_, _) => throw new InsufficientMemoryException()));
        Assert.Equal((ErrorKind.Temporary, ReasonCodes.OutOfMemory), (poor.Kind, poor.Reason));
    }

    private static ClipReport Clean(IStage stage, Action? written = null)
    {
        StageCatalog catalog = StageCatalog.CreateDefault();
        catalog.Add("doing", _ => stage);
        var job = new ClipJob
        {
            Id = "a.wav",
            InputPath = "a.wav",
            OutputPath = "b.wav",
            OpenInput = () => new MemoryStream(TestWav.Pcm16(32_000, new float[16_000])),
            Publish = _ => written?.Invoke(),
        };
        return new CleaningPipeline(BatchFolder.Plain with { Stages = ["doing"] }, catalog).Clean(job);
    }
}
