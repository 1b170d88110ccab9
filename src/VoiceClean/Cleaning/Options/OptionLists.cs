using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text;

namespace VoiceClean.Cleaning.Options;

/// <summary>Rows of options as documents: the table of the README, the description of a form.</summary>
internal static class OptionLists
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A Markdown table with one line for each row: option, default, meaning.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="hasScope">Whether a column names the use cases.</param>
    /// <param name="say">Says a sentence in the language of the document; null = as it is.</param>
    public static string ToMarkdown(
        IEnumerable<OptionRow> rows, bool hasScope = false, Func<string, string>? say = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Func<string, string> told = say ?? (sentence => sentence);
        string[] columns = hasScope ? ["option", "in", "default", "meaning"] : ["option", "default", "meaning"];
        var text = new StringBuilder($"| {string.Join(" | ", columns.Select(told))} |\n|---|---|---|")
            .Append(hasScope ? "---|\n" : "\n");
        foreach (OptionRow row in rows)
        {
            text.Append("| `").Append(Escaped(SpellingOf(row))).Append("` | ");
            if (hasScope)
            {
                text.Append(NamesOf(row.Scope)).Append(" | ");
            }

            text.Append(row.Kind == OptionKind.Switch && row.Default == "off" ? "" : Escaped(row.Default))
                .Append(" | ").Append(Escaped(told(row.Sentence)))
                .Append(row.Range.Length == 0 ? "" : (say is null ? " " : "") + told($"Range {row.Range}."))
                .Append(" |\n");
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

    private static string NamesOf(OptionScope scope) =>
        scope == OptionScope.All
            ? "all"
            : string.Join(
                ", ",
                new[]
                {
                    (OptionScope.Clean, "clean"),
                    (OptionScope.Batch, "batch"),
                    (OptionScope.Inspect, "inspect"),
                    (OptionScope.Dataset, "dataset"),
                    (OptionScope.Check, "check"),
                    (OptionScope.Report, "report"),
                    (OptionScope.Serve, "serve"),
                    (OptionScope.Studio, "studio"),
                }.Where(s => (scope & s.Item1) != OptionScope.None).Select(s => s.Item2));

    private static string Escaped(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
