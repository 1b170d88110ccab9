using System.Globalization;
using System.Text;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Inspection;

namespace VoiceClean.Reporting;

/// <summary>What a person wants to know, for a ticket or a chat: counts, reasons with their first files, the worst
/// results.</summary>
internal static class MarkdownReport
{
    /// <summary>What it begins with; nobody sees it.</summary>
    public const string Mark = "<!-- VoiceClean report -->\n";

    private const int MostNamed = 5;

    /// <summary>The whole text.</summary>
    public static string Of(RunRecords records, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyDictionary<string, string> words = ReportWords.Of(options.Language);
        var text = new StringBuilder(Mark);
        text.Append(CultureInfo.InvariantCulture, $"# {Inert(options.Title ?? words["title"])}\n\n");
        RunSummary summary = records.Summary;
        text.Append(CultureInfo.InvariantCulture, $"{words["col.status"]} | {words["col.count"]}\n--- | ---:\n");
        foreach (ClipStatus status in Enum.GetValues<ClipStatus>().Where(s => summary.Count(s) > 0))
        {
            string word = words["status." + RunSummary.NameOf(status)];
            text.Append(CultureInfo.InvariantCulture, $"{word} | {summary.Count(status)}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{words["head.in"]}: {Time(summary.AudioInS)} · ");
        text.Append(CultureInfo.InvariantCulture, $"{words["head.out"]}: {Time(summary.AudioOutS)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{words["head.version"]}: {Inert(Joined(records.Tools))} · ");
        text.Append(CultureInfo.InvariantCulture, $"{words["head.settings"]}: ");
        text.Append(Inert(Joined(PageData.Changed(records)))).Append(" (").Append(
            Inert(Joined(records.Settings.Select(s => s[..Math.Min(12, s.Length)])))).Append(")\n");
        if (records.Command.Count > 0)
        {
            text.Append("\n```\n").Append(ShellWords.Join(records.Command).ReplaceLineEndings(" ")
                .Replace("```", "` ` `", StringComparison.Ordinal)).Append("\n```\n");
        }

        foreach (Notice notice in records.Notices)
        {
            text.Append("\n> ").Append(Inert(ReportWords.Say(words, "notice." + notice.Code, notice.Slots)))
                .Append('\n');
        }

        AppendReasons(text, records, words);
        AppendWarnings(text, summary, words);
        AppendWorst(text, records, options, words);
        return text.ToString();
    }

    private static void AppendReasons(
        StringBuilder text,
        RunRecords records,
        IReadOnlyDictionary<string, string> words)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {words["reasons"]}\n\n");
        Lookup<string, RecordRow> byReason = records
            .Rows.Where(r => r.Status is ClipStatus.Rejected or ClipStatus.Failed)
            .ToLookup(r => r.Reason ?? "");
        if (byReason.Count == 0)
        {
            text.Append(words["reasons.none"]).Append('\n');
        }

        foreach (Group<string, RecordRow> reason in byReason.OrderByDescending(g => g.Count()))
        {
            string word = ReportWords.Say(words, "code." + reason.Key);
            text.Append(CultureInfo.InvariantCulture, $"- **{Inert(word)}** (`{reason.Key}`): {reason.Count()}\n");
            foreach (RecordRow row in reason.Take(MostNamed))
            {
                text.Append(CultureInfo.InvariantCulture, $"  - {Inert(row.Id)}: {Inert(row.Message ?? "")}\n");
            }
        }
    }

    private static void AppendWarnings(
        StringBuilder text,
        RunSummary summary,
        IReadOnlyDictionary<string, string> words)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {words["warnings"]}\n\n");
        if (summary.Warnings.Count == 0)
        {
            text.Append(words["warnings.none"]).Append('\n');
        }

        foreach ((string code, int count) in summary.Warnings.OrderByDescending(w => w.Value))
        {
            string word = ReportWords.Say(words, "code." + code);
            text.Append(CultureInfo.InvariantCulture, $"- **{Inert(word)}** (`{code}`): {count}\n");
        }
    }

    private static void AppendWorst(
        StringBuilder text,
        RunRecords records,
        ReportOptions options,
        IReadOnlyDictionary<string, string> words)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {words["worst"]}\n\n");
        string[] columns = ["col.file", "col.status", "col.snr", "col.lufs", "col.warnings"];
        text.AppendJoin(" | ", columns.Select(c => words[c])).Append("\n--- | --- | ---: | ---: | ---\n");
        foreach (RecordRow row in WorstRows.Of(records.Rows, options.Worst).Select(i => records.Rows[i]))
        {
            string status = words["status." + RunSummary.NameOf(row.Status)];
            text.Append(CultureInfo.InvariantCulture, $"{Inert(row.Id)} | {status} | ");
            text.Append(CultureInfo.InvariantCulture, $"{Ratio(row.SnrBeforeDb)} → {Ratio(row.SnrAfterDb)} | ");
            text.Append(CultureInfo.InvariantCulture, $"{Pair(row.LufsBefore, row.LufsAfter)} | ");
            text.AppendJoin(", ", row.Warnings.Select(w => ReportWords.Say(words, "code." + w))).Append('\n');
        }
    }

    private static string Pair(double? before, double? after) => $"{Figure(before)} → {Figure(after)}";

    // What cannot be measured any more is only known to be higher, or lower.
    private static string Ratio(double? snrDb) =>
        snrDb is SnrEstimator.HighestDb ? $">{SnrEstimator.HighestDb}"
        : snrDb is SnrEstimator.LowestDb ? $"<{SnrEstimator.LowestDb}"
        : Figure(snrDb);

    private static string Figure(double? value) => value?.ToString("0.0", CultureInfo.InvariantCulture) ?? "–";

    private static string Joined(IEnumerable<string> parts) =>
        string.Join(", ", parts) is { Length: > 0 } all ? all : "–";

    private static string Time(double seconds)
    {
        var time = TimeSpan.FromSeconds(seconds);
        return FormattableString.Invariant($"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");
    }

    // A name is text, whatever signs are in it.
    private static string Inert(string text)
    {
        var inert = new StringBuilder();
        foreach (char c in text)
        {
            _ = c switch
            {
                '<' => inert.Append("&lt;"),
                '>' => inert.Append("&gt;"),
                '&' => inert.Append("&amp;"),
                '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '#' or '!' or '~' => inert.Append('\\').Append(c),
                _ when char.IsControl(c) => inert.Append(' '),
                _ => inert.Append(c),
            };
        }

        return inert.ToString();
    }
}
