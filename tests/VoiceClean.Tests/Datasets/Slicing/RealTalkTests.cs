using VoiceClean.Audio;
using VoiceClean.Datasets.Slicing;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Datasets.Slicing;

/// <summary>
/// Recordings put together from real clips. Speech is what stands within 40 dB of the loudest frame of its clip before
/// noise is added.
/// </summary>
public class RealTalkTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(60, -20, -70, true)]
    [InlineData(60, -20, -70, false)]
    [InlineData(120, -20, -50, true)]
    [InlineData(120, -20, -40, false)]
    [InlineData(120, -20, -30, true)]
    [InlineData(120, -20, -30, false)]
    [InlineData(120, -40, -75, true)]
    [InlineData(120, -40, -60, false)]
    public void No_clip_leaves_the_limits_and_the_speech_is_kept(
        double seconds,
        double levelDb,
        double noiseDb,
        bool hasPauses) => Check(seconds, levelDb, noiseDb, hasPauses);

    [Theory]
    [Trait("Speed", "Slow")]
    [InlineData(600, -20, -60, true)]
    [InlineData(600, -20, -30, false)]
    [InlineData(600, -40, -70, true)]
    [InlineData(3600, -20, -60, true)]
    [InlineData(3600, -20, -60, false)]
    [InlineData(3600, -20, -30, true)]
    [InlineData(3600, -40, -70, true)]
    public void The_same_for_up_to_an_hour(double seconds, double levelDb, double noiseDb, bool hasPauses)
    {
        Requires.SlowTests();
        Check(seconds, levelDb, noiseDb, hasPauses);
    }

    private void Check(double seconds, double levelDb, double noiseDb, bool hasPauses)
    {
        Talk talk = Talk.Real(EvaluationClips.LoadClean(), seconds, levelDb, noiseDb, hasPauses);
        using var clip = AudioClip.FromSamples("talk", Talk.SampleRate, talk.Samples);
        SlicePlan plan = Slicer.Plan(clip, new SliceOptions(), TestContext.Current.CancellationToken);
        SliceFigures figures = SliceFigures.Of(talk, plan);
        output.WriteLine($"{seconds} s, {levelDb} dBFS, noise {noiseDb}, pauses {hasPauses}: {figures}");
        SlicerTests.AssertLimits(plan, talk.Samples.Length);
        Assert.True(figures.LostShare <= 0.005, figures.ToString());
    }
}
