using System.Text;

namespace VoiceClean.Datasets.Targets;

/// <summary>Scripts, as far as they tell languages apart.</summary>
internal enum Script
{
    /// <summary>No letter.</summary>
    None,

    /// <summary>Latin letters.</summary>
    Latin,

    /// <summary>Chinese characters.</summary>
    Han,

    /// <summary>Hiragana and katakana.</summary>
    Kana,

    /// <summary>Korean syllables and letters.</summary>
    Hangul,

    /// <summary>Cyrillic letters.</summary>
    Cyrillic,

    /// <summary>Greek letters.</summary>
    Greek,

    /// <summary>Arabic letters.</summary>
    Arabic,

    /// <summary>Hebrew letters.</summary>
    Hebrew,

    /// <summary>Devanagari.</summary>
    Devanagari,

    /// <summary>Thai.</summary>
    Thai,

    /// <summary>Letters of any other script.</summary>
    Other,
}

/// <summary>Which script a character belongs to, and which scripts a language is written in.</summary>
internal static class Scripts
{
    private static readonly Dictionary<string, Script[]> ByLanguage = new(StringComparer.Ordinal)
    {
        ["zh"] = [Script.Han],
        ["yue"] = [Script.Han],
        ["ja"] = [Script.Kana, Script.Han],
        ["ko"] = [Script.Hangul, Script.Han],
        ["ru"] = [Script.Cyrillic],
        ["uk"] = [Script.Cyrillic],
        ["bg"] = [Script.Cyrillic],
        ["el"] = [Script.Greek],
        ["ar"] = [Script.Arabic],
        ["fa"] = [Script.Arabic],
        ["ur"] = [Script.Arabic],
        ["he"] = [Script.Hebrew],
        ["hi"] = [Script.Devanagari],
        ["th"] = [Script.Thai],
    };

    private static readonly Script[] LatinOnly = [Script.Latin];

    // First character, last, script; blocks of the Unicode standard.
    private static readonly (int First, int Last, Script Script)[] Blocks =
    [
        (0x0041, 0x024F, Script.Latin), (0x1E00, 0x1EFF, Script.Latin), (0xFF21, 0xFF5A, Script.Latin),
        (0x0370, 0x03FF, Script.Greek), (0x1F00, 0x1FFF, Script.Greek),
        (0x0400, 0x052F, Script.Cyrillic), (0x0590, 0x05FF, Script.Hebrew),
        (0x0600, 0x06FF, Script.Arabic), (0x0750, 0x077F, Script.Arabic), (0xFB50, 0xFEFC, Script.Arabic),
        (0x0900, 0x097F, Script.Devanagari), (0x0E00, 0x0E7F, Script.Thai),
        (0x3005, 0x3007, Script.Han), (0x3400, 0x4DBF, Script.Han), (0x4E00, 0x9FFF, Script.Han),
        (0xF900, 0xFAFF, Script.Han), (0x20000, 0x323AF, Script.Han),
        (0x3040, 0x30FF, Script.Kana), (0x31F0, 0x31FF, Script.Kana), (0xFF66, 0xFF9F, Script.Kana),
        (0xAC00, 0xD7AF, Script.Hangul), (0x1100, 0x11FF, Script.Hangul), (0x3130, 0x318F, Script.Hangul),
    ];

    /// <summary>The script of a character; <see cref="Script.None"/> for what is no letter.</summary>
    public static Script Of(Rune rune)
    {
        if (!Rune.IsLetter(rune))
        {
            return Script.None;
        }

        foreach ((int first, int last, Script script) in Blocks)
        {
            if (rune.Value >= first && rune.Value <= last)
            {
                return script;
            }
        }

        return Script.Other;
    }

    /// <summary>True if the script of a language is known here.</summary>
    public static bool Knows(string language) =>
        ByLanguage.ContainsKey(language) || Languages.Known.Contains(language);

    /// <summary>
    /// True if a language is written in a script; any language that is not listed otherwise in Latin.
    /// </summary>
    public static bool Reads(string language, Script script) =>
        ByLanguage.GetValueOrDefault(language, LatinOnly).Contains(script);
}
