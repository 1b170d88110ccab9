using VoiceClean.Audio;
using VoiceClean.Dsp;

namespace VoiceClean.Inspection;

/// <summary>Measures a clip without changing it.</summary>
public static class Inspector
{
    /// <summary>
    /// Measures everything in <see cref="Measurements"/>. Leaves the <see cref="SnrEstimate"/> with the clip's findings, so that the quality gate
    /// does not measure it a second time.
    /// </summary>
    /// <param name="clip">The clip; its samples are read only.</param>
    /// <param name="cancellation">Checked about once per second of work.</param>
    public static Measurements Measure(AudioClip clip, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        Span<float> samples = clip.Samples;
        LoudnessMeasurement loudness = LoudnessMeasurement.Measure(samples, clip.SampleRate, cancellation);
        SnrEstimate snr = SnrEstimator.Estimate(samples, clip.SampleRate, cancellation);
        clip.Findings.Set(snr);
        return new Measurements
        {
            DurationS = (double)samples.Length / clip.SampleRate,
            IntegratedLufs = loudness.IntegratedLufs,
            LoudnessRangeLu = loudness.LoudnessRangeLu,
            TruePeakDbtp = loudness.TruePeakDb,
            SamplePeakDbfs = loudness.SamplePeakDb,
            NoiseFloorDbfs = snr.NoiseFloorDb,
            SnrDb = snr.SnrDb,
            SpeechS = SpeechDetector.Detect(samples, clip.SampleRate, integratedLufs: loudness.IntegratedLufs, cancellation: cancellation).SpeechDuration.TotalSeconds,
            ClippedSamples = clip.Findings.TryGet<SourceClipping>()?.ClippedSamples,
            BandwidthHz = BandwidthMeter.Measure(samples, clip.SampleRate, cancellation),
            DcOffset = Mean(samples),
        };
    }

    private static double Mean(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        foreach (float x in samples)
        {
            sum += x;
        }

        return samples.Length > 0 ? sum / samples.Length : 0;
    }
}
