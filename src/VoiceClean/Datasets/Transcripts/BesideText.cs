using VoiceClean.Errors;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>Reads a file that lies beside a recording.</summary>
/// <param name="isAudioName">Tells recordings by their extension.</param>
/// <param name="problems">Receives what is not used.</param>
internal sealed class BesideText(Func<string, bool> isAudioName, TextProblems problems)
{
    /// <summary>What the file says about the recording; null if it is something else: settings, a list of others.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="recording">Name of the recording without its folder.</param>
    /// <param name="language">What the name of the file says of its language; null = nothing.</param>
    public NamedEntry? Of(string path, string recording, string? language)
    {
        try
        {
            TranscriptFile file = TranscriptReader.ReadFile(path, isAudioName);
            TranscriptEntry[] about = [.. file.Entries.Where(e => e.HasText && IsAbout(e, file, recording))];
            if (about.Length > 1)
            {
                problems.Add(
                    TextProblems.Contradicts,
                    $"{path} gives '{recording}' {about.Length} texts; none is used");
                return null;
            }

            if (about.Length > 0 || !MayBeSettings(path))
            {
                problems.Add(file);
            }

            return about is [var entry]
                ? NamedEntry.Of(file, entry with { Language = entry.Language ?? language }, null, isAudioName)
                : null;
        }
        catch (InputException e)
        {
            if (e.Code != ReasonCodes.UnsupportedFormat || !MayBeSettings(path))
            {
                problems.Add(TextProblems.Unreadable, e.Message);
            }

            return null;
        }
    }

    // Without a name it is about the recording beside it; a list may name that one too.
    private bool IsAbout(TranscriptEntry entry, TranscriptFile file, string recording)
    {
        if (entry.Name is not { } name)
        {
            return file.Entries.Count == 1;
        }

        string last = name.Trim()[(name.Trim().LastIndexOfAny(['/', '\\']) + 1)..];
        return NamedEntry.Key(NamedEntry.Split(last, isAudioName).Stem)
            == NamedEntry.Key(NamedEntry.Split(recording, isAudioName).Stem);
    }

    private static bool MayBeSettings(string path) =>
        Path.GetExtension(path).ToLowerInvariant() is ".json" or ".tsv";
}
