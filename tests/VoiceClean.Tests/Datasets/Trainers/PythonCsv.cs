using System.Text;

namespace VoiceClean.Tests.Datasets.Trainers;

/// <summary>
/// The states of the tokenizer that Python's csv module and pandas' C parser share at their defaults, for the separator
/// |: start of a field, in a field, in a quoted field, at a quote within one.
/// </summary>
internal static class PythonCsv
{
    private enum State
    {
        StartOfField,
        Field,
        Quoted,
        QuoteInQuoted,
    }

    /// <summary>The rows; null as the last one if a quote was still open at the end.</summary>
    public static List<string[]?> Read(string content)
    {
        var rows = new List<string[]?>();
        var row = new List<string>();
        var field = new StringBuilder();
        State state = State.StartOfField;
        foreach (char c in content.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'))
        {
            switch (state, c)
            {
                case (State.Quoted, '"'):
                    state = State.QuoteInQuoted;
                    break;
                case (State.Quoted, _):
                    field.Append(c);
                    break;
                case (State.QuoteInQuoted, '"'):
                    field.Append('"');
                    state = State.Quoted;
                    break;
                case (State.StartOfField, '"'):
                    state = State.Quoted;
                    break;
                case (_, '|'):
                    row.Add(field.ToString());
                    field.Clear();
                    state = State.StartOfField;
                    break;
                case (_, '\n'):
                    rows.Add(row.Count == 0 && field.Length == 0 && state == State.StartOfField
                        ? []
                        : [.. row, field.ToString()]);
                    row.Clear();
                    field.Clear();
                    state = State.StartOfField;
                    break;
                default:
                    field.Append(c);
                    state = State.Field;
                    break;
            }
        }

        if (row.Count > 0 || field.Length > 0 || state != State.StartOfField)
        {
            rows.Add(state == State.Quoted ? null : [.. row, field.ToString()]);
        }

        return rows;
    }
}
