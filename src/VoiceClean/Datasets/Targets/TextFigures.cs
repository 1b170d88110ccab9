using System.Globalization;
using System.Text;

namespace VoiceClean.Datasets.Targets;

/// <summary>What can be counted on a text without a dictionary.</summary>
internal static class TextFigures
{
    /// <summary>Characters as people count them, blanks at the ends apart.</summary>
    public static int Characters(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new StringInfo(text.Trim()).LengthInTextElements;
    }

    /// <summary>Characters that are said: letters and digits of any script.</summary>
    public static int SpokenCharacters(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int count = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            count += Rune.IsLetterOrDigit(rune) ? 1 : 0;
        }

        return count;
    }

    /// <summary>
    /// About how many phonemes a text has: two for a han character (initial and final), one and a half for a kana, two
    /// and a half for a hangul syllable, 0.8 for a letter, three for a digit. An estimate; the trainer's own rule
    /// counts after its dictionary.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="language">What the trainer reads it as; letters of other scripts count nothing. null = all do.
    /// </param>
    public static double EstimatePhonemes(string text, string? language = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        double sum = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            Script script = Scripts.Of(rune);
            sum += script != Script.None && language is not null && !Scripts.Reads(language, script)
                ? 0
                : script switch
                {
                    Script.Kana => 1.5,
                    Script.Hangul => 2.5,
                    Script.Han => 2,
                    Script.None => Rune.IsDigit(rune) ? 3 : 0,
                    _ => 0.8,
                };
        }

        return sum;
    }

    /// <summary>
    /// About how many tokens XTTS makes of a text. Chinese, Japanese and Korean are spelt in Latin letters first: four
    /// tokens for a han character (a syllable of pinyin with its tone; 41 to 60 characters were found to make 200), two
    /// for a kana, three for a hangul syllable; else half a token for a letter, and one for everything else. Never
    /// counted with the model's own vocabulary, which is not here.
    /// </summary>
    public static double EstimateTokens(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        double sum = 1;
        foreach (Rune rune in text.Trim().EnumerateRunes())
        {
            sum += Scripts.Of(rune) switch
            {
                Script.Han => 4,
                Script.Kana => 2,
                Script.Hangul => 3,
                Script.None => Rune.IsDigit(rune) ? 2 : 1,
                _ => 0.5,
            };
        }

        return sum;
    }

    /// <summary>
    /// Share of the letters that somebody who reads a language leaves out, because they are of another script; null
    /// without letters, or for a language whose script is not known here.
    /// </summary>
    public static double? ShareOfOtherScripts(string text, string language)
    {
        ArgumentNullException.ThrowIfNull(text);
        int all = 0, others = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            Script script = Scripts.Of(rune);
            all += script != Script.None ? 1 : 0;
            others += script != Script.None && !Scripts.Reads(language, script) ? 1 : 0;
        }

        return all == 0 || !Scripts.Knows(language) ? null : (double)others / all;
    }

    /// <summary>True if there is an emoji or another pictograph in it.</summary>
    public static bool HasEmoji(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is (>= 0x1F000 and <= 0x1FAFF) or (>= 0x2600 and <= 0x27BF))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True if something stands between braces or angle brackets.</summary>
    public static bool HasMarkup(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Encloses(text, '{', '}') || Encloses(text, '<', '>');
    }

    private static bool Encloses(string text, char open, char close) =>
        text.IndexOf(open, StringComparison.Ordinal) is >= 0 and var at
        && text.IndexOf(close, at) >= 0;
}
