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
        SpeechBandTrack track = SpeechBandTrack.Measure(samples, clip.SampleRate, cancellation);
        SnrEstimate snr = SnrEstimator.Estimate(samples, clip.SampleRate, track, cancellation);
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
            SpeechS = SpeechDetector.Detect(track, samples.Length, clip.SampleRate, loudness.IntegratedLufs).SpeechDuration.TotalSeconds,
            ClippedSamples = clip.Findings.TryGet<SourceClipping>()?.ClippedSamples,
            BandwidthHz = BandwidthMeter.Measure(samples, clip.SampleRate, cancellation),
            DcOffset = SampleStatistics.Measure(samples).Mean,
        };
    }
}
