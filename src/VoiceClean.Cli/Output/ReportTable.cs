using System.Globalization;
using Spectre.Console;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Inspection;

namespace VoiceClean.Cli.Output;

/// <summary>What a person wants to see of one report: before and after side by side, and what was done.</summary>
internal static class ReportTable
{
    private const int BorderedWidth = 50;

    /// <summary>Prints the table and the warnings.</summary>
    public static void Print(IAnsiConsole console, ClipReport report)
    {
        if (report.Before is { } before && report.After is { } after)
        {
            Table table = new Table()
                .Border(console.Profile.Width < BorderedWidth ? TableBorder.None : TableBorder.Rounded)
                .AddColumn("")
                .AddColumn(new TableColumn(Tongue.Say("before")).RightAligned())
                .AddColumn(new TableColumn(Tongue.Say("after")).RightAligned());
            Row(table, "loudness", before.IntegratedLufs, after.IntegratedLufs, "F1", "LUFS");
            Row(table, "true peak", before.TruePeakDbtp, after.TruePeakDbtp, "F1", "dBTP");
            table.AddRow(Tongue.Say("noise before gain"), Floor(before), Floor(after));
            table.AddRow(Tongue.Say("signal to noise"), Figures.Snr(before, "F1"), Figures.Snr(after, "F1"));
            Row(table, "bandwidth", before.BandwidthHz / 1000, after.BandwidthHz / 1000, "F1", "kHz");
            Row(table, "speech", before.SpeechS, after.SpeechS, "F2", "s");
            Row(table, "length", before.DurationS, after.DurationS, "F2", "s");
            console.Write(table);
            console.MarkupLineInterpolated($"{Did(report)}");
        }

        PrintWarnings(console, report);
    }

    /// <summary>Prints one line a warning.</summary>
    public static void PrintWarnings(IAnsiConsole console, ClipReport report)
    {
        foreach (Warning warning in report.Warnings)
        {
            console.MarkupLineInterpolated($"[yellow]{Tongue.Say("warning:")}[/] {Tongue.Say(warning.Message)}");
        }
    }

    private static string Did(ClipReport report)
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

        parts.AddRange(NoiseDown(Number("gate_attenuation_db"), Number("gate_asked_db"), Text("gate_limit")));
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
            parts.Add(
                $"wrote {output.Path} ({Counted.Of(output.SizeBytes ?? 0, "byte")})");
        }

        return string.Join(Tongue.IsForeign ? "；" : "; ", parts.Select(Tongue.Say));

        double? Number(string key) =>
            report.Process?[key] is { } node && node.GetValueKind() == System.Text.Json.JsonValueKind.Number
                ? node.GetValue<double>()
                : null;
        string? Text(string key) =>
            report.Process?[key] is { } node && node.GetValueKind() == System.Text.Json.JsonValueKind.String
                ? node.GetValue<string>()
                : null;
    }

    private static IEnumerable<string> NoiseDown(double? done, double? asked, string? limit)
    {
        if (done is null)
        {
            return [];
        }

        string? because = limit switch
        {
            "clean_already" => "as it is clean",
            "unlike_noise" => "as no pause shows what is noise",
            "short_clip" => "as the recording is short",
            _ => null,
        };
        return because is null
            ? [string.Create(CultureInfo.InvariantCulture, $"noise down {done:F1} dB")]
            : [string.Create(CultureInfo.InvariantCulture, $"noise down {done:F1} of {asked:F1} dB, {because}")];
    }

    // Before the gain a result compares with its recording.
    private static string Floor(Measurements m) =>
        (m.NoiseFloorIsUpperBound == true ? "<" : "")
        + Figures.Cell(m.NoiseFloorBeforeGainDbfs ?? m.NoiseFloorDbfs, "F1", "dBFS");

    private static void Row(Table table, string name, double? before, double? after, string format, string unit)
        => table.AddRow(Tongue.Say(name), Figures.Cell(before, format, unit), Figures.Cell(after, format, unit));
}
