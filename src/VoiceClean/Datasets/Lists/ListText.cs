using System.Globalization;
using System.Text;

namespace VoiceClean.Datasets.Lists;

/// <summary>
/// A text in a field of a list, so that the trainer's own reader gives the same text back. Which reader that is stands
/// in the target's record (<c>sources</c>, <c>list_format</c>).
/// </summary>
internal static class ListText
{
    /// <summary>
    /// For readers that split a line at every |: no |, line end or other control character, no blank at the ends, no
    /// half of a surrogate pair. null gives "".
    /// </summary>
    public static string Plain(string? text)
    {
        var plain = new StringBuilder();
        foreach (Rune rune in (text ?? "").EnumerateRunes())
        {
            if (rune.Value == '|' || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control)
            {
                plain.Append(' ');
            }
            else if (rune != Rune.ReplacementChar)
            {
                plain.Append(rune.ToString());
            }
        }

        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>
    /// For lists that one reader splits at | and another parses as CSV (Python's csv: F5-TTS's script and its page,
    /// Coqui's LJSpeech and piper): only a quote that begins a field means anything to CSV, so a blank before it lets
    /// both read the same text. They take that blank away again, or say it as nothing.
    /// </summary>
    public static string SplitOrCsv(string? text) => Plain(text) is ['"', ..] quoted ? " " + quoted : Plain(text);

    /// <summary>
    /// For pandas.read_csv: a field that begins with a quote is quoted, with its quotes doubled; a text that pandas
    /// takes for a missing number (NA, null, nan …) gets a blank at its end, which keeps it a text.
    /// </summary>
    public static string Pandas(string? text)
    {
        string plain = Plain(text);
        return plain is ['"', ..] ? $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : plain.Length > 0 && PandasMissing.Contains(plain) ? plain + " "
            : plain;
    }

    /// <summary>What pandas.read_csv takes for missing (pandas 2, io/parsers, STR_NA_VALUES), the empty field apart.
    /// </summary>
    public static IReadOnlySet<string> PandasMissing { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA",
        "NULL", "NaN", "None", "n/a", "nan", "null",
    };
}
