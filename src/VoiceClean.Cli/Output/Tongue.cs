using VoiceClean.Errors;
using VoiceClean.Reporting;

namespace VoiceClean.Cli.Output;

/// <summary>
/// The language in which the program speaks to people. The English sentences stand where they are said; what goes to
/// a screen goes through here. JSON, logs, names of options, codes and keys are the same in every language.
/// </summary>
internal static class Tongue
{
    /// <summary>The word that leaves the choice to the system.</summary>
    public const string Auto = "auto";

    private const string Flag = "--lang", Variable = "VOICECLEAN_LANG";

    // What the commands without options of their own must not see.
    private static readonly string[] Bare = ["doctor", "completion", "man"];

    // Help is given whatever a variable says: who reads it may want to know why nothing works.
    private static readonly string[] Help = ["help", "version", "--version", "--help", "-h", "-?"];

    private static Sentences s_sentences = Sentences.Of(ReportWords.Default);

    /// <summary>One of <see cref="ReportWords.Languages"/>.</summary>
    public static string Language { get; private set; } = ReportWords.Default;

    /// <summary>Whether it is another one than that of the sources.</summary>
    public static bool IsForeign => !s_sentences.IsEmpty;

    /// <summary>What stands between a colon and what follows: the Chinese colon has its own room.</summary>
    public static string Gap => IsForeign ? "" : " ";

    /// <summary>The sentence in the language; as it is where nobody has translated it.</summary>
    public static string Say(string english) => s_sentences.IsEmpty ? english : s_sentences.Say(english);

    /// <summary>
    /// Chooses the language before anything is said: a word of the command line, else VOICECLEAN_LANG, else the locale.
    /// </summary>
    /// <param name="words">The words of the command line.</param>
    /// <param name="variable">Environment variables.</param>
    /// <returns>The words; without the choice where the command has no options.</returns>
    /// <exception cref="VoiceCleanException">There is no such language, and nobody behind who would say so.</exception>
    public static string[] ChooseFrom(string[] words, Func<string, string?> variable)
    {
        string choice = variable(Variable) is { Length: > 0 } named ? named : Auto, origin = $"{Variable}={choice}";
        bool isHelp = words.Length == 0 || words.Any(w => Help.Contains(w)),
            isBare = isHelp
                || words.All(w => w.StartsWith(Flag, StringComparison.Ordinal))
                || words.Any(w => Bare.Contains(w));
        (string[] others, string? word) = Divided(words);
        if (word is not null)
        {
            (choice, origin) = (word, $"{Flag} {word}");
        }

        string language = Known(choice) is { } chosen and not Auto ? chosen : OfLocale(variable);
        Speak(language);
        if (isBare && Known(choice) is null && (word is not null || !isHelp))
        {
            throw Unknown(choice, origin);
        }

        return isBare ? others : words;
    }

    // The words without the choice, and the last choice, empty where its value is missing; null = none.
    private static (string[] Others, string? Choice) Divided(string[] words)
    {
        string? choice = null;
        var others = new List<string>();
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i] == "--")
            {
                others.AddRange(words[i..]);
                break;
            }

            if (words[i] == Flag)
            {
                choice = ++i < words.Length ? words[i] : "";
            }
            else if (words[i].StartsWith(Flag + "=", StringComparison.Ordinal))
            {
                choice = words[i][(Flag.Length + 1)..];
            }
            else
            {
                others.Add(words[i]);
            }
        }

        return ([.. others], choice);
    }

    /// <summary>Chooses one of <see cref="ReportWords.Languages"/>.</summary>
    public static void Speak(string language)
    {
        if (language != Language)
        {
            (Language, s_sentences) = (language, Sentences.Of(language));
        }
    }

    /// <summary>
    /// The language of a locale such as zh_CN.UTF-8, from LC_ALL, LC_MESSAGES or LANG; where that is not C, the first
    /// language of LANGUAGE that there is comes before it, as in programs that use gettext.
    /// </summary>
    public static string OfLocale(Func<string, string?> variable)
    {
        string[] names = ["LC_ALL", "LC_MESSAGES", "LANG"];
        string locale = names.Select(variable).FirstOrDefault(v => v is { Length: > 0 }) ?? "";
        string[] parts = locale.Split('.', '@');
        string[] wanted = parts[0] is "" or "C" or "POSIX" ? [] : (variable("LANGUAGE") ?? "").Split(':');
        bool isReadable = parts.Length == 1
            || parts[1].Replace("-", "", StringComparison.Ordinal).Equals("utf8", StringComparison.OrdinalIgnoreCase);
        string named = wanted.FirstOrDefault(w => IsChinese(w) || w.Split('_')[0] == "en") ?? parts[0];
        return isReadable && IsChinese(named) ? "zh-CN" : ReportWords.Default;
    }

    private static bool IsChinese(string locale) => locale.Split('.')[0].Replace('_', '-')
        is "zh" or "zh-CN" or "zh-SG" or "zh-MY" or "zh-Hans" or "zh-Hans-CN";

    // As the parser says it where the command has the option.
    private static VoiceCleanException Unknown(string choice, string origin)
    {
        string valueName = "CODE",
            expected = $"one of {string.Join(", ", ReportWords.Languages.Prepend(Auto))}",
            wrong = $"{origin}: must be {expected}.";
        return new VoiceCleanException(
            ErrorKind.Usage,
            ReasonCodes.BadOptions,
            choice.Length == 0 ? $"{Flag} needs a value: {valueName}, which is {expected}."
                : origin.StartsWith(Flag, StringComparison.Ordinal) ? $"{wrong} ('voiceclean --help' lists the options)"
                : wrong);
    }

    // As the option understands it.
    private static string? Known(string choice) =>
        choice.Equals(Auto, StringComparison.OrdinalIgnoreCase)
            ? Auto
            : ReportWords.Languages.FirstOrDefault(l => l.Equals(choice, StringComparison.OrdinalIgnoreCase));
}
