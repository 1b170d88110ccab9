using VoiceClean.Audio;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Cleaning;

/// <summary>What is said of a result whose recording was clipped.</summary>
public class ClippedResultTests
{
    [Fact]
    public void Clipping_and_numbers_of_a_result_are_its_own()
    {
        ClipReport report = Clean(Clipped(), new CleaningOptions());
        Assert.True(report.Before!.ClippedSamples > 1_000);
        Assert.Equal(1, report.Before.NonfiniteSamples);
        Assert.Equal((0L, 0.0), (report.After!.ClippedSamples, report.After.ClippedShare));
        Assert.Equal(0, report.After.NonfiniteSamples);
    }

    [Fact]
    public void A_result_that_nothing_was_done_to_is_as_clipped_as_its_recording()
    {
        CleaningOptions nothing = new()
        {
            SampleRate = Talk.SampleRate,
            Stages = ["normalize-loudness"],
            Loudness = new() { TargetLufs = null },
        };
        ClipReport report = Clean(Clipped(), nothing);
        // Of the recording also what lies within 1 % of a flat top counts.
        Assert.InRange(
            report.After!.ClippedSamples!.Value,
            0.95 * report.Before!.ClippedSamples!.Value,
            report.Before.ClippedSamples.Value);
    }

    [Fact]
    public void What_the_limiter_holds_at_the_ceiling_is_not_called_clipped()
    {
        float[] samples = Talk.Synthetic(10, -20, -60, hasPauses: true).Samples;
        ClipReport report = Clean(samples, new CleaningOptions { Loudness = new() { TargetLufs = -8 } });
        Assert.True(report.Process!["limiter_max_reduction_db"]!.GetValue<double>() > 1);
        Assert.True(report.After!.ClippedShare < 0.0001, $"{report.After.ClippedShare}");
    }

    private static float[] Clipped()
    {
        float[] samples = Talk.Synthetic(10, -20, -60, hasPauses: true).Samples;
        float most = 0.4f * samples.Max();
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = Math.Clamp(samples[i], -most, most);
        }

        samples[100] = float.NaN;
        return samples;
    }

    private static ClipReport Clean(float[] samples, CleaningOptions options) =>
        new CleaningPipeline(options with { Gate = new() { Policy = GatePolicy.Off } }).Clean(
            new ClipJob
            {
                Id = "clipped",
                InputPath = "clipped",
                OutputPath = "clipped",
                OpenInput = () => Stream.Null,
                Publish = _ => { },
            },
            new FiniteReader(new SampleReader(samples, new AudioFormat(Talk.SampleRate, 1))),
            _ => { },
            TestContext.Current.CancellationToken);
}
