using VoiceClean.Audio;
using VoiceClean.Dsp;
using VoiceClean.Errors;
using VoiceClean.Stages.NormalizeLoudness;
using Xunit;

namespace VoiceClean.Tests.Stages.NormalizeLoudness;

/// <summary>The bars N1 to N7 of the specification, on voices made from nothing; quantised to 16 bits before they are measured.</summary>
public class NormalizeLoudnessStageTests
{
    [Theory]
    [InlineData(-50, 10, 32_000, 1)]
    [InlineData(-23, 10, 32_000, 1)]
    [InlineData(-23, 10, 44_100, 2)]
    [InlineData(-16, 10, 48_000, 3)]
    [InlineData(-3, 10, 32_000, 4)]
    [InlineData(-20, 60, 32_000, 5)]
    [InlineData(-23, 3, 16_000, 6)]
    [InlineData(-30, 0.8, 32_000, 7)]
    [InlineData(-23, 0.4, 32_000, 8)]
    [InlineData(-23, 0.2, 32_000, 9)]
    public void The_quantised_result_has_the_target_loudness_and_stays_under_the_ceiling(double input, double seconds, int rate, int seed)
    {
        (LoudnessMeasurement result, AppliedGain applied, _) = Normalize(Voice.Make(seconds, input, rate, seed), rate);
        if (applied.ShortfallLu == 0)
        {
            Assert.InRange(result.IntegratedLufs, -16.02, -15.98);
        }

        Assert.True(applied.MaxReductionDb <= 6.01, $"{applied.MaxReductionDb} dB");
        Assert.True(result.TruePeakDb <= -1, $"{result.TruePeakDb} dBTP");
    }

    internal static (LoudnessMeasurement Result, AppliedGain Applied, float[] Samples) Normalize(float[] input, int rate, NormalizeLoudnessOptions? options = null)
    {
        using var clip = AudioClip.FromSamples("a", rate, input);
        new NormalizeLoudnessStage(options ?? new NormalizeLoudnessOptions()).Process(clip, TestContext.Current.CancellationToken);
        float[] quantised = [.. clip.Samples.ToArray().Select(v => (float)(Math.Round(v * 32768.0) / 32768))];
        LoudnessMeasurement m = LoudnessMeasurement.Measure(quantised, rate, TestContext.Current.CancellationToken);
        AppliedGain a = clip.Findings.Get<AppliedGain>();
        Assert.All(clip.Warnings, w => Assert.Contains(w.Code, new[] { WarningCodes.LoudnessNotReached, WarningCodes.LoudnessUndefined }));
        TestContext.Current.SendDiagnosticMessage(FormattableString.Invariant(
            $"{rate} Hz {input.Length / (double)rate:0.0} s: I {m.IntegratedLufs:0.0000} TP {m.TruePeakDb:0.000} gain {a.GainDb:0.00} reduction {a.MaxReductionDb:0.00} shortfall {a.ShortfallLu:0.00}"));
        return (m, a, clip.Samples.ToArray());
    }
}
