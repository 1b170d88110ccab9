using VoiceClean.Audio;
using VoiceClean.Datasets;
using VoiceClean.Datasets.Slicing;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using VoiceClean.Tests.Datasets.Slicing;
using Xunit;

namespace VoiceClean.Tests.Datasets;

/// <summary>The whole way, cleaning included, on recordings put together from real clips.</summary>
public class RealSetTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(60, -20, -60, true)]
    [InlineData(60, -20, -30, true)]
    [InlineData(60, -40, -70, false)]
    public void The_trainer_takes_every_clip_and_the_speech_is_there(
        double seconds,
        double levelDb,
        double noiseDb,
        bool hasPauses) => Make(seconds, levelDb, noiseDb, hasPauses);

    [Theory]
    [Trait("Speed", "Slow")]
    [InlineData(600, -20, -60, true)]
    [InlineData(600, -20, -60, false)]
    [InlineData(600, -20, -30, true)]
    [InlineData(600, -20, -30, false)]
    [InlineData(600, -40, -65, true)]
    [InlineData(3600, -20, -45, true)]
    public void The_same_for_up_to_an_hour(double seconds, double levelDb, double noiseDb, bool hasPauses)
    {
        Requires.SlowTests();
        Make(seconds, levelDb, noiseDb, hasPauses);
    }

    private void Make(double seconds, double levelDb, double noiseDb, bool hasPauses)
    {
        Talk talk = Talk.Real(EvaluationClips.LoadClean(), seconds, levelDb, noiseDb, hasPauses, seed: 2);
        using var set = new MadeSet { Options = new DatasetOptions() };
        set.Put("voice/talk.wav", talk.Samples);
        DatasetReport report = set.Make();
        Assert.Empty(report.RecordingsRejected);
        // In their order, so that the time maps read as the ranges of a plan.
        var slices = set
            .Clips.OrderBy(c => c.StartS)
            .Select(c => new Slice([.. c.TimeMap.Select(e => Range(e))], c.StartCut, c.EndCut, []))
            .ToList();
        SliceFigures figures = SliceFigures.Of(talk, new SlicePlan(slices, [], 0));
        output.WriteLine(
            $"{seconds} s, {levelDb} dBFS, noise {noiseDb}, pauses {hasPauses}: {figures}; rejected "
                + $"{string.Join(", ", report.ClipsRejected)}");
        Assert.True(figures.LostShare <= 0.005, figures.ToString());
        var trainer = new GptSovitsRules();
        trainer.Read(Path.Combine(set.Root, "voice.list"));
        Assert.Empty(trainer.Refused);
        Assert.Equal(report.Clips, trainer.Accepted.Count);
        Assert.All(DatasetTests.Check(set), c => Assert.Equal(["text_missing"], c.Rules.Select(r => r.Rule)));

        static SampleRange Range(TimeMapEntry e) =>
            new(
                (int)Math.Round(e.SourceS * Talk.SampleRate),
                (int)Math.Round((e.SourceS + e.LengthS) * Talk.SampleRate));
    }
}
