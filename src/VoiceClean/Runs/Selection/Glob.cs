using System.IO.Enumeration;

namespace VoiceClean.Runs.Selection;

/// <summary>
/// A pattern for names, as in .gitignore: <c>*</c> and <c>?</c> stay within one name, <c>**</c> stands for any number
/// of folders. A pattern without '/' is for the name alone, wherever it stands; one with '/' is for the whole relative
/// path. Letter case does not matter, because "*.wav" is meant to find TAKE1.WAV too.
/// </summary>
internal sealed class Glob
{
    private readonly string[] _segments;
    private readonly bool _nameOnly;

    /// <summary>Makes a pattern.</summary>
    /// <param name="pattern">Not empty; separated by '/'.</param>
    public Glob(string pattern)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pattern);
        string trimmed = pattern.Trim('/');
        _nameOnly = !pattern.TrimEnd('/').Contains('/', StringComparison.Ordinal);
        _segments = trimmed.Split('/', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>True if the file or folder with this relative path (with '/') is meant.</summary>
    public bool Matches(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string[] names = path.Split('/');
        return _nameOnly ? MatchesName(_segments[0], names[^1]) : Matches(_segments, names);
    }

    // Quadratic at worst for one "**"; several of them are rare and paths are short.
    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> names)
    {
        if (pattern.Length == 0)
        {
            return names.Length == 0;
        }

        if (pattern[0] != "**")
        {
            return names.Length > 0 && MatchesName(pattern[0], names[0]) && Matches(pattern[1..], names[1..]);
        }

        for (int skipped = 0; skipped <= names.Length; skipped++)
        {
            if (Matches(pattern[1..], names[skipped..]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MatchesName(string pattern, string name) =>
        pattern is "**" || FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);
}
