using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>A row of a table.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Fields">At least one.</param>
/// <param name="Separator">What stood between them.</param>
internal sealed record TableRow(int Line, IReadOnlyList<string> Fields, char Separator)
{
    /// <summary>
    /// Some fields as the one text that they were before the separator in it parted them. Bars and tabs are nothing to
    /// read aloud and become blanks; commas stay.
    /// </summary>
    /// <param name="from">The first of them.</param>
    /// <param name="count">How many.</param>
    public string Join(int from, int count) =>
        string.Join(Separator is '|' or '\t' ? " " : Separator.ToString(), Fields.Skip(from).Take(count));
}

/// <summary>
/// Splits a table into fields. A field counts as quoted only if its quotes are written as CSV wants it from end to end;
/// otherwise quotes are part of the text, as in LJSpeech.
/// </summary>
internal static class TableRows
{
    private const int MostLinesOfField = 50;

    /// <summary>The rows that are not empty.</summary>
    /// <param name="text">The table.</param>
    /// <param name="separator">Between fields.</param>
    public static List<TableRow> Split(string text, char separator)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rows = new List<TableRow>();
        int at = 0, line = 1;
        while (at < text.Length)
        {
            int first = line;
            List<string> fields = Row(text, separator, ref at, ref line);
            if (fields.Count > 1 || fields[0].Length > 0)
            {
                rows.Add(new TableRow(first, fields, separator));
            }
        }

        return rows;
    }

    private static List<string> Row(string text, char separator, ref int at, ref int line)
    {
        var fields = new List<string>();
        while (true)
        {
            int from = at;
            if (TryQuoted(text, separator, ref at, out string? field))
            {
                line += field.AsSpan().Count('\n');
            }
            else
            {
                at = from;
                while (at < text.Length && text[at] != separator && text[at] is not ('\n' or '\r'))
                {
                    at++;
                }

                field = text[from..at];
            }

            fields.Add(field);
            if (at < text.Length && text[at] == separator)
            {
                at++;
                continue;
            }

            if (at < text.Length && text[at] == '\r')
            {
                at++;
            }

            if (at < text.Length && text[at] == '\n')
            {
                at++;
            }

            line++;
            return fields;
        }
    }

    // Only a table of commas or tabs has fields of several lines.
    private static bool TryQuoted(string text, char separator, ref int at, [NotNullWhen(true)] out string? field)
    {
        field = null;
        if (at >= text.Length || text[at] != '"')
        {
            return false;
        }

        var content = new StringBuilder();
        int lines = 0;
        for (int i = at + 1; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\n' && (separator == '|' || ++lines > MostLinesOfField))
            {
                return false;
            }

            if (c != '"')
            {
                content.Append(c);
            }
            else if (i + 1 < text.Length && text[i + 1] == '"')
            {
                content.Append('"');
                i++;
            }
            else if (i + 1 == text.Length || text[i + 1] == separator || text[i + 1] is '\n' or '\r')
            {
                (at, field) = (i + 1, content.ToString());
                return true;
            }
            else
            {
                return false;
            }
        }

        return false;
    }
}
