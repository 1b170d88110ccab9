using System.Globalization;
using System.Text;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Inspection;

namespace VoiceClean.Reporting;

/// <summary>One line an input, for spreadsheets: RFC 4180, UTF-8.</summary>
internal static class CsvReport
{
    private static readonly (string Name, Func<RecordRow, object?> Of)[] Columns =
    [
        ("id", r => r.Id),
        ("status", r => RunSummary.NameOf(r.Status)),
        ("verdict", r => r.Verdict?.ToString().ToLowerInvariant()),
        ("reason", r => r.Reason),
        ("message", r => r.Message),
        ("warnings", r => string.Join(' ', r.Warnings)),
        ("input_s", r => r.InputS),
        ("output_s", r => r.OutputS),
        ("removed_share", r => r.RemovedShare),
        ("snr_before_db", r => r.SnrBeforeDb),
        ("snr_after_db", r => r.SnrAfterDb),
        ("lufs_before", r => r.LufsBefore),
        ("lufs_after", r => r.LufsAfter),
        ("input", r => r.InputPath),
        ("output", r => r.OutputPath),
        ("settings", r => r.Settings),
        ("version", r => r.Tool),
        ("snr_before_bound", r => Bound(r.SnrBeforeDb)),
        ("snr_after_bound", r => Bound(r.SnrAfterDb)),
    ];

    /// <summary>The first line.</summary>
    private static string Head { get; } = string.Join(',', Columns.Select(c => c.Name)) + "\r\n";

    /// <summary>
    /// Whether a text begins as one of ours, of this version or an earlier one; where somebody has added a column it is
    /// his.
    /// </summary>
    public static bool IsBegunBy(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith(Head, StringComparison.Ordinal)
            || text.StartsWith(
                Head[..Head.IndexOf(",snr_before_bound", StringComparison.Ordinal)] + "\r\n",
                StringComparison.Ordinal);
    }

    /// <summary>The whole file.</summary>
    public static string Of(RunRecords records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var text = new StringBuilder();
        text.Append(Head);
        foreach (RecordRow row in records.Rows)
        {
            text.AppendJoin(',', Columns.Select(c => Cell(c.Of(row)))).Append("\r\n");
        }

        return text.ToString();
    }

    // A ratio that cannot be measured any more is at least, or at most, what stands there.
    private static string? Bound(double? snrDb) =>
        snrDb is SnrEstimator.HighestDb ? "lower"
        : snrDb is SnrEstimator.LowestDb ? "upper"
        : null;

    private static string Cell(object? value) => value switch
    {
        null => "",
        double number => number.ToString("0.####", CultureInfo.InvariantCulture),
        _ => Quoted(Inert((string)value)),
    };

    // A spreadsheet takes text that begins like this for a formula and would run it.
    private static string Inert(string text) =>
        text.Length > 0 && "=+-@\t\r".Contains(text[0]) ? "'" + text : text;

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") >= 0
            ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""
            : text;
}
