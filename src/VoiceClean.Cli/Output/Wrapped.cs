namespace VoiceClean.Cli.Output;

/// <summary>Sentences on terminals that have few columns.</summary>
internal static class Wrapped
{
    /// <summary>Breaks a text between words; a word longer than a line stays whole.</summary>
    /// <param name="text">One line.</param>
    /// <param name="width">Columns; further lines lose those of the indent.</param>
    /// <param name="indent">Stands before the further lines.</param>
    public static IEnumerable<string> Lines(string text, int width, string indent)
    {
        string rest = text;
        while (rest.Length > width)
        {
            int at = rest.LastIndexOf(' ', width);
            if (at <= indent.Length || rest.AsSpan(0, at).IsWhiteSpace())
            {
                at = rest.IndexOf(' ', width);
            }

            if (at < 0)
            {
                break;
            }

            yield return rest[..at];
            rest = indent + rest[(at + 1)..];
        }

        yield return rest;
    }
}
