using System.Text.RegularExpressions;

namespace VoiceClean.Tests.Architecture;

/// <summary>
/// Finds the bodies of methods by their indentation, which the formatter guarantees: a body is what stands between a
/// brace alone on its line and the next one in the same column, below a head with parentheses that is no statement.
/// </summary>
internal static partial class LongMethods
{
    /// <summary>The methods of a file whose bodies have more lines, as "Name lines".</summary>
    /// <param name="lines">The file.</param>
    /// <param name="most">Lines between the braces that are still allowed.</param>
    public static IEnumerable<(string Name, int Lines)> Of(string[] lines, int most)
    {
        for (int open = 1; open < lines.Length; open++)
        {
            Match brace = Brace().Match(lines[open]);
            if (!brace.Success || NameAbove(lines, open, brace.Groups[1].Value) is not { } name)
            {
                continue;
            }

            int close = Array.FindIndex(
                lines,
                open,
                l => l.StartsWith(brace.Groups[1].Value + "}", StringComparison.Ordinal));
            if (close - open - 1 > most)
            {
                yield return (name, close - open - 1);
            }
        }
    }

    private static string? NameAbove(string[] lines, int open, string indent)
    {
        int head = open - 1;
        while (head > 0 && !BeginsHere(lines[head]))
        {
            head--;
        }

        Match name = Name().Match(lines[head]);
        return name.Success && !Statement().IsMatch(lines[head]) ? name.Groups[1].Value : null;

        bool BeginsHere(string line) =>
            line.StartsWith(indent, StringComparison.Ordinal) && line[indent.Length] != ' ';
    }

    [GeneratedRegex(@"^((?:    ){1,4})\{$")]
    private static partial Regex Brace();

    [GeneratedRegex(@"(\w+)(?:<[\w, ]+>)?\(")]
    private static partial Regex Name();

    [GeneratedRegex(
        @"^\s*(if|for|foreach|while|else|switch|using|lock|try|catch|fixed|do|return)\b|\b(class|record|struct) ")]
    private static partial Regex Statement();
}
