using System.Text;

namespace VoiceClean.Datasets.Transcribing;

/// <summary>Splits a command into its words, without a shell.</summary>
internal static class CommandWords
{
    /// <summary>
    /// The words: blanks separate, single and double quotes hold together, nothing else means anything; a backslash is
    /// a backslash. Null if a quote is not closed.
    /// </summary>
    public static IReadOnlyList<string>? Split(string command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var words = new List<string>();
        StringBuilder? word = null;
        char? quote = null;
        foreach (char c in command)
        {
            if (c == quote)
            {
                quote = null;
            }
            else if (quote is null && (c is '"' or '\''))
            {
                quote = c;
                word ??= new StringBuilder();
            }
            else if (quote is null && char.IsWhiteSpace(c))
            {
                words.AddRange(word is null ? [] : [word.ToString()]);
                word = null;
            }
            else
            {
                (word ??= new StringBuilder()).Append(c);
            }
        }

        words.AddRange(word is null ? [] : [word.ToString()]);
        return quote is null ? words : null;
    }
}
