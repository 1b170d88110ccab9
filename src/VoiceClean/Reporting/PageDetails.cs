using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection;

namespace VoiceClean.Reporting;

/// <summary>The part of the page's data about the worst recordings: pictures, sound, findings.</summary>
internal sealed class PageDetails(
    RunRecords records,
    ReportOptions options,
    AudioDecoders decoders,
    Utf8JsonWriter json)
{
    private static readonly (string Key, int Digits, Func<Measurements, double?> Of)[] Figures =
    [
        ("snr_db", 1, m => m.SnrDb),
        ("noise_floor_dbfs", 1, m => m.NoiseFloorDbfs),
        ("speech_dbfs", 1, m => m.SpeechDbfs),
        ("integrated_lufs", 1, m => m.IntegratedLufs),
        ("loudness_range_lu", 1, m => m.LoudnessRangeLu),
        ("true_peak_dbtp", 2, m => m.TruePeakDbtp),
        ("duration_s", 2, m => m.DurationS),
        ("speech_s", 2, m => m.SpeechS),
        ("bandwidth_hz", 0, m => m.BandwidthHz),
        ("clipped_samples", 0, m => m.ClippedSamples),
        ("hum_hz", 0, m => m.HumHz),
    ];

    /// <summary>The keys of the figures, for whoever words them.</summary>
    public static IEnumerable<string> FigureKeys => Figures.Select(f => f.Key);

    /// <summary>Writes them.</summary>
    /// <param name="cancellation">Checked between two recordings and within.</param>
    public void Write(CancellationToken cancellation)
    {
        int most = Math.Max(options.Worst, options.Audio.Embedded);
        json.WriteStartArray("details");
        int rank = 0;
        foreach (int place in WorstRows.Of(records.Rows, most))
        {
            cancellation.ThrowIfCancellationRequested();
            if (records.ReadAgain(records.Rows[place]) is { } report)
            {
                Write(place, rank++ < options.Audio.Embedded, report, cancellation);
            }
        }

        json.WriteEndArray();
    }

    private void Write(int place, bool withSound, ClipReport report, CancellationToken cancellation)
    {
        RecordRow row = records.Rows[place];
        double gain = SoundOfRow.GainBetween(report);
        bool isClip = row.HasResult && row.OutputPath!.EndsWith(".wav", StringComparison.OrdinalIgnoreCase);
        json.WriteStartObject();
        json.WriteNumber("row", place);
        json.WriteString("path", row.InputPath);
        json.WriteString("advice", report.Inspection?.Advice);
        json.WriteFigure("gain", gain, 1);
        Sound("before", SoundOfRow.Draw(
            row.InputPath ?? "",
            gain,
            RecordRow.Stretches(report, "removed_s"),
            withSound,
            decoders,
            cancellation));
        Sound("after", isClip
            ? SoundOfRow.Draw(row.OutputPath!, 0, [], withSound, decoders, cancellation)
            : null);
        json.WriteBoolean("made", isClip);
        WriteFigures(report);
        json.WriteStartArray("warnings");
        foreach (Warning warning in report.Warnings)
        {
            json.WriteStartArray();
            json.WriteStringValue(warning.Code);
            json.WriteStringValue(warning.Message);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        WriteFindings(report);
        json.WriteEndObject();
    }

    private void Sound(string name, SoundOfRow? sound)
    {
        if (sound is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        json.WriteBase64StringValue(sound.Wave);
        json.WriteBase64StringValue(sound.Spectrogram);
        json.WriteFigure(sound.DurationS, 2);
        json.WriteNumberValue(sound.SampleRate);
        if (sound.Wav is not null)
        {
            json.WriteBase64StringValue(sound.Wav);
        }

        json.WriteEndArray();
    }

    private void WriteFigures(ClipReport report)
    {
        json.WriteStartArray("figures");
        foreach ((string key, int digits, Func<Measurements, double?> of) in Figures)
        {
            double? before = report.Before is { } b ? of(b) : null, after = report.After is { } a ? of(a) : null;
            if (before is not null || after is not null)
            {
                json.WriteStartArray();
                json.WriteStringValue(key);
                json.WriteNumberValue(digits);
                json.WriteFigure(before, digits);
                json.WriteFigure(after, digits);
                json.WriteEndArray();
            }
        }

        json.WriteEndArray();
    }

    // Keys as they stand in the records, with their units; lists are left to these.
    private void WriteFindings(ClipReport report)
    {
        json.WriteStartArray("findings");
        foreach ((string key, JsonNode? node) in report.Process ?? [])
        {
            if (node is JsonValue value)
            {
                json.WriteStartArray();
                json.WriteStringValue(key);
                json.WriteStringValue(value.GetValueKind() switch
                {
                    JsonValueKind.Number => value.GetValue<double>().ToString("0.###", CultureInfo.InvariantCulture),
                    JsonValueKind.True => "true",
                    JsonValueKind.False => "false",
                    _ => value.ToString(),
                });
                json.WriteEndArray();
            }
        }

        json.WriteEndArray();
    }
}
