using System.Text.RegularExpressions;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>Takes the markup out of subtitles.</summary>
internal static partial class Markup
{
    /// <summary>The text alone; marks of time stay (<see cref="WordTags"/> reads them).</summary>
    public static string Strip(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        line = WithoutVoice(line);
        if (line.AsSpan().IndexOfAny("<{&\\") < 0)
        {
            return line;
        }

        string text = Readings().Replace(line, "");
        text = Tags().Replace(text, "");
        text = Overrides().Replace(text, "");
        text = text.Replace("\\N", " ", StringComparison.Ordinal).Replace("\\n", " ", StringComparison.Ordinal)
            .Replace("\\h", " ", StringComparison.Ordinal);
        return Entities().Replace(text, m => m.Groups[1].Value switch
        {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" or "#39" => "'",
            "nbsp" or "#160" => " ",
            _ => "",
        });
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

    [GeneratedRegex("&(amp|lt|gt|quot|apos|#39|nbsp|#160|lrm|rlm);")]
    private static partial Regex Entities();
}
