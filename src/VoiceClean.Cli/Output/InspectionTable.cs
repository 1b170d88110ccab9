using System.Globalization;
using System.Text;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Inspection;

namespace VoiceClean.Cli.Output;

/// <summary>
/// What a person wants to see of inspected recordings, on standard output as they come: a row of figures, below it what
/// is wrong, and one line of advice.
/// </summary>
internal sealed class InspectionTable : IDisposable
{
    private const string Indent = "          ";

    private readonly Stream _output;
    private readonly bool _isBrief;
    private bool _hasHeader;

    /// <param name="isBrief">Rows only.</param>
    /// <param name="stop">Ends the waiting for a reader that does not read.</param>
    public InspectionTable(bool isBrief, CancellationToken stop) =>
        (_isBrief, _output) = (isBrief, StandardOutput.Open(stop));

    /// <summary>Adds a recording.</summary>
    /// <exception cref="VoiceCleanException">The reader went away, or the disk is full.</exception>
    public void Add(ClipReport report)
    {
        if (report.Inspection is not { } facts || report.Before is not { } measured)
        {
            return;
        }

        var text = new StringBuilder();
        if (!_hasHeader)
        {
            text.Append(
                "verdict      length speech   loudness  range true peak     noise     snr     band clipped  file\n");
            _hasHeader = true;
        }

        text.Append(CultureInfo.InvariantCulture, $"{facts.Verdict.ToString().ToLowerInvariant(),-9}");
        Cell(text, measured.DurationS, "F2", "s", 9);
        Cell(text, measured.SpeechShare * 100, "F0", "%", 6);
        Cell(text, measured.IntegratedLufs, "F1", "LUFS", 10);
        Cell(text, measured.LoudnessRangeLu, "F1", "LU", 6);
        Cell(text, measured.TruePeakDbtp, "F1", "dBTP", 9);
        Cell(text, measured.NoiseFloorDbfs, "F0", "dBFS", 9);
        Cell(text, measured.SnrDb, "F0", "dB", 7);
        Cell(text, measured.BandwidthHz / 1000, "F1", "kHz", 8);
        Cell(text, measured.ClippedShare * 100, "0.###", "%", 7);
        text.Append("  ").Append((report.Input?.Path ?? report.Id).ReplaceLineEndings(" ")).Append('\n');
        if (!_isBrief)
        {
            foreach (TrackFacts track in report.Input?.Tracks ?? [])
            {
                text.Append(Indent).Append("- ").Append(Describe(track)).Append('\n');
            }

            foreach (Warning warning in report.Warnings)
            {
                text.Append(Indent).Append("- ").Append(warning.Message).Append('\n');
            }

            if (facts.Verdict != Verdict.Good || report.Warnings.Count > 0)
            {
                text.Append(Indent).Append("> ").Append(facts.Advice).Append('\n');
            }
        }

        _output.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    public void Dispose() => _output.Dispose();

    private static string Describe(TrackFacts track)
    {
        string[] parts =
        [
            track.Codec,
            track.Language is "" or "und" ? "" : track.Language,
            track.Name.Length > 0 ? $"\"{track.Name.ReplaceLineEndings(" ")}\"" : "",
            track.SpeechS is { } s ? string.Create(CultureInfo.InvariantCulture, $"speech {s:0.0} s") : "",
            track.IsDefault ? "default" : "",
            track.IsUsed ? "used" : "",
        ];
        return $"audio track {track.Number}: {string.Join(", ", parts.Where(p => p.Length > 0))}";
    }

    private static void Cell(StringBuilder text, double? value, string format, string unit, int width) =>
        text.Append(' ')
            .Append(
                (
                    value is { } v && double.IsFinite(v)
                        ? v.ToString(format, CultureInfo.InvariantCulture) + " " + unit
                        : "-").PadLeft(width));
}
