using System.Text;
using VoiceClean.Datasets.Targets;

namespace VoiceClean.Datasets.Lists;

/// <summary>
/// Reads lists as the trainers' own code does; written from what that code does (see <c>sources</c> in the targets),
/// not from a description of the formats.
/// </summary>
internal static class ListParser
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a list; never throws for what stands in it.</summary>
    /// <param name="name">Its file name, for what is said about it.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="target">The trainer.</param>
    public static ParsedList Parse(string name, byte[] content, DatasetTarget target)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(target);
        string text;
        try
        {
            text = Strict.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return new ParsedList { Name = name, Facts = [ListFacts.NotUtf8] };
        }

        return target.ListFormat switch
        {
            ListFormat.AudioFileText => AudioFileText(name, text),
            ListFormat.AudioFileTextSpeaker => AudioFileTextSpeaker(name, text),
            ListFormat.Ljspeech => Ljspeech(name, text),
            _ => PathSpeakerLanguageText(name, text, target.ListFormat == ListFormat.StyleBertVits2),
        };
    }

    // GPT-SoVITS and Style-Bert-VITS2 split every line at |; four fields or none. A mark at the start of the file
    // becomes part of the first path. GPT-SoVITS passes over empty lines, Style-Bert-VITS2 counts them as errors.
    private static ParsedList PathSpeakerLanguageText(string name, string content, bool isStrict)
    {
        var lines = new List<ListLine>();
        var bad = new List<int>();
        string[] all = Lines(content);
        for (int i = 0; i < all.Length; i++)
        {
            string line = isStrict ? all[i].Trim() : all[i];
            if (line.Split('|') is [var path, _, var language, var text] && !path.StartsWith('\uFEFF'))
            {
                lines.Add(new ListLine(name, i + 1, path, language, text, []));
            }
            else if (line.Length > 0 || isStrict)
            {
                bad.Add(i + 1);
            }
        }

        return new ParsedList { Name = name, Lines = lines, BadLines = bad };
    }

    // Coqui splits every line at | and takes the third field; piper reads CSV and takes the last.
    private static ParsedList Ljspeech(string name, string content)
    {
        Dictionary<int, CsvRow> rows = CsvRows.Read(content).ToDictionary(r => r.FirstLine);
        var lines = new List<ListLine>();
        var bad = new List<int>();
        string[] all = Lines(content);
        for (int i = 0; i < all.Length; i++)
        {
            string[] fields = all[i].Split('|');
            if (fields.Length < 3)
            {
                bad.Add(i + 1);
                continue;
            }

            var facts = new List<string>();
            CsvRow? row = rows.GetValueOrDefault(i + 1);
            if (row?.LastLine > row?.FirstLine)
            {
                facts.Add(ListFacts.RowsSwallowed);
            }
            else if (fields.Length > 3 || row is { Fields.Count: not 3 })
            {
                facts.Add(ListFacts.TextCut);
            }
            else if (row is null)
            {
                facts.Add(ListFacts.RowsSwallowed);      // into a line above
            }
            else if (row.Fields[^1].Trim() != fields[2].Trim())
            {
                facts.Add(ListFacts.QuotesLost);
            }

            lines.Add(new ListLine(name, i + 1, fields[0], null, fields[2].Trim(), facts));
        }

        return new ParsedList { Name = name, Lines = lines, BadLines = bad };
    }

    // prepare_csv_wavs.py: csv.reader over utf-8-sig, two fields of each row, blanks at the ends taken away.
    private static ParsedList AudioFileText(string name, string content)
    {
        IReadOnlyList<CsvRow> rows = CsvRows.Read(content.TrimStart('\uFEFF'));
        if (rows is not [{ Fields: [var first, var second, ..] }, ..]
            || first.Trim() != "audio_file"
            || second.Trim() != "text")
        {
            return new ParsedList { Name = name, Facts = [ListFacts.HeaderWrong] };
        }

        var lines = new List<ListLine>();
        var bad = new List<int>();
        foreach (CsvRow row in rows.Skip(1).Where(r => r.Fields.Count > 0))
        {
            if (row.Fields.Count < 2 || row.Fields[0].Trim().Length == 0)
            {
                bad.Add(row.FirstLine);
                continue;
            }

            IEnumerable<string> cut = row.Fields.Count > 2 ? [ListFacts.TextCut] : [];
            lines.Add(
                new ListLine(
                    name,
                    row.FirstLine,
                    row.Fields[0].Trim(),
                    null,
                    row.Fields[1].Trim(),
                    [.. Quotes(row, 1), .. cut]));
        }

        return new ParsedList { Name = name, Lines = lines, BadLines = bad };
    }

    // pandas.read_csv with sep="|": columns by the names in the first line, empty lines passed over, a row with more
    // fields than that or an open quote at the end is an error.
    private static ParsedList AudioFileTextSpeaker(string name, string content)
    {
        CsvRow[] rows = [.. CsvRows.Read(content.TrimStart('\uFEFF')).Where(r => r.Fields.Count > 0)];
        string[] columns = rows is [{ } header, ..] ? [.. header.Fields] : [];
        int path = Array.IndexOf(columns, "audio_file"), text = Array.IndexOf(columns, "text");
        if (path < 0 || text < 0)
        {
            return new ParsedList { Name = name, Facts = [ListFacts.HeaderWrong] };
        }

        var lines = new List<ListLine>();
        var bad = new List<int>();
        foreach (CsvRow row in rows.Skip(1))
        {
            string said = text < row.Fields.Count ? row.Fields[text] : "";
            if (row.Fields.Count > columns.Length || row.IsOpen || path >= row.Fields.Count)
            {
                bad.Add(row.FirstLine);
            }
            else
            {
                lines.Add(
                    new ListLine(
                        name,
                        row.FirstLine,
                        row.Fields[path],
                        null,
                        ListText.PandasMissing.Contains(said) ? "" : said,
                        text < row.Fields.Count ? Quotes(row, text) : []));
            }
        }

        return new ParsedList { Name = name, Lines = lines, BadLines = bad };
    }

    // Quotes around a field that needs them are CSV; any other quote at its start was meant to be read.
    private static string[] Quotes(CsvRow row, int field)
    {
        string raw = row.Raw[field], read = row.Fields[field];
        return row.LastLine > row.FirstLine ? [ListFacts.RowsSwallowed]
            : raw is not ['"', ..] ? []
            : read.AsSpan().IndexOfAny("\"|") >= 0
                && raw == $"\"{read.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" ? []
            : [ListFacts.QuotesLost];
    }

    // As Python reads text: \r\n, \n and \r end a line; what ends the file ends no other.
    private static string[] Lines(string content)
    {
        string[] lines = content.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        return lines is [.., ""] ? lines[..^1] : lines;
    }
}
