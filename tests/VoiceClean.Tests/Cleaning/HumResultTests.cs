using VoiceClean.Audio;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Cleaning;

/// <summary>What is said of a result whose recording hummed.</summary>
public class HumResultTests
{
    [Fact]
    public void Hum_that_was_removed_is_neither_hum_nor_noise_of_the_result()
    {
        float[] samples = Talk.Synthetic(20, -20, -65, hasPauses: true).Samples;
        foreach (int k in new[] { 1, 2, 3, 5 })
        {
            for (int i = 0; i < samples.Length; i++)
            {
                samples[i] += (float)(0.012 / k * Math.Sin(2 * Math.PI * 50 * k * i / Talk.SampleRate));
            }
        }

        var options = new CleaningOptions();
        float[] result = [];
        ClipReport report = new CleaningPipeline(options).Clean(
            new ClipJob
            {
                Id = "hum",
                InputPath = "hum",
                OutputPath = "hum",
                OpenInput = () => Stream.Null,
                Publish = _ => { },
            },
            new SampleReader(samples, new AudioFormat(Talk.SampleRate, 1)),
            taken => result = taken.ToArray(),
            TestContext.Current.CancellationToken);
        using var clip = AudioClip.FromSamples("result", options.SampleRate, result);
        Measurements heard = Inspector.Measure(clip, TestContext.Current.CancellationToken);
        Assert.Equal(50, report.Before!.HumHz);
        Assert.Null(report.After!.HumHz);
        Assert.Equal(heard.NoiseFloorDbfs!.Value, report.After.NoiseFloorDbfs!.Value, 1.0);
        Assert.True(
            report.Before.NoiseFloorDbfs - report.After.NoiseFloorBeforeGainDbfs > 10,
            $"{report.Before.NoiseFloorDbfs} to {report.After.NoiseFloorBeforeGainDbfs}");
    }
}
