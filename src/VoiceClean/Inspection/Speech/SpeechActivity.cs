using VoiceClean.Audio;

namespace VoiceClean.Inspection.Speech;

/// <summary>
/// Where a clip contains speech, and the levels by which that was decided. Made by <see cref="SpeechDetector"/>.
/// </summary>
/// <param name="SampleRate">[Hz]</param>
/// <param name="Length">Length of the clip [sample].</param>
/// <param name="Speech">Stretches of speech, ascending, not overlapping, none empty; short pauses within words belong
/// to them. Empty = no speech.</param>
/// <param name="ThresholdDb">Level above which a 20 ms frame of the 100 Hz–10 kHz band counted as speech [dBFS, mean
/// square].</param>
/// <param name="NoiseDb">Background level of that band: the 10th percentile of the frames [dBFS, mean square]; -∞ for
/// digital silence.</param>
/// <param name="LoudnessLufs">The loudness the threshold was derived from [LUFS]; NaN = undefined.</param>
internal sealed record SpeechActivity(
    int SampleRate,
    int Length,
    IReadOnlyList<SampleRange> Speech,
    double ThresholdDb,
    double NoiseDb,
    double LoudnessLufs)
{
    /// <summary>True if there is any speech.</summary>
    public bool HasSpeech => Speech.Count > 0;

    /// <summary>From the first sample of speech to the last; (0, 0) without speech.</summary>
    public SampleRange Extent => HasSpeech ? new SampleRange(Speech[0].Start, Speech[^1].End) : default;

    /// <summary>How much of the clip is speech.</summary>
    public TimeSpan SpeechDuration => TimeSpan.FromSeconds((double)SpeechLength / SampleRate);

    /// <summary>Share of the clip that is speech, 0 to 1.</summary>
    public double SpeechShare => Length == 0 ? 0 : (double)SpeechLength / Length;

    private long SpeechLength => Speech.Sum(s => (long)s.Length);
}
