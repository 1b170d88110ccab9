using VoiceClean.Audio;
using VoiceClean.Datasets.Slicing;

namespace VoiceClean.Datasets;

/// <summary>What came of a recording, in figures for the report.</summary>
/// <param name="Record">The recording's record.</param>
internal sealed record DatasetFigures(RecordingRecord Record) : IReportedFinding
{
    /// <inheritdoc/>
    public void Report(FigureList figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        figures.Add("speaker", Record.Speaker);
        figures.Add("clips", (double)Record.Clips.Count(c => c.Reason is null));
        figures.Add("clips_rejected", (double)Record.Clips.Count(c => c.Reason is not null));
        figures.Add("cuts_at_quiet_points", (double)Record.Clips.Count(c => c.EndCut == CutKind.QuietPoint));
        figures.Add("clips_s", Record.Clips.Where(c => c.Reason is null).Sum(c => c.DurationS));
        figures.Add("sliced_speech_s", Record.SpeechS);
        figures.Add("lost_speech_s", Record.SpeechS - Record.KeptSpeechS);
    }
}
