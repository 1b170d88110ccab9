using System.Runtime.InteropServices;
using VoiceClean.Audio;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Tests.Loudness;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Wav;
using VoiceClean.Stages.NormalizeLoudness;
using Xunit;

namespace VoiceClean.Tests.Stages.NormalizeLoudness;

/// <summary>One clip through the stage and the writer of 16-bit files, measured as it stands in the file.</summary>
/// <param name="Written">Samples as a reader of the file gets them.</param>
/// <param name="Result">Their loudness and peaks.</param>
/// <param name="Applied">What the stage says it did.</param>
/// <param name="Samples">What the stage left in the clip.</param>
/// <param name="Warnings">Codes.</param>
internal sealed record Normalized(
    float[] Written,
    LoudnessMeasurement Result,
    AppliedGain Applied,
    float[] Samples,
    string[] Warnings)
{
    public static Normalized Run(float[] input, int rate, NormalizeLoudnessOptions? options = null)
    {
        using var clip = AudioClip.FromSamples("a/b.wav", rate, input);
        new NormalizeLoudnessStage(options ?? new NormalizeLoudnessOptions()).Process(
            clip,
            TestContext.Current.CancellationToken);
        using var file = new MemoryStream();
        WavWriter.Write(file, clip.Samples, rate, SampleEncoding.Pcm16, clip.Id);
        ReadOnlySpan<short> integers = MemoryMarshal.Cast<byte, short>(file.ToArray().AsSpan(44, 2 * input.Length));
        float[] written = new float[input.Length];
        for (int i = 0; i < written.Length; i++)
        {
            written[i] = integers[i] / 32768f;
        }

        return new Normalized(
            written,
            LoudnessMeasurement.Measure(written, rate, TestContext.Current.CancellationToken),
            clip.Findings.Get<AppliedGain>(),
            clip.Samples.ToArray(),
            [.. clip.Warnings.Select(w => w.Code)]);
    }

    /// <summary>
    /// The target within 0.02 LU or the full reduction and a reported shortfall; the ceiling
    /// in any case.
    /// </summary>
    public void AssertBars(string name, int rate, double target = -16, double ceiling = -1)
    {
        Figures.Record($"{name} I", rate, Result.IntegratedLufs);
        Figures.Record($"{name} TP", rate, Result.TruePeakDb);
        Figures.Record($"{name} reduction", rate, Applied.MaxReductionDb);
        Figures.Record($"{name} shortfall", rate, Applied.ShortfallLu);
        Assert.True(Result.TruePeakDb <= ceiling, $"{Result.TruePeakDb} dBTP");
        Assert.InRange(Applied.MaxReductionDb, 0, 6.0001);
        Assert.Equal(Applied.ShortfallLu > 0, Warnings.Contains(WarningCodes.LoudnessNotReached));
        if (Applied.ShortfallLu > 0)
        {
            Assert.InRange(Applied.MaxReductionDb, 5.999, 6.0001);
            Assert.Equal(target - Applied.ShortfallLu, Result.IntegratedLufs, 0.02);
        }
        else
        {
            Assert.InRange(Result.IntegratedLufs, target - 0.02, target + 0.02);
        }
    }
}
