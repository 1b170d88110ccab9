using VoiceClean.Audio;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Stages.StripSilence;

/// <summary>
/// What <see cref="StripSilenceStage"/> found and cut. All stretches are in samples of the clip as it was decoded.
/// </summary>
/// <param name="Activity">The speech it found, in samples of the clip as it came to the stage.</param>
/// <param name="Kept">Stretches that are left, ascending: the map from the result back to the input.</param>
/// <param name="Removed">Stretches that are gone, ascending.</param>
internal sealed record SilenceCuts(
    SpeechActivity Activity,
    IReadOnlyList<SampleRange> Kept,
    IReadOnlyList<SampleRange> Removed) : IReportedFinding
{
    /// <inheritdoc/>
    public void Report(FigureList figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        figures.Add("kept_s", Kept, Activity.SampleRate);
        figures.Add("removed_s", Removed, Activity.SampleRate);
        figures.Add("silence_threshold_dbfs", Activity.ThresholdDb);
        figures.Add("detected_speech_s", Activity.SpeechDuration.TotalSeconds);
    }

    /// <summary>Reads the cut list of a clip.</summary>
    internal static SilenceCuts Of(AudioClip clip, SpeechActivity activity)
    {
        var removed = new List<SampleRange>();
        int at = 0;
        foreach (SampleRange kept in clip.Kept)
        {
            if (kept.Start > at)
            {
                removed.Add(new SampleRange(at, kept.Start));
            }

            at = kept.End;
        }

        if (at < clip.InputLength)
        {
            removed.Add(new SampleRange(at, clip.InputLength));
        }

        return new SilenceCuts(activity, [.. clip.Kept], removed);
    }
}
