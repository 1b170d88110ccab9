using System.Text;

namespace VoiceClean.Cli.Output;

/// <summary>What a coloured word says.</summary>
internal enum Tone
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Worth a look.</summary>
    Fair,

    /// <summary>Refused, failed, hopeless.</summary>
    Bad,
}

/// <summary>
/// Colour for verdicts and errors, where it is allowed: on terminals, unless NO_COLOR (no-color.org) or --color says
/// otherwise. The words are the same without.
/// </summary>
internal static class Paint
{
    private static string s_choice = "auto";

    /// <summary>Whether standard error is coloured.</summary>
    public static bool IsOnError => IsAllowed(s_choice, Console.IsErrorRedirected, Environment.GetEnvironmentVariable);

    /// <summary>Whether standard output is coloured.</summary>
    public static bool IsOnOutput =>
        IsAllowed(s_choice, Console.IsOutputRedirected, Environment.GetEnvironmentVariable);

    /// <summary>Takes what the user chose: "auto", "always" or "never".</summary>
    public static void Choose(string color) => s_choice = color;

    /// <summary>
    /// Takes it from the words of a command that may turn out not to be understood: its error has a colour too.
    /// </summary>
    public static void ChooseFrom(IReadOnlyList<string> words)
    {
        string choice = "auto";
        for (int i = 0; i < words.Count && words[i] != "--"; i++)
        {
            choice = words[i] switch
            {
                "--color" when i + 1 < words.Count => words[i + 1],
                _ when words[i].StartsWith("--color=", StringComparison.Ordinal) => words[i]["--color=".Length..],
                _ => choice,
            };
        }

        Choose(choice);
    }

    /// <summary>Whether a stream may be coloured.</summary>
    public static bool IsAllowed(string choice, bool isRedirected, Func<string, string?> variable) => choice switch
    {
        "always" => true,
        "never" => false,
        _ => !isRedirected && string.IsNullOrEmpty(variable("NO_COLOR")) && variable("TERM") is not (null or "dumb"),
    };

    /// <summary>
    /// A text on one line that moves no cursor and hides nothing, whatever is in the name of a file: control characters
    /// are blanks, but for the colours of this program.
    /// </summary>
    public static string OneLine(string text)
    {
        string line = text.ReplaceLineEndings(" ");
        if (!line.Any(char.IsControl))
        {
            return line;
        }

        var plain = new StringBuilder(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            bool isOurs = line.AsSpan(i) is ['\e', '[', '3', '1' or '2' or '3', 'm', ..] or ['\e', '[', '0', 'm', ..];
            plain.Append(char.IsControl(line[i]) && !isOurs ? ' ' : line[i]);
        }

        return plain.ToString();
    }

    /// <summary>The text in the colour of a tone, or as it is.</summary>
    public static string With(Tone tone, string text, bool isOn) =>
        isOn
            ? "\e[" + (tone switch { Tone.Good => "32m", Tone.Fair => "33m", _ => "31m" }) + text + "\e[0m"
            : text;
}
