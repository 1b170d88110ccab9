using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Cleaning;

/// <summary>What a report says before and after is comparable, and true.</summary>
public class FiguresTests
{
    private const int Rate = Talk.SampleRate;

    [Fact]
    public void The_noise_floor_of_a_result_is_given_without_its_gain_too()
    {
        Talk talk = Talk.Synthetic(6, -35, -65, hasPauses: true);
        ClipReport report = Clean(talk.Samples);
        double gain = report.Process!["gain_db"]!.GetValue<double>();
        Assert.True(gain > 5);
        // The report rounds the gain to six decimals.
        Assert.Equal(
            report.After!.NoiseFloorDbfs!.Value - gain,
            report.After.NoiseFloorBeforeGainDbfs!.Value,
            tolerance: 1e-6);
        Assert.True(report.After.NoiseFloorBeforeGainDbfs < report.Before!.NoiseFloorDbfs - 5);
        Assert.Null(report.Before.NoiseFloorBeforeGainDbfs);
    }

    [Fact]
    public void A_ratio_beyond_the_measurable_says_so()
    {
        Assert.All(
            new[] { 3, 4, 5 },
            seed =>
            {
                float[] clean = Talk.Synthetic(6, -20, -95, hasPauses: true, seed).Samples;
                float[] noisy = [.. clean];
                SyntheticSpeech.AddNoise(noisy, -35, seed);
                Assert.Equal(
                    (true, false),
                    (Clean(clean).Before!.SnrIsLowerBound, Clean(noisy).Before!.SnrIsLowerBound));
            });
    }

    [Fact]
    public void Without_pauses_the_floor_is_only_a_bound()
    {
        float[] dense = Talk.Synthetic(6, -20, -80, hasPauses: false).Samples;
        float[] speech = dense.AsSpan((int)(0.9 * Rate), 4 * Rate).ToArray();
        Assert.True(Clean(speech).Before!.NoiseFloorIsUpperBound);
        Assert.False(Clean([.. new float[Rate], .. dense]).Before!.NoiseFloorIsUpperBound);
    }

    [Fact]
    public void Noise_around_speech_is_no_speech()
    {
        Talk talk = Talk.Synthetic(6, -25, -37, hasPauses: false);
        float[] lead = new float[2 * Rate];
        SyntheticSpeech.AddNoise(lead, -37, 9);
        ClipReport report = Clean([.. lead, .. talk.Samples, .. lead]);
        double spoken = (talk.Words[^1].End - talk.Words[0].Start) / (double)Rate;
        Assert.InRange(report.Before!.SpeechS!.Value, 0.8 * spoken, spoken + 0.6);
    }

    [Fact]
    public void A_good_recording_that_begins_with_speech_warns_of_nothing()
    {
        Talk talk = Talk.Synthetic(6, -20, -80, hasPauses: true);
        float[] begun = talk.Samples[talk.Words[0].Start..];
        Assert.DoesNotContain(Clean(begun).Warnings, w => w.Code == WarningCodes.NoiseHeadRejected);
        float[] noisy = [.. begun];
        SyntheticSpeech.AddNoise(noisy, -32, 2);
        Assert.Contains(Clean(noisy).Warnings, w => w.Code == WarningCodes.NoiseHeadRejected);
    }

    [Fact]
    public void The_sample_peak_before_is_that_of_the_file_whatever_resampling_makes_of_it()
    {
        float[] talk = Talk.Synthetic(4, -20, -70, hasPauses: true).Samples;
        for (int i = 0; i < 6; i++)
        {
            talk[talk.Length / 2 + i] = i < 3 ? 0.75f : -0.75f;
        }

        ClipReport report = Clean(talk, 44_100);
        Assert.Equal(20 * Math.Log10(0.75), report.Before!.SamplePeakDbfs!.Value, 1e-3);
    }

    private static ClipReport Clean(float[] samples, int rate = Rate)
    {
        byte[] wav = TestWav.Pcm16(rate, samples);
        return new CleaningPipeline(new CleaningOptions()).Clean(new ClipJob
        {
            Id = "a",
            InputPath = "a",
            OutputPath = "b",
            OpenInput = () => new MemoryStream(wav, writable: false),
            Publish = write => write(Stream.Null),
        });
    }
}
