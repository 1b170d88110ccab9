using System.Globalization;
using System.Text;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Inspection;

namespace VoiceClean.Cli.Output;

/// <summary>
/// What a person wants to see of inspected recordings, on standard output as they come: a row of figures, below it what
/// is wrong, and one line of advice. Fits 80 columns: where a name does not, it stands below its row. In a pipe a row
/// stays one line.
/// </summary>
internal sealed class InspectionTable : IDisposable
{
    /// <summary>The names of the columns, and their units.</summary>
    public const string Header =
        "verdict     length speech   loud range   peak noise  snr  band   clip  file\n"
        + "                 s      %   LUFS    LU   dBTP  dBFS   dB   kHz      %\n";

    // The names of the columns in the language, each ending where its figures do.
    private static string Heading => !Tongue.IsForeign
        ? Header
        : Translated(Header.Split('\n')[0]) + Header[Header.IndexOf('\n', StringComparison.Ordinal)..];

    // In fewer columns the figures stand in a sentence instead.
    private const int TableWidth = 75;

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
        int width = Console.IsOutputRedirected ? int.MaxValue : Math.Max(20, Console.WindowWidth - 1);
        string text = Format(report, width, Paint.IsOnOutput, _isBrief);
        if (text.Length == 0)
        {
            return;
        }

        _output.Write(Encoding.UTF8.GetBytes(_hasHeader || width < TableWidth ? text : Heading + text));
        _hasHeader = true;
    }

    /// <summary>The lines of one recording; nothing if it could not be measured.</summary>
    /// <param name="report">Of an inspected recording.</param>
    /// <param name="width">Columns that there are.</param>
    /// <param name="isColoured">Whether the verdict has a colour.</param>
    /// <param name="isBrief">The row only.</param>
    public static string Format(ClipReport report, int width, bool isColoured, bool isBrief)
    {
        if (report.Inspection is not { } facts || report.Before is not { } measured)
        {
            return "";
        }

        var text = new StringBuilder();
        string verdict = Tongue.Say(facts.Verdict.ToString().ToLowerInvariant()), row = Row(measured);
        Tone tone = facts.Verdict switch
        {
            Verdict.Good => Tone.Good,
            Verdict.Hopeless => Tone.Bad,
            _ => Tone.Fair,
        };
        string name = Paint.OneLine(report.Input?.Path ?? report.Id);
        text.Append(Paint.With(tone, verdict, isColoured)).Append(' ', Math.Max(1, 9 - Wrapped.Columns(verdict)));
        if (width < TableWidth)
        {
            text.Append(' ').Append(name).Append('\n');
            Sentence(text, string.Join(Tongue.IsForeign ? "，" : ", ", InWords(measured).Select(Tongue.Say)), width);
        }
        else
        {
            text.Append(row)
                .Append(9 + row.Length + 2 + Wrapped.Columns(name) <= width ? "  " : "\n" + Indent)
                .Append(name)
                .Append('\n');
        }

        if (!isBrief)
        {
            Remarks(text, report, facts, width);
        }

        return text.ToString();
    }

    public void Dispose() => _output.Dispose();

    private static void Remarks(StringBuilder text, ClipReport report, InspectionFacts facts, int width)
    {
        foreach (TrackFacts track in report.Input?.Tracks ?? [])
        {
            Sentence(text, "- " + Tongue.Say(Describe(track)), width);
        }

        foreach (Warning warning in report.Warnings)
        {
            Sentence(text, "- " + Tongue.Say(warning.Message), width);
        }

        if (facts.Verdict != Verdict.Good || report.Warnings.Count > 0)
        {
            Sentence(text, "> " + Tongue.Say(facts.Advice), width);
        }
    }

    // "verdict     length speech": each name where it stood, to the right of its figures.
    private static string Translated(string names)
    {
        var text = new StringBuilder();
        foreach (Range word in Words(names))
        {
            string said = Tongue.Say(names[word]);
            int end = word.End.Value;
            int from = word.Start.Value == 0 || end == names.Length ? word.Start.Value : end - Wrapped.Columns(said);
            text.Append(' ', Math.Max(text.Length > 0 ? 1 : 0, from - Wrapped.Columns(text.ToString()))).Append(said);
        }

        return text.ToString();
    }

    private static List<Range> Words(string names)
    {
        var words = new List<Range>();
        for (int from = 0; from < names.Length;)
        {
            int to = names.IndexOf(' ', from) is var blank and >= 0 ? blank : names.Length;
            if (to > from)
            {
                words.Add(from..to);
            }

            from = to + 1;
        }

        return words;
    }

    private static string Describe(TrackFacts track)
    {
        string[] parts =
        [
            track.Codec,
            track.Language is "" or "und" ? "" : track.Language,
            track.Name.Length > 0 ? $"\"{Paint.OneLine(track.Name)}\"" : "",
            track.SpeechS is { } s ? string.Create(CultureInfo.InvariantCulture, $"speech {s:0.0} s") : "",
            track.IsDefault ? "default" : "",
            track.IsUsed ? "used" : "",
        ];
        return $"audio track {track.Number}: {string.Join(", ", parts.Where(p => p.Length > 0))}";
    }

    private static string Row(Measurements measured)
    {
        var text = new StringBuilder();
        Cell(text, measured.DurationS, "F2", 8);
        Cell(text, measured.SpeechShare * 100, "F0", 6);
        Cell(text, measured.IntegratedLufs, "F1", 6);
        Cell(text, measured.LoudnessRangeLu, "F1", 5);
        Cell(text, measured.TruePeakDbtp, "F1", 6);
        Cell(text, measured.NoiseFloorDbfs, "F0", 5, measured.NoiseFloorIsUpperBound == true ? "<" : "");
        Cell(text, measured.SnrDb, "F0", 4, Figures.SnrBound(measured));
        Cell(text, measured.BandwidthHz / 1000, "F1", 5);
        Cell(text, measured.ClippedShare * 100, "0.###", 6);
        return text.ToString();
    }

    private static string[] InWords(Measurements m) =>
        [
            Figures.Cell(m.DurationS, "F2", "s"),
            "speech " + Figures.Cell(m.SpeechShare * 100, "F0", "%"),
            Figures.Cell(m.IntegratedLufs, "F1", "LUFS"),
            "range " + Figures.Cell(m.LoudnessRangeLu, "F1", "LU"),
            "peak " + Figures.Cell(m.TruePeakDbtp, "F1", "dBTP"),
            "noise " + Figures.Cell(m.NoiseFloorDbfs, "F0", "dBFS"),
            "snr " + Figures.Snr(m, "F0"),
            "band " + Figures.Cell(m.BandwidthHz / 1000, "F1", "kHz"),
            "clipped " + Figures.Cell(m.ClippedShare * 100, "0.###", "%"),
        ];

    private static void Sentence(StringBuilder text, string sentence, int width)
    {
        string indent = width < TableWidth ? "  " : Indent;
        foreach (string line in Wrapped.Lines(indent + Paint.OneLine(sentence), width, indent + "  "))
        {
            text.Append(line).Append('\n');
        }
    }

    private static void Cell(StringBuilder text, double? value, string format, int width, string sign = "") =>
        text.Append(' ')
            .Append(
                (value is { } v && double.IsFinite(v) ? sign + v.ToString(format, CultureInfo.InvariantCulture) : "-")
                    .PadLeft(width));
}
