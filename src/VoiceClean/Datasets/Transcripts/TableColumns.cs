using System.Text.RegularExpressions;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>
/// Finds out what the columns of a list without a header are, over all of its rows: one row alone does not say whether
/// its third field is a language, a speaker or the end of a text with separators in it.
/// </summary>
internal static partial class TableColumns
{
    private static readonly HashSet<string> Named =
    [
        "english", "chinese", "mandarin", "cantonese", "japanese", "korean", "auto", "auto_yue", "german", "french",
        "spanish", "italian", "portuguese", "polish", "turkish", "russian", "dutch", "czech", "arabic", "hungarian",
        "hindi", "中文", "英文", "日文", "粤语", "日本語",
    ];

    /// <summary>Reads the rows.</summary>
    public static (IReadOnlyList<TranscriptEntry> Entries, IReadOnlyList<int> Ignored) Read(
        List<TableRow> rows,
        Func<string, bool> isAudioName)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(isAudioName);
        TableRow[] usable = [.. rows.Where(r => r.Fields.Count > 1)];
        Func<TableRow, TranscriptEntry?> read = Choose(usable, isAudioName);
        var entries = new List<TranscriptEntry>();
        var ignored = new List<int>();
        foreach (TableRow row in rows)
        {
            if (row.Fields.Count > 1 && row.Fields[0].Trim().Length > 0 && read(row) is { } entry)
            {
                entries.Add(entry);
            }
            else
            {
                ignored.Add(row.Line);
            }
        }

        return (entries, ignored);
    }

    private static Func<TableRow, TranscriptEntry?> Choose(TableRow[] rows, Func<string, bool> isAudioName)
    {
        if (2 * rows.Count(r => HasLanguage(r, rows.Length, isAudioName)) >= rows.Length)
        {
            return r => r.Fields.Count < 4 ? null : Entry(r, Rest(r, 3), r.Fields[1], r.Fields[2]);
        }

        int width = rows[0].Fields.Count;
        bool isEven = rows.All(r => r.Fields.Count == width);
        if (isEven && width == 3)
        {
            bool isMiddleNarrow = IsNarrow(rows, 1), isLastNarrow = IsNarrow(rows, 2);
            return 2 * rows.Count(IsTwice) >= rows.Length ? Twice
                : isMiddleNarrow && !isLastNarrow ? r => Entry(r, r.Fields[2], r.Fields[1])
                : isLastNarrow && !isMiddleNarrow ? r => Entry(r, r.Fields[1], r.Fields[2])
                : r => IsTwice(r) ? Twice(r) : null;
        }

        // Columns that nobody has named.
        bool isStrange =
            isEven
            && width > 3
            && rows.Length > 2
            && Sequence.Range(1, width - 1).Any(c => IsNarrow(rows, c));
        return isStrange ? _ => null : r => Entry(r, Rest(r, 1));
    }

    // path|speaker|LANGUAGE|text
    private static bool HasLanguage(TableRow row, int rows, Func<string, bool> isAudioName)
    {
        if (row.Fields.Count < 4)
        {
            return false;
        }

        string speaker = row.Fields[1], language = row.Fields[2];
        if (language.Length == 0)
        {
            // A language left open, beside one word as a speaker; in "a.wav|two words||more" it is text.
            return speaker.Length > 0 && !speaker.Any(char.IsWhiteSpace) && isAudioName(row.Fields[0].Trim());
        }

        bool isCode = Code().IsMatch(language) || Named.Contains(language.ToLowerInvariant());
        bool isName = speaker.Length > 0 && speaker.Trim().Length == speaker.Length
            && (!speaker.Any(char.IsWhiteSpace) || language.All(c => char.IsAsciiLetterUpper(c) || c == '-'));
        return isCode
            && isName
            && (rows > 1 || isAudioName(row.Fields[0].Trim()) || !language.Any(char.IsLower));
    }

    // LJSpeech: the text, and the same as it is read aloud.
    private static TranscriptEntry Twice(TableRow row) =>
        Entry(row, string.IsNullOrWhiteSpace(row.Fields[2]) ? row.Fields[1] : row.Fields[2]);

    private static bool IsTwice(TableRow row)
    {
        if (string.IsNullOrWhiteSpace(row.Fields[2]))
        {
            return true;
        }

        string[] written = Words(row.Fields[1]), read = Words(row.Fields[2]);
        int shared = written.Intersect(read).Count();
        return shared > 0 && 5 * shared >= 2 * Math.Min(written.Distinct().Count(), read.Distinct().Count());
    }

    private static string[] Words(string text) =>
        [.. TranscriptText.Units(text.ToLowerInvariant()).Select(u => u.Trim(' ', ',', '.', '"', '!', '?', ';', ':'))];

    // Few values for many rows, each one word: a speaker, not a text.
    private static bool IsNarrow(TableRow[] rows, int column) =>
        rows.All(r => !r.Fields[column].Trim().Any(char.IsWhiteSpace) && r.Fields[column].Length > 0)
        && ((rows.Length > 2 && 3 * rows.Select(r => r.Fields[column]).Distinct().Count() <= rows.Length)
            || rows.All(r => int.TryParse(r.Fields[column], out _)));

    private static string Rest(TableRow row, int from) => row.Join(from, row.Fields.Count - from);

    private static TranscriptEntry Entry(
        TableRow row,
        string text,
        string? speaker = null,
        string? language = null) => new()
        {
            Name = row.Fields[0].Trim(),
            Text = TranscriptText.OneLine(text),
            Speaker = string.IsNullOrWhiteSpace(speaker) ? null : speaker.Trim(),
            Language = string.IsNullOrWhiteSpace(language) ? null : language.Trim().ToLowerInvariant(),
            Line = row.Line,
        };

    [GeneratedRegex("^(?:all_)?[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,8})?$")]
    private static partial Regex Code();
}
