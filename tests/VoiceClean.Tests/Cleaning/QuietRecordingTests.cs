using VoiceClean.Audio;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Formats.Loading;
using VoiceClean.Tests.Datasets;
using Xunit;

namespace VoiceClean.Tests.Cleaning;

/// <summary>How loud a recording is decides nothing, down to where it counts as silent (peaks of -60 dBFS).</summary>
public class QuietRecordingTests
{
    private const double SilentPeakDbfs = -59;

    // A background that is quieter still passes for digital silence when it is turned down.
    private const double LowestFloorDbfs = -70;

    [Theory]
    [InlineData(1 / 4f)]
    [InlineData(1 / 32f)]
    [InlineData(1 / 200f)]
    public void A_recording_turned_down_gets_the_same_verdict_the_same_cuts_and_the_same_loudness(float gain)
    {
        var pipeline = new CleaningPipeline(new CleaningOptions());
        int compared = 0;
        foreach ((string name, float[] samples) in JudgedRecordings.Made(30))
        {
            ClipReport loud = Clean(pipeline, name, samples);
            if (loud.Before is not { NoiseFloorDbfs: > LowestFloorDbfs } before
                || before.PeakWithoutHumDbfs + (20 * Math.Log10(gain)) < SilentPeakDbfs)
            {
                continue;
            }

            ClipReport quiet = Clean(pipeline, name, [.. samples.Select(x => x * gain)]);
            Assert.Equal((name, loud.Status, loud.Reason), (name, quiet.Status, quiet.Reason));
            Assert.Equal(loud.Warnings.Select(w => w.Code), quiet.Warnings.Select(w => w.Code));
            compared++;
            if (loud.Status == ClipStatus.Ok)
            {
                Assert.Equal(loud.Output!.DurationS!.Value, quiet.Output!.DurationS!.Value, 0.1);
                Assert.Equal(loud.After!.IntegratedLufs!.Value, quiet.After!.IntegratedLufs!.Value, 0.1);
                Assert.Equal(loud.After.SnrDb!.Value, quiet.After.SnrDb!.Value, 1.0);
            }
        }

        Assert.True(compared >= 10, $"{compared}");
    }

    private static ClipReport Clean(CleaningPipeline pipeline, string name, float[] samples) => pipeline.Clean(
        new ClipJob
        {
            Id = name,
            InputPath = name,
            OutputPath = name,
            OpenInput = () => Stream.Null,
            Publish = _ => { },
        },
        new SampleReader(samples, new AudioFormat(JudgedRecordings.SampleRate, 1)),
        _ => { },
        TestContext.Current.CancellationToken);
}
