using System.Globalization;
using System.Text;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>The one way by which text from outside becomes text of a set.</summary>
internal static class TranscriptText
{
    // They belong to the character before them.
    private const string SmallKana = "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮー";

    /// <summary>
    /// Makes a text fit into a field of a list: one line, single blanks, no '|', no control characters and no
    /// byte-order marks.
    /// </summary>
    public static string OneLine(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c == '|' || char.IsWhiteSpace(c) || c is '\u001C' or '\u001D' or '\u001E' or '\u001F')
            {
                if (line.Length > 0 && line[^1] != ' ')
                {
                    line.Append(' ');
                }
            }
            else if (c is not ('\uFEFF' or '\u200B') && !char.IsControl(c))
            {
                line.Append(c);
            }
        }

        return line.ToString().TrimEnd(' ');
    }

    /// <summary>
    /// True if characters are gone already: an earlier conversion left U+FFFD, or half a character stands alone.
    /// Such a text is never used.
    /// </summary>
    public static bool IsDamaged(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\uFFFD' || char.IsLowSurrogate(text[i]))
            {
                return true;
            }

            if (char.IsHighSurrogate(text[i]) && (++i == text.Length || !char.IsLowSurrogate(text[i])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The units of a text that are never divided: what stands between blanks, and within it each character of a script
    /// that is written without blanks, with the marks that follow it. A unit keeps the blank before it.
    /// </summary>
    public static IEnumerable<string> Units(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int start = 0;
        Rune last = default;
        for (int i = 0; i < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(i), out Rune rune, out int length);
            // Behind blanks, before a character that is a word of its own, and behind such a one before a letter.
            bool isNew = IsAlone(rune) || (IsAlone(last) && Rune.IsLetterOrDigit(rune) && !IsSmall(rune));
            if (i > start && (Rune.IsWhiteSpace(rune) || (isNew && HasWord(text, start, i))))
            {
                yield return text[start..i];
                start = i;
            }

            last = rune;
            i += length;
        }

        if (start < text.Length)
        {
            yield return text[start..];
        }
    }

    /// <summary>Words of a text as people count them: units that hold a letter or a digit.</summary>
    public static int CountWords(string text) => Units(text).Count(u => u.Any(char.IsLetterOrDigit));

    /// <summary>Characters of a text that are neither blank nor punctuation.</summary>
    public static int CountCharacters(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.EnumerateRunes().Count(Rune.IsLetterOrDigit);
    }

    /// <summary>Whether a character is written without blanks: Han, kana, Thai, Lao, Khmer, Myanmar.</summary>
    public static bool IsAlone(Rune rune) =>
        rune.Value
            is (>= 0x3040 and <= 0x30FF)
                or (>= 0x3400 and <= 0x4DBF)
                or (>= 0x4E00 and <= 0x9FFF)
                or (>= 0xF900 and <= 0xFAFF)
                or (>= 0x20000 and <= 0x3FFFF)
                or (>= 0x0E00 and <= 0x0EFF)
                or (>= 0x1000 and <= 0x109F)
                or (>= 0x1780 and <= 0x17FF)
        && Rune.GetUnicodeCategory(rune)
            is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
        && !IsSmall(rune);

    private static bool IsSmall(Rune rune) => SmallKana.Contains((char)rune.Value, StringComparison.Ordinal);

    // Opening brackets stay with what follows them.
    private static bool HasWord(string text, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (char.IsLetterOrDigit(text[i]) || char.IsSurrogate(text[i]))
            {
                return !IsOpening(text[end - 1]);
            }
        }

        return false;
    }

    private static bool IsOpening(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.OpenPunctuation or UnicodeCategory.InitialQuotePunctuation;
}
