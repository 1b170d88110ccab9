using FadeEdges;
using VoiceClean.Audio;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Testing;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Samples;

/// <summary>
/// How a stage of one's own is tested: the laws that every stage must keep, in a dozen lines, and what only this one
/// does.
/// </summary>
public class FadeEdgesTests
{
    private static readonly StageLaws Laws = new(() => new FadeEdgesStage(new FadeEdgesOptions()))
    {
        CreateTransparent = () => new FadeEdgesStage(new FadeEdgesOptions { Duration = TimeSpan.Zero }),
        PromisesScaleInvariance = true,
    };

    public static TheoryData<string> Names => [.. Laws.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_keeps_the_laws_of_stages(string law) => Laws.Check(law);

    [Fact]
    public void A_stage_from_another_project_runs_in_the_chain_by_its_name_and_shows_in_the_report()
    {
        StageCatalog catalog = StageCatalog.CreateDefault();
        catalog.Add(FadeEdgesStage.StageName, _ => new FadeEdgesStage(new FadeEdgesOptions()));
        var pipeline = new CleaningPipeline(new CleaningOptions { Stages = [FadeEdgesStage.StageName] }, catalog);
        using var written = new MemoryStream();
        ClipReport report = pipeline.Clean(new ClipJob
        {
            Id = "constant",
            InputPath = "constant",
            OutputPath = "memory",
            OpenInput = () => new MemoryStream(TestWav.Pcm16(32_000, [.. Enumerable.Repeat((short)16_384, 6_400)])),
            Publish = write => write(written),
        }, TestContext.Current.CancellationToken);
        Assert.Equal(ClipStatus.Ok, report.Status);
        Assert.Equal(20, (double)report.Process!["fade_ms"]!);
        short[] samples = TestWav.Samples16(written.ToArray());
        Assert.InRange(samples[0], -3, 3);
        Assert.InRange(samples[3_200], 16_380, 16_388);
        Assert.InRange(samples[^1], -3, 3);
    }

    [Fact]
    public void Fades_meet_in_the_middle_of_a_clip_shorter_than_both()
    {
        using AudioClip clip = AudioClip.FromSamples("short", 32_000, [1, 1, 1]);
        new FadeEdgesStage(new FadeEdgesOptions()).Process(clip, CancellationToken.None);
        Assert.Equal([0.5f, 1, 0.5f], clip.Samples.ToArray());
    }

    [Fact]
    public void A_name_that_no_stage_has_is_a_usage_error_that_lists_the_names()
    {
        var e = Assert.Throws<VoiceCleanException>(() =>
            new CleaningPipeline(new CleaningOptions { Stages = ["fade-edgez"] }));
        Assert.Equal(ErrorKind.Usage, e.Kind);
        Assert.Contains("spectral-gate", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lines_of_the_readme_put_it_behind_everything_else()
    {
        using var folder = new TemporaryFolder();
        float[] word = SyntheticSpeech.Say("saf it", 1);
        File.WriteAllBytes(
            folder["in.wav"],
            TestWav.Pcm16(32_000, SyntheticSpeech.Place(word, -24, 0.6, 0.4, -60, 1).Clip));
        StageCatalog catalog = StageCatalog.CreateDefault();
        catalog.Add("fade-edges", _ => new FadeEdgesStage(new FadeEdgesOptions()));
        CleaningOptions options = new() { Stages = [.. StandardChain.For(new CleaningOptions()), "fade-edges"] };
        ClipReport report = new CleaningPipeline(options, catalog).Clean(
            ClipJob.ForFile(folder["in.wav"], folder["out.wav"]),
            TestContext.Current.CancellationToken);
        Assert.Equal(ClipStatus.Ok, report.Status);
        Assert.Equal(20, (double)report.Process!["fade_ms"]!);
        Assert.True(File.Exists(folder["out.wav"]));
    }
}
