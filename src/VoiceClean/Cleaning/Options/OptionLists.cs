using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace VoiceClean.Cleaning.Options;

/// <summary>Rows of options as documents: the table of the README, the description of a form.</summary>
public static class OptionLists
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A Markdown table with one line for each row: option, default, meaning.</summary>
    public static string ToMarkdown(IEnumerable<OptionRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var text = new StringBuilder("| option | default | meaning |\n|---|---|---|\n");
        foreach (OptionRow row in rows)
        {
            text.Append("| `").Append(Escaped(SpellingOf(row))).Append("` | ").Append(Escaped(row.Default))
                .Append(" | ").Append(Escaped(row.Sentence)).Append(RangeOf(row)).Append(" |\n");
        }

        return text.ToString();
    }

    /// <summary>How a row is written on the command line: "-j, --jobs N".</summary>
    public static string SpellingOf(OptionRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        string names = string.Join(", ", row.Aliases.Append(row.Flag));
        return row.ValueName.Length > 0 ? $"{names} {row.ValueName}" : names;
    }

    /// <summary>
    /// A JSON array with one object for each row, from which a page can build a form: name, key, group, kind, unit,
    /// minimum, maximum, words, default, text, advanced.
    /// </summary>
    public static string ToForm(IEnumerable<OptionRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartArray();
            foreach (OptionRow row in rows)
            {
                Write(json, row);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, OptionRow row)
    {
        json.WriteStartObject();
        json.WriteString("name", row.Name);
        json.WriteString("key", row.Key);
        json.WriteString("group", row.Group);
        json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(row.Kind.ToString()));
        json.WriteString("unit", row.Unit);
        WriteNumber("minimum", row.Minimum);
        WriteNumber("maximum", row.Maximum);
        json.WriteStartArray("words");
        foreach (string word in row.Words)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
        json.WriteString("default", row.Default);
        json.WriteString("text", row.Sentence);
        json.WriteBoolean("advanced", row.IsAdvanced);
        json.WriteEndObject();

        void WriteNumber(string name, double? value)
        {
            if (value is { } number)
            {
                json.WriteNumber(name, number);
            }
            else
            {
                json.WriteNull(name);
            }
        }
    }

    // Numbers whose sentence names no range get it here.
    private static string RangeOf(OptionRow row) =>
        (row.Minimum, row.Maximum) is ({ } minimum, { } maximum) && row.Kind is not OptionKind.Duration
            ? FormattableString.Invariant($" {minimum} to {maximum}{(row.Unit.Length > 0 ? " " : "")}{row.Unit}.")
            : row is { Kind: OptionKind.Duration, Minimum: { } least, Maximum: { } most }
                ? $" {DurationSyntax.Show(TimeSpan.FromSeconds(least))} to {DurationSyntax.Show(TimeSpan.FromSeconds(most))}."
                : "";

    private static string Escaped(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
