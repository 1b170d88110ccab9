using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>Takes the markup out of subtitles.</summary>
internal static partial class Markup
{
    private static readonly string[] Named =
    [
        "amp", "lt", "gt", "quot", "apos", "nbsp", "lrm", "rlm", "hellip", "mdash", "ndash", "lsquo", "rsquo", "ldquo",
        "rdquo", "laquo", "raquo", "shy",
    ];

    private static readonly string[] Meant =
        ["&", "<", ">", "\"", "'", " ", "", "", "…", "—", "–", "‘", "’", "“", "”", "«", "»", ""];

    /// <summary>Takes what a pattern finds out of a text. An empty text in its place would be read as a pattern itself,
    /// and bring the reader of patterns into the native binary.</summary>
    public static string Nothing(Match found) => "";

    /// <summary>The text alone; marks of time stay (<see cref="WordTags"/> reads them).</summary>
    public static string Strip(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        line = WithoutVoice(line);
        if (line.AsSpan().IndexOfAny("<{&\\") < 0)
        {
            return line;
        }

        string text = Readings().Replace(line, Nothing);
        text = Tags().Replace(text, Nothing);
        text = Overrides().Replace(text, Nothing);
        text = text.Replace("\\N", " ", StringComparison.Ordinal).Replace("\\n", " ", StringComparison.Ordinal)
            .Replace("\\h", " ", StringComparison.Ordinal);
        return Entities().Replace(text, Character);
    }

    private static string Character(Match entity)
    {
        string name = entity.Groups[1].Value;
        if (name[0] == '#')
        {
            bool isHex = name[1] is 'x' or 'X';
            bool isNumber = int.TryParse(
                name.AsSpan(isHex ? 2 : 1),
                isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
                CultureInfo.InvariantCulture,
                out int code);
            return isNumber && code > 0 && Rune.IsValid(code) ? new Rune(code).ToString() : entity.Value;
        }

        int at = Array.IndexOf(Named, name);
        return at < 0 ? entity.Value : Meant[at];
    }

    // "[SPEAKER_00]: Yes." of WhisperX and pyannote.
    private static string WithoutVoice(string line)
    {
        ReadOnlySpan<char> rest = line.AsSpan().TrimStart().TrimStart('[');
        int colon = rest.IndexOf(':');
        return colon > 0
            && rest.StartsWith("SPEAKER_", StringComparison.Ordinal)
            && !rest[8..colon].TrimEnd(']').ContainsAnyExceptInRange('0', '9')
                ? rest[(colon + 1)..].TrimStart().ToString()
                : line;
    }

    // Ruby: the reading above a character is not said twice.
    [GeneratedRegex("<rt>[^<]{0,200}</rt>", RegexOptions.IgnoreCase)]
    private static partial Regex Readings();

    [GeneratedRegex(
        @"</?(?:i|b|u|s|c|v|font|em|strong|span|lang|ruby|rt|br|p)(?:[\s.:][^<>]{0,500})?/?>",
        RegexOptions.IgnoreCase)]
    private static partial Regex Tags();

    // Of Advanced SubStation, as some programs leave them in SRT, and of MicroDVD.
    [GeneratedRegex(@"\{(?:\\[^{}]{0,500}|[yYcCfFsS]:[^{}]{0,100})\}")]
    private static partial Regex Overrides();

    [GeneratedRegex("&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-z]{2,6});")]
    private static partial Regex Entities();
}
