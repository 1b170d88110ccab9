using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection;
using VoiceClean.Reporting;
using VoiceClean.Testing.Tools;

namespace VoiceClean.Browser.Tests.Reporting;

/// <summary>Records made from nothing, and the pages made from them.</summary>
internal static class Reports
{
    /// <summary>Names that mean something to somebody: a page, a shell, a spreadsheet, a script.</summary>
    public static string[] HostileNames { get; } =
    [
        "<img src=x onerror=alert(1)>.wav",
        "</script><script>alert(2)</script>.wav",
        "<!--<script>.wav",
        "]]>&lt;b&gt;&amp;\"'`.wav",
        "javascript:alert(3).wav",
        "\" onmouseover=\"alert(4).wav",
        "__proto__",
        "constructor",
        "{n} of {all}.wav",
        "${alert(5)}.wav",
        "line\nend\u2028and\u2029more.wav",
        "\u202Egnp.wav",
        "\uD83D\uDE00\uD800.wav",
        "..%2F..%2Fetc%2Fpasswd",
        "=cmd|' /C calc'!A0.wav",
        new string('x', 4000),
        "",
    ];

    /// <summary>A result, with figures that depend on its number.</summary>
    public static ClipReport Made(int number, string? id = null)
    {
        double noise = number * 7 % 40;
        id ??= string.Create(
            CultureInfo.InvariantCulture,
            $"speaker{number % 12}/session{number % 7}/{number:00000}.wav");
        return new ClipReport
        {
            Id = id,
            Status = ClipStatus.Ok,
            Warnings = number % 5 == 0 ? [new Warning(WarningCodes.LowSnr, "Listen to it.")] : [],
            Input = new FileFacts { Path = "recordings/" + id, DurationS = 3 + (number % 17) },
            Output = new FileFacts { Path = "clean/" + id, DurationS = 2.5 + (number % 17) },
            Before = new Measurements { DurationS = 4, IntegratedLufs = -20 - (noise / 3), SnrDb = noise },
            After = new Measurements { DurationS = 4, IntegratedLufs = -16, SnrDb = noise + 12.34 },
            Process = new JsonObject { ["gain_db"] = 4.25, ["noise_source"] = "head" },
            Provenance = new Provenance("0.1.0", ReportJson.Hash(new CleaningOptions()), 256),
            Options = new CleaningOptions(),
        };
    }

    /// <summary>A refusal or a failure.</summary>
    public static ClipReport Lost(int number, ClipStatus status, string reason, string? id = null)
    {
        ClipReport report = Made(number, id);
        return report with
        {
            Status = status,
            Reason = reason,
            Message = $"{report.Input!.Path}: this is why.",
            Output = null,
            After = null,
        };
    }

    /// <summary>The lines of a run.</summary>
    public static Stream Lines(IReadOnlyList<ClipReport> reports)
    {
        RunSummary summary = RunSummary.Of(reports, 12.5) with
        {
            Command = ["voiceclean", "batch", "recordings", "--strength", "0.4"],
        };
        return new MemoryStream(
            Encoding.UTF8.GetBytes(
                string.Concat(reports.Select(r => ReportJson.ToLine(r) + "\n")) + ReportJson.ToLine(summary) + "\n"));
    }

    /// <summary>Writes the page of some reports and returns its address.</summary>
    public static Uri Page(TemporaryFolder folder, IReadOnlyList<ClipReport> reports, ReportOptions? options = null)
    {
        using var reader = new RecordReader();
        using Stream lines = Lines(reports);
        reader.Add("run.jsonl", lines);
        return Page(folder, reader, options);
    }

    /// <summary>Writes the page of what a reader has read and returns its address.</summary>
    public static Uri Page(TemporaryFolder folder, RecordReader reader, ReportOptions? options = null)
    {
        string path = folder["report.html"];
        ReportFile.Write(
            new WritePlace(path, "", overwrite: true),
            reader.Read(),
            options ?? new ReportOptions(),
            AudioDecoders.CreateDefault());
        return new Uri(path);
    }
}
