using System.Text;

namespace VoiceClean.Datasets.Targets;

/// <summary>Languages of lists.</summary>
internal static class Languages
{
    /// <summary>What a list says where nothing at all is known.</summary>
    public const string Unknown = "en";

    // Code, then its other codes (ISO 639-2 and -3, wrong ones in use) and names.
    private static readonly string[] Table =
    [
        "zh zho chi cmn cn chinese mandarin putonghua 中文 汉语 漢語 华语 華語 普通话 普通話 国语 國語",
        "yue zh-yue zh-hk cantonese 粤语 粵語 广东话 廣東話",
        "ja jp jpn japanese 日本語 日语 日語 日文",
        "en eng english 英语 英語 英文",
        "ko kr kor korean 한국어 韩语 韓語",
        "es spa spanish español castilian", "fr fra fre french français", "de deu ger german deutsch",
        "it ita italian italiano", "pt por portuguese português", "pl pol polish polski", "tr tur turkish türkçe",
        "ru rus russian русский", "nl nld dut dutch nederlands", "cs ces cze czech čeština", "ar ara arabic العربية",
        "hu hun hungarian magyar", "hi hin hindi हिन्दी", "vi vie vietnamese", "th tha thai ไทย",
        "id ind indonesian", "ms msa may malay", "uk ukr ukrainian українська", "sv swe swedish svenska",
        "da dan danish dansk", "fi fin finnish suomi", "no nor nob nb norwegian norsk", "el ell gre greek ελληνικά",
        "ro ron rum romanian română", "bg bul bulgarian", "ca cat catalan català", "he heb hebrew עברית",
        "fa fas per persian farsi", "ur urd urdu", "lt lit lithuanian", "lv lav latvian", "et est estonian",
        "sk slk slo slovak", "sl slv slovenian", "hr hrv croatian", "eu eus baq basque", "gl glg galician",
        "is isl ice icelandic", "ga gle irish", "gd gla gaelic", "cy cym wel welsh", "tl tgl fil tagalog filipino",
        "sw swa swahili",
    ];

    private static readonly Dictionary<string, string> Codes = new(
        Table.SelectMany(l => l.Split(' ').Select(w => KeyValuePair.Create(w, l.Split(' ')[0]))),
        StringComparer.Ordinal);

    /// <summary>The codes of all languages known here, lower case.</summary>
    public static IReadOnlySet<string> Known { get; } = Codes.Values.ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// The one code of a language that may be written in many ways: zh for zh-CN, cmn, Chinese; ja for jp; en for
    /// English and en_US. null = unknown, or none is given.
    /// </summary>
    public static string? Normalize(string? language)
    {
        string word = (language ?? "").Trim().ToLowerInvariant().Replace('_', '-');
        // GPT-SoVITS writes all_zh for "nothing else in it".
        word = word.StartsWith("all-", StringComparison.Ordinal) ? word[4..] : word;
        return Codes.GetValueOrDefault(word) ?? Codes.GetValueOrDefault(word.Split('-')[0]);
    }

    /// <summary>True if a list leaves the language to whoever reads it.</summary>
    public static bool IsLeftOpen(string? language) =>
        (language ?? "").Trim().ToLowerInvariant() is "" or "auto" or "auto_yue";

    /// <summary>
    /// The language a text's script speaks for, lower case: kana ja, hangul ko, other han zh, Latin en, Cyrillic ru,
    /// and so on by the commonest language of a script; null without letters.
    /// </summary>
    public static string? Guess(string? text)
    {
        int[] counts = new int[Enum.GetValues<Script>().Length];
        foreach (Rune rune in (text ?? "").EnumerateRunes())
        {
            counts[(int)Scripts.Of(rune)]++;
        }

        int Count(Script script) => counts[(int)script];
        return Count(Script.Kana) > 0 ? "ja"
            : Count(Script.Hangul) > 0 ? "ko"
            : Count(Script.Han) > 0 ? "zh"
            : Count(Script.Cyrillic) > Count(Script.Latin) ? "ru"
            : Count(Script.Greek) > Count(Script.Latin) ? "el"
            : Count(Script.Arabic) > Count(Script.Latin) ? "ar"
            : Count(Script.Hebrew) > Count(Script.Latin) ? "he"
            : Count(Script.Devanagari) > Count(Script.Latin) ? "hi"
            : Count(Script.Thai) > Count(Script.Latin) ? "th"
            : Count(Script.Latin) > 0 ? "en"
            : null;
    }

    /// <summary>
    /// The language of a clip: what a list says of it; else what was said of the whole recording, unless the text is
    /// written in none of that language's scripts; else what the text's script speaks for. null = nothing is known.
    /// </summary>
    /// <param name="listed">From a list; any spelling.</param>
    /// <param name="told">Told for the recording; any spelling.</param>
    /// <param name="text">What is said; may be null.</param>
    public static string? Resolve(string? listed, string? told, string? text) =>
        Normalize(listed) is { } named ? named
        : Normalize(told) is { } other && TextFigures.ShareOfOtherScripts(text ?? "", other) is not >= 1 ? other
        : Guess(text);

    /// <summary>How a list format writes a language: upper case, and for Style-Bert-VITS2 JP instead of JA.</summary>
    public static string Write(string? language, ListFormat format)
    {
        string code = (language ?? Unknown).ToUpperInvariant();
        return format == ListFormat.StyleBertVits2 && code == "JA" ? "JP" : code;
    }
}
