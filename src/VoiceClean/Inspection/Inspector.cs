using VoiceClean.Audio;
using VoiceClean.Dsp.Lanes;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Inspection;

/// <summary>Measures a clip without changing it.</summary>
internal static class Inspector
{
    /// <summary>
    /// Measures everything in <see cref="Measurements"/>. Leaves the <see cref="SnrEstimate"/> with the clip's
    /// findings, so that the quality gate does not measure it a second time.
    /// </summary>
    /// <param name="clip">The clip; its samples are read only.</param>
    /// <param name="cancellation">Checked about once per second of work.</param>
    public static Measurements Measure(AudioClip clip, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        LoudnessMeasurement loudness = default;
        SpeechBandTrack? track = null;
        SnrEstimate? snr = null;
        double bandwidth = 0, offset = 0;
        Action[] parts =
        [
            () =>
            {
                track = SpeechBandTrack.Measure(clip.Samples, clip.SampleRate, cancellation);
                snr = SnrEstimator.Estimate(clip.Samples, clip.SampleRate, track, cancellation);
            },
            () => loudness = LoudnessMeasurement.Measure(clip.Samples, clip.SampleRate, cancellation),
            () =>
                (bandwidth, offset) = (
                    BandwidthMeter.Measure(clip.Samples, clip.SampleRate, cancellation),
                    SampleStatistics.Measure(clip.Samples).Mean),
        ];
        ForkJoin.For(clip.Threads, parts.Length, i => parts[i](), cancellation);
        clip.Findings.Set(snr!);
        return new Measurements
        {
            DurationS = (double)clip.Samples.Length / clip.SampleRate,
            IntegratedLufs = loudness.IntegratedLufs,
            LoudnessRangeLu = loudness.LoudnessRangeLu,
            TruePeakDbtp = loudness.TruePeakDb,
            SamplePeakDbfs = loudness.SamplePeakDb,
            NoiseFloorDbfs = snr!.NoiseFloorDb,
            SnrDb = snr.SnrDb,
            SpeechS = SpeechDetector
                .Detect(track!, clip.Samples.Length, clip.SampleRate, loudness.IntegratedLufs)
                .SpeechDuration.TotalSeconds,
            ClippedSamples = clip.Findings.TryGet<SourceClipping>()?.ClippedSamples,
            BandwidthHz = bandwidth,
            DcOffset = offset,
        };
    }
}
