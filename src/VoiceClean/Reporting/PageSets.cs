using System.Text.Json;
using VoiceClean.Datasets;

namespace VoiceClean.Reporting;

/// <summary>The part of the page's data about training sets.</summary>
internal sealed class PageSets(
    IReadOnlyList<SetRecords> sets,
    ReportOptions options,
    Utf8JsonWriter json,
    Func<string, int> codeOf)
{
    /// <summary>Writes it.</summary>
    public void Write()
    {
        json.WriteStartArray("sets");
        foreach (SetRecords set in sets)
        {
            Write(set);
        }

        json.WriteEndArray();
    }

    private void Write(SetRecords set)
    {
        DatasetReport report = set.Report;
        List<string> speakers = [.. report.Speakers.Select(s => s.Speaker)];
        json.WriteStartObject();
        json.WriteString("folder", set.Folder);
        json.WriteString("target", report.Target?.Name);
        json.WriteString("link", options.Audio.AreLinked ? new Links([], options.Folder).To(set.Folder) : null);
        json.WriteFigure("source", report.SourceS, 1);
        json.WriteFigure("clips", report.ClipsS, 1);
        json.WriteFigure("speech", report.SpeechS, 1);
        json.WriteFigure("lost", report.LostSpeechS, 1);
        json.WriteNumber("nolanguage", report.ClipsWithoutLanguage);
        WriteSpeakers(report);
        json.WriteStartArray("recordings");
        foreach (RecordingRecord recording in set.Recordings)
        {
            json.WriteStartArray();
            json.WriteStringValue(recording.Id);
            Value(recording.DurationS, 2);
            Value(recording.SpeechS, 2);
            Value(recording.KeptSpeechS, 2);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        for (int i = 0; i < set.Recordings.Count; i++)
        {
            foreach (ClipRecord clip in set.Recordings[i].Clips)
            {
                WriteClip(clip, i, speakers);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteSpeakers(DatasetReport report)
    {
        json.WriteStartArray("speakers");
        foreach (SpeakerReport speaker in report.Speakers)
        {
            json.WriteStartObject();
            json.WriteString("name", speaker.Speaker);
            json.WriteNumber("clips", speaker.Clips);
            Number("s", speaker.DurationS, 1);
            Number("min", speaker.ShortestS, 1);
            Number("mid", speaker.MiddleS, 1);
            Number("max", speaker.LongestS, 1);
            Number("level", speaker.Medians.TryGetValue("speech_dbfs", out double level) ? level : null, 1);
            WriteOutliers(speaker);
            WriteReferences(speaker);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteOutliers(SpeakerReport speaker)
    {
        json.WriteStartArray("outliers");
        foreach (Outlier outlier in speaker.Outliers)
        {
            json.WriteStartArray();
            json.WriteStringValue(outlier.File);
            json.WriteStringValue(outlier.Figure);
            Value(outlier.Value, 1);
            Value(outlier.Median, 1);
            Value(outlier.Excess, 2);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private void WriteReferences(SpeakerReport speaker)
    {
        json.WriteStartArray("references");
        foreach (ReferenceClip reference in speaker.References)
        {
            json.WriteStartArray();
            json.WriteStringValue(reference.File);
            Value(reference.Score, 2);
            Value(reference.DurationS, 1);
            Value(reference.LevelRatioDb, 1);
            Value(reference.BandwidthHz, 0);
            json.WriteStringValue(reference.Text);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    // [file, speaker, recording, start, end, seconds, level ratio, LUFS, text, language, reason, warnings]
    private void WriteClip(ClipRecord clip, int recording, List<string> speakers)
    {
        json.WriteStartArray();
        json.WriteStringValue(clip.File);
        json.WriteNumberValue(speakers.IndexOf(clip.Speaker));
        json.WriteNumberValue(recording);
        Value(clip.StartS, 2);
        Value(clip.EndS, 2);
        Value(clip.DurationS, 2);
        Value(clip.LevelRatioDb, 1);
        Value(clip.IntegratedLufs, 1);
        json.WriteStringValue(clip.Text ?? "");
        json.WriteStringValue(clip.Language ?? "");
        json.WriteNumberValue(clip.Reason is { } reason ? codeOf(reason) : -1);
        json.WriteStartArray();
        clip.Warnings.ToList().ForEach(w => json.WriteNumberValue(codeOf(w)));
        json.WriteEndArray();
        json.WriteEndArray();
    }

    private void Value(double? value, int digits) => json.WriteFigure(value, digits);

    private void Number(string name, double? value, int digits) => json.WriteFigure(name, value, digits);
}
