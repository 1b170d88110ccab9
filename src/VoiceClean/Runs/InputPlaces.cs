namespace VoiceClean.Runs;

/// <summary>Where a run looks for recordings: what was there once and is there no more is gone.</summary>
/// <param name="inputs">Files and folders that the run looks into.</param>
internal sealed class InputPlaces(IEnumerable<string> inputs)
{
    // Of a million inputs the whole paths take long, and most often nobody asks for them.
    private readonly Lazy<string[]> _places = new(() =>
        [.. inputs.Select(i => Path.TrimEndingDirectorySeparator(Path.GetFullPath(i)))]);

    /// <summary>Whether a recording would be found if it were still there, and is not there.</summary>
    /// <param name="source">Its path.</param>
    public bool HaveLost(string source) =>
        !File.Exists(source) && _places.Value.Any(p => IsIn(Path.GetFullPath(source), p));

    private static bool IsIn(string path, string folder) =>
        path == folder || path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
