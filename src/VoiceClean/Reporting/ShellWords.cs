namespace VoiceClean.Reporting;

/// <summary>Words of a command line as one text that a POSIX shell takes apart again as they were.</summary>
internal static class ShellWords
{
    /// <summary>The text; a line end in a word stays within its quotes.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quoted));

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,+@%".Contains(c) || c > 0x7F)
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
