using System.Text;

namespace VoiceClean.Cli.Output;

/// <summary>Sentences on terminals that have few columns, of which a Chinese character takes two.</summary>
internal static class Wrapped
{
    // What no line begins with.
    private const string Closing = "，。；：！？、）】》」』”’…,.;:!?)]}%";

    /// <summary>How many columns a text takes; colours take none.</summary>
    public static int Columns(string text) => CellWidth.Of(WithoutColours(text));

    /// <summary>A text with blanks behind it until it takes so many columns.</summary>
    public static string Padded(string text, int columns) =>
        text + new string(' ', Math.Max(0, columns - Columns(text)));

    /// <summary>
    /// Breaks a text between words, and between Chinese characters; a word longer than a line stays whole.
    /// </summary>
    /// <param name="text">One line.</param>
    /// <param name="width">Columns; further lines lose those of the indent.</param>
    /// <param name="indent">Stands before the further lines.</param>
    public static IEnumerable<string> Lines(string text, int width, string indent)
    {
        var line = new StringBuilder();
        int used = 0, begun = 0;
        foreach (string piece in Pieces(text))
        {
            int columns = Columns(piece.TrimEnd(' '));
            if (used + columns > width && used > begun && !string.IsNullOrWhiteSpace(line.ToString()))
            {
                yield return line.ToString().TrimEnd(' ');
                line.Clear().Append(indent);
                used = begun = Columns(indent);
            }

            line.Append(piece);
            used += Columns(piece);
        }

        yield return line.ToString().TrimEnd(' ');
    }

    private static string WithoutColours(string text)
    {
        for (int start; (start = text.IndexOf('\e', StringComparison.Ordinal)) >= 0;)
        {
            int end = text.IndexOf('m', start);
            text = text[..start] + (end < 0 ? "" : text[(end + 1)..]);
        }

        return text;
    }

    /// <summary>
    /// Whether a line may end between two signs without a blank: beside a Chinese one, but neither before a closing
    /// mark nor behind an opening one.
    /// </summary>
    public static bool MayBreak(Rune left, Rune right) =>
        (IsWide(left) || IsWide(right))
        && left.Value > ' '
        && right.Value != ' '
        && !IsOpening(left)
        && !Closing.Contains(right.ToString()[0]);

    // Words with the blanks behind them, and wide characters with what must not begin a line.
    private static IEnumerable<string> Pieces(string text)
    {
        var piece = new StringBuilder();
        Rune[] runes = [.. text.EnumerateRunes()];
        for (int i = 0; i < runes.Length; i++)
        {
            piece.Append(runes[i]);
            bool isLast = i + 1 == runes.Length;
            bool isWordEnd = !isLast && runes[i].Value == ' ' && runes[i + 1].Value != ' '
                && !Closing.Contains(runes[i + 1].ToString()[0]);
            if (isLast || isWordEnd || MayBreak(runes[i], runes[i + 1]))
            {
                yield return piece.ToString();
                piece.Clear();
            }
        }
    }

    private static bool IsWide(Rune rune) => CellWidth.Of(rune) == 2;

    private static bool IsOpening(Rune rune) => "（【《「『“‘([{".Contains(rune.ToString()[0]);
}
