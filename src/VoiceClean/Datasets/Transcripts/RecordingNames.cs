namespace VoiceClean.Datasets.Transcripts;

/// <summary>
/// Which recordings lie in which folder. Each folder is looked at once: thousands of texts lie in one.
/// </summary>
internal sealed class RecordingNames(Func<string, bool> isAudioName)
{
    private readonly Dictionary<string, HashSet<string>> _byFolder = new(StringComparer.Ordinal);

    /// <summary>
    /// The names of the recordings in a folder, without extensions; empty if there is no such folder.
    /// </summary>
    public IReadOnlySet<string> In(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!_byFolder.TryGetValue(folder, out HashSet<string>? names))
        {
            string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
            names =
            [
                .. files
                    .Select(f => Path.GetFileName(f))
                    .Where(isAudioName)
                    .Select(n => NamedEntry.Split(n, isAudioName).Stem),
            ];
            _byFolder[folder] = names;
        }

        return names;
    }
}
