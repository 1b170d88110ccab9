using System.Globalization;
using System.Text.Json;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Inspection;

namespace VoiceClean.Cli.Output;

/// <summary>What a person wants to see of one report: before and after side by side, and what was done.</summary>
internal static class ReportTable
{
    private const int BorderedWidth = 50;
    private const double LeastToldDb = 1;       // less is not heard

    /// <summary>Prints the table and the warnings.</summary>
    public static void Print(ClipReport report) =>
        Write([.. Table(report, Screen.Columns, IsUnicode), .. Sentences(report), .. Warnings(report)]);

    /// <summary>Prints one line a warning.</summary>
    public static void PrintWarnings(ClipReport report) => Write(Warnings(report));

    /// <summary>The lines of the table; none without measurements.</summary>
    /// <param name="report">Of a cleaned recording.</param>
    /// <param name="columns">Of the terminal; null = as many as are needed.</param>
    /// <param name="isUnicode">Whether round corners can be shown.</param>
    public static IEnumerable<string> Table(ClipReport report, int? columns, bool isUnicode)
    {
        if (report.Before is not { } before || report.After is not { } after)
        {
            return [];
        }

        string[][] rows =
        [
            ["", Tongue.Say("before"), Tongue.Say("after")],
            Row("loudness", before.IntegratedLufs, after.IntegratedLufs, "F1", "LUFS"),
            Row("true peak", before.TruePeakDbtp, after.TruePeakDbtp, "F1", "dBTP"),
            [Tongue.Say("noise before gain"), Floor(before), Floor(after)],
            [Tongue.Say("signal to noise"), Figures.Snr(before, "F1"), Figures.Snr(after, "F1")],
            Row("bandwidth", before.BandwidthHz / 1000, after.BandwidthHz / 1000, "F1", "kHz"),
            Row("speech", before.SpeechS, after.SpeechS, "F2", "s"),
            Row("length", before.DurationS, after.DurationS, "F2", "s"),
        ];
        int[] widths = [.. Sequence.Range(0, 3).Select(c => rows.Max(r => Wrapped.Columns(r[c])))];
        return columns is null or >= BorderedWidth ? Bordered(rows, widths, isUnicode)
            : columns >= widths.Sum() + 2 ? rows.Select(r => string.Join(' ', Cells(r, widths)))
            : rows.Skip(1).SelectMany(r => Wrapped.Lines($"{r[0]}: {r[1]} → {r[2]}", columns.Value, "  "));
    }

    private static bool IsUnicode => Console.OutputEncoding.CodePage is 65001 or 1200;

    private static void Write(IEnumerable<string> lines) =>
        Console.Error.Write(string.Concat(lines.Select(l => l + "\n")));

    private static IEnumerable<string> Bordered(string[][] rows, int[] widths, bool isUnicode)
    {
        string corners = isUnicode ? "╭╮╰╯" : "┌┐└┘";
        yield return Rule(widths, corners[0], '┬', corners[1]);
        for (int r = 0; r < rows.Length; r++)
        {
            yield return "│ " + string.Join(" │ ", Cells(rows[r], widths)) + " │";
            if (r == 0)
            {
                yield return Rule(widths, '├', '┼', '┤');
            }
        }

        yield return Rule(widths, corners[2], '┴', corners[3]);
    }

    private static string Rule(int[] widths, char left, char between, char right) =>
        left + string.Join(between, widths.Select(w => new string('─', w + 2))) + right;

    // Names from the left, figures to the right.
    private static IEnumerable<string> Cells(string[] row, int[] widths) =>
        row.Select((cell, c) =>
            c == 0 ? Wrapped.Padded(cell, widths[c]) : new string(' ', widths[c] - Wrapped.Columns(cell)) + cell);

    private static IEnumerable<string> Sentences(ClipReport report) =>
        report.Before is null || report.After is null ? [] : [Screen.Fitted(Did(report))];

    private static IEnumerable<string> Warnings(ClipReport report) => report.Warnings.Select(w =>
        Screen.Fitted(
            $"{Paint.With(Tone.Fair, Tongue.Say("warning:"), Paint.IsOnError)}{Tongue.Gap}{Tongue.Say(w.Message)}"));

    /// <summary>What was done, in one line.</summary>
    internal static string Did(ClipReport report)
    {
        var parts = new List<string>();
        if (Text("noise_source") is { } source)
        {
            parts.Add(Number("noise_start_s") is { } from && Number("noise_end_s") is { } to
                ? string.Create(CultureInfo.InvariantCulture, $"noise from {source} ({from:F1}-{to:F1} s)")
                : $"noise from {source}");
        }

        if (Number("strength") is { } strength)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"strength {strength}"));
        }

        parts.AddRange(Events(Number("clicks"), Number("transients"), Number("transients_max_reduction_db")));
        parts.AddRange(NoiseDown(Number("gate_attenuation_db"), Number("gate_asked_db"), Text("gate_limit")));
        parts.AddRange(Unchecked(Number("gate_attenuation_db"), Number("gate_checked_s")));
        parts.AddRange(RumbleDown(Number("gate_rumble_attenuation_db"), Number("gate_attenuation_db")));
        if (Number("gain_db") is { } gain)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"gain {gain:+0.0;-0.0} dB"));
        }

        if (Number("limiter_max_reduction_db") is { } reduction and > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"limiter at most {reduction:F1} dB"));
        }

        if (report.Output is { } output)
        {
            parts.Add($"wrote {output.Path} ({Counted.Of(output.SizeBytes ?? 0, "byte")})");
        }

        return string.Join(Tongue.IsForeign ? "；" : "; ", parts.Select(Tongue.Say));

        double? Number(string key) =>
            report.Process?[key] is { } node && node.GetValueKind() == JsonValueKind.Number
                ? node.GetValue<double>()
                : null;
        string? Text(string key) =>
            report.Process?[key] is { } n && n.GetValueKind() == JsonValueKind.String ? n.GetValue<string>() : null;
    }

    // A recording that is clean but for these is not what it was.
    private static IEnumerable<string> Events(double? clicks, double? bumps, double? mostDb)
    {
        if (clicks > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"clicks turned down: {clicks:0}");
        }

        if (bumps > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"bumps turned down: {bumps:0}, by at most {mostDb:F1} dB");
        }
    }

    private static IEnumerable<string> NoiseDown(double? done, double? asked, string? limit)
    {
        if (done is null)
        {
            return [];
        }

        string? because = limit switch
        {
            "clean_already" => "as there is little where it was learnt",
            "unlike_noise" => "as no pause shows what is noise",
            "short_clip" => "as the recording is short",
            "restless" => "as it is restless",
            "louder_elsewhere" => "where it is louder than in the stretch it was learnt from",
            "unlike_named" => "as it is not the noise that was named",
            _ => null,
        };
        return because is null
            ? [string.Create(CultureInfo.InvariantCulture, $"noise down {done:F1} dB")]
            : [string.Create(CultureInfo.InvariantCulture, $"noise down {done:F1} of {asked:F1} dB, {because}")];
    }

    // A tone or a motor passes for a voice: then there is no pause in which the noise was heard before and after.
    private static string[] Unchecked(double? done, double? seconds) =>
        done > LeastToldDb && seconds == 0 ? ["no pause showed how far it really fell"] : [];

    // Engines and streets, below a voice that is clean.
    private static IEnumerable<string> RumbleDown(double? rumble, double? rest) =>
        rumble >= rest + 1 ? [string.Create(CultureInfo.InvariantCulture, $"below 90 Hz {rumble:F1} dB")] : [];

    // Before the gain a result compares with its recording.
    private static string Floor(Measurements m) =>
        (m.NoiseFloorIsUpperBound == true ? "<" : "")
        + Figures.Cell(m.NoiseFloorBeforeGainDbfs ?? m.NoiseFloorDbfs, "F1", "dBFS");

    private static string[] Row(string name, double? before, double? after, string format, string unit)
        => [Tongue.Say(name), Figures.Cell(before, format, unit), Figures.Cell(after, format, unit)];
}
