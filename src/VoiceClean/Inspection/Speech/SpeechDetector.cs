using VoiceClean.Audio;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Speech;

namespace VoiceClean.Inspection.Speech;

/// <summary>
/// Finds speech by level and zero crossings, relative to the clip's own loudness and background, so that neither a
/// quiet recording loses its consonants nor a noisy one its words. Frames of 20 ms every 5 ms of the 100 Hz–10 kHz
/// band.
/// <para>
/// A frame is speech above max(noise + 6 dB, loudness − 35 dB), but never is loudness − 15 dB or more required; at
/// least three in a row. The ends of each stretch then grow by up to 250 ms while frames look like weak fricatives
/// (many zero crossings, 3 dB above the noise), with gaps of up to two frames. Idea: Rabiner and Sambur 1975;
/// background from the 10th percentile of the frames instead of the first 100 ms, as in minimum statistics.
/// </para>
/// </summary>
internal static class SpeechDetector
{
    /// <summary>Detects the speech of a clip.</summary>
    /// <param name="samples">[sample] mono, full scale ±1, finite.</param>
    /// <param name="sampleRate">[Hz], 8,000 to 768,000.</param>
    /// <param name="thresholdReLoudnessDb">A fixed threshold instead of the adaptive one [dB relative to the loudness];
    /// null = adaptive.</param>
    /// <param name="integratedLufs">Integrated loudness if the caller knows it already [LUFS]; null = measured
    /// here.</param>
    /// <param name="cancellation">Looked at once per second of audio.</param>
    public static SpeechActivity Detect(
        ReadOnlySpan<float> samples,
        int sampleRate,
        double? thresholdReLoudnessDb = null,
        double? integratedLufs = null,
        CancellationToken cancellation = default)
    {
        double loudness = integratedLufs ?? LoudnessMeasurement.MeasureAtAnyLevel(samples, sampleRate, cancellation);
        return Detect(
            SpeechBandTrack.Measure(samples, sampleRate, cancellation),
            samples.Length,
            sampleRate,
            loudness,
            thresholdReLoudnessDb);
    }

    /// <summary>
    /// Detects the speech of a recording whose band is measured already; without a background, where it is known that
    /// speech fills it.
    /// </summary>
    internal static SpeechActivity Detect(
        SpeechBandTrack track,
        int length,
        int sampleRate,
        double integratedLufs,
        double? thresholdReLoudnessDb = null,
        bool hasBackground = true)
    {
        var frames = new SpeechFrames(track);
        SpeechLevels levels = SpeechLevels.Measure(frames, integratedLufs, thresholdReLoudnessDb, hasBackground);
        List<HopRange> runs = SpeechRuns.Find(frames, levels);
        var speech = new List<SampleRange>(runs.Count);
        foreach (HopRange run in runs)
        {
            int start = (int)SpeechBand.HopStart(run.Start, sampleRate),
                end = (int)Math.Min(length, SpeechBand.HopStart(run.End, sampleRate));
            if (end > start)
            {
                speech.Add(new SampleRange(start, end));
            }
        }

        return new SpeechActivity(sampleRate, length, speech, levels.ThresholdDb, levels.NoiseDb, levels.LoudnessLufs);
    }
}
