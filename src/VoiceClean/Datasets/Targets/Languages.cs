using System.Text;

namespace VoiceClean.Datasets.Targets;

/// <summary>Languages of lists.</summary>
internal static class Languages
{
    /// <summary>
    /// The language a text's script speaks for, lower case: kana ja, hangul ko, other han zh, else en; null without
    /// letters.
    /// </summary>
    public static string? Guess(string? text)
    {
        int kana = 0, hangul = 0, han = 0, latin = 0;
        foreach (Rune rune in (text ?? "").EnumerateRunes())
        {
            switch (rune.Value)
            {
                case >= 0x3040 and <= 0x30FF:
                    kana++;
                    break;
                case >= 0xAC00 and <= 0xD7AF or >= 0x1100 and <= 0x11FF:
                    hangul++;
                    break;
                case >= 0x4E00 and <= 0x9FFF or >= 0x3400 and <= 0x4DBF:
                    han++;
                    break;
                default:
                    latin += Rune.IsLetter(rune) ? 1 : 0;
                    break;
            }
        }

        return kana > 0 ? "ja" : hangul > 0 ? "ko" : han > 0 ? "zh" : latin > 0 ? "en" : null;
    }

    /// <summary>How a list format writes a language: upper case, and for Style-Bert-VITS2 JP instead of JA.</summary>
    public static string Write(string? language, ListFormat format)
    {
        string code = (language ?? "en").ToUpperInvariant();
        return format == ListFormat.StyleBertVits2 && code == "JA" ? "JP" : code;
    }

    /// <summary>
    /// About how many phonemes a text has: two for a han character (initial and final), one and a half for a kana, two
    /// and a half for a hangul syllable, 0.8 for a letter. An estimate; the trainer's own rule counts after its
    /// dictionary.
    /// </summary>
    public static double EstimatePhonemes(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        double sum = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            sum += rune.Value switch
            {
                >= 0x3040 and <= 0x30FF => 1.5,
                >= 0xAC00 and <= 0xD7AF => 2.5,
                >= 0x4E00 and <= 0x9FFF or >= 0x3400 and <= 0x4DBF => 2,
                _ => Rune.IsLetter(rune) ? 0.8 : Rune.IsDigit(rune) ? 3 : 0,
            };
        }

        return sum;
    }
}
