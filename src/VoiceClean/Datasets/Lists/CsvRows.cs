using System.Text;

namespace VoiceClean.Datasets.Lists;

/// <summary>A row of a CSV file.</summary>
/// <param name="Fields">As read: without quotes that enclose, doubled quotes single.</param>
/// <param name="Raw">The same fields as they stand in the file.</param>
/// <param name="FirstLine">Line of the file it begins in, from 1.</param>
/// <param name="LastLine">Line it ends in; more than <paramref name="FirstLine"/> if a quote ran on.</param>
/// <param name="IsOpen">True if a quote is still open at the end of the file.</param>
internal sealed record CsvRow(
    IReadOnlyList<string> Fields,
    IReadOnlyList<string> Raw,
    int FirstLine,
    int LastLine,
    bool IsOpen);

/// <summary>
/// Reads text separated by | as Python's csv.reader and pandas.read_csv do with their defaults: a quote means something
/// at the start of a field only, runs over line ends to the next single quote, and what follows it up to the next |
/// belongs to the field. Lines end in \n, \r or both.
/// </summary>
internal static class CsvRows
{
    /// <summary>All rows; an empty line is a row without fields.</summary>
    public static IReadOnlyList<CsvRow> Read(string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var rows = new List<CsvRow>();
        int at = 0, line = 1;
        while (at < content.Length)
        {
            rows.Add(ReadRow(content, ref at, ref line));
        }

        return rows;
    }

    private static CsvRow ReadRow(string content, ref int at, ref int line)
    {
        var fields = new List<string>();
        var raws = new List<string>();
        int first = line, rowStart = at;
        bool isOpen = false;
        while (true)
        {
            int start = at;
            fields.Add(ReadField(content, ref at, ref line, out isOpen));
            raws.Add(content[start..at]);
            if (at < content.Length && content[at] == '|')
            {
                at++;
                continue;
            }

            bool isEmpty = at == rowStart;
            int last = line;
            SkipLineEnd(content, ref at, ref line);
            return isEmpty ? new CsvRow([], [], first, last, false) : new CsvRow(fields, raws, first, last, isOpen);
        }
    }

    // Leaves the position at the | or the line end behind it.
    private static string ReadField(string content, ref int at, ref int line, out bool isOpen)
    {
        var field = new StringBuilder();
        isOpen = at < content.Length && content[at] == '"';
        at += isOpen ? 1 : 0;
        while (at < content.Length)
        {
            char c = content[at];
            if (isOpen && c == '"')
            {
                bool isDoubled = at + 1 < content.Length && content[at + 1] == '"';
                isOpen = isDoubled;
                at += isDoubled ? 2 : 1;
                field.Append(isDoubled ? "\"" : "");
                continue;
            }

            if (!isOpen && c is '|' or '\r' or '\n' && !isOpen)
            {
                break;
            }

            line += IsLineEnd(content, at) ? 1 : 0;
            field.Append(c);
            at++;
        }

        return field.ToString();
    }

    private static void SkipLineEnd(string content, ref int at, ref int line)
    {
        if (at < content.Length)
        {
            at += content[at] == '\r' && at + 1 < content.Length && content[at + 1] == '\n' ? 2 : 1;
            line++;
        }
    }

    // Of \r\n only the second counts.
    private static bool IsLineEnd(string content, int at) =>
        content[at] == '\n' || (content[at] == '\r' && (at + 1 == content.Length || content[at + 1] != '\n'));
}
