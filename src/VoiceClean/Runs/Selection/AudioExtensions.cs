namespace VoiceClean.Runs.Selection;

/// <summary>
/// Extensions under which people expect audio. In a folder, a file with one of them is an input even if its content is
/// none: it then fails with a reason instead of vanishing without a word.
/// </summary>
internal static class AudioExtensions
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ".wav",
        ".wave",
        ".bwf",
        ".rf64",
        ".w64",
        ".aif",
        ".aiff",
        ".aifc",
        ".au",
        ".snd",
        ".caf",
        ".flac",
        ".mp3",
        ".mp2",
        ".m4a",
        ".m4b",
        ".aac",
        ".adts",
        ".alac",
        ".ogg",
        ".oga",
        ".opus",
        ".spx",
        ".wma",
        ".amr",
        ".awb",
        ".3gp",
        ".3gpp",
        ".ac3",
        ".eac3",
        ".dts",
        ".mka",
        ".weba",
        ".ape",
        ".wv",
        ".tta",
        ".gsm",
        ".voc",
    };

    /// <summary>True if the name ends in a known extension.</summary>
    public static bool Contains(string name) => Known.Contains(Path.GetExtension(name));
}
