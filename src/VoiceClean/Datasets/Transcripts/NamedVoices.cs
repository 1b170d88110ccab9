using System.Text.RegularExpressions;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>Who speaks within one recording, where its text says so.</summary>
internal static partial class NamedVoices
{
    private const int Most = 100;

    /// <summary>
    /// The voices that a text with times names, each once, in their order: speakers of segments in JSON (WhisperX),
    /// voice spans of WebVTT, marks such as "[SPEAKER_00]:" before lines.
    /// </summary>
    /// <param name="text">The file, which is about one recording.</param>
    public static IReadOnlyList<string> In(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var names = new List<string>();
        for (Match match = Voice().Match(text); match.Success && names.Count < Most; match = match.NextMatch())
        {
            string name = (match.Groups[1].Value + match.Groups[2].Value + match.Groups[3].Value).Trim();
            if (name.Length > 0 && !names.Contains(name))
            {
                names.Add(name);
            }
        }

        return names;
    }

    [GeneratedRegex(
        "\"(?:speaker|speaker_name|speaker_id|spk)\"\\s{0,9}:\\s{0,9}\"?([^\"\\s,{}\\[\\]][^\"\\r\\n,{}\\[\\]]{0,79})"
            + "|<v(?:\\.[^\\s<>]{0,80})?\\s([^<>\\r\\n]{1,80})>"
            + "|^\\s{0,9}\\[?(SPEAKER_\\d{1,4})\\]?:",
        RegexOptions.Multiline)]
    private static partial Regex Voice();
}
