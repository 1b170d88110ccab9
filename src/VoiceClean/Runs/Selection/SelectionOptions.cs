using VoiceClean.Errors;

namespace VoiceClean.Runs.Selection;

/// <summary>Which files in folders are inputs.</summary>
internal sealed record SelectionOptions
{
    /// <summary>Whether folders in folders are visited, default true.</summary>
    public bool Recursive { get; init; } = true;

    /// <summary>
    /// Whether files and folders whose name begins with '.' are visited, default false. "._*" (what a Mac leaves on
    /// foreign disks) never is.
    /// </summary>
    public bool Hidden { get; init; }

    /// <summary>Only files that one of these matches are inputs; empty = all audio files.</summary>
    public IReadOnlyList<Glob> Include { get; init; } = [];

    /// <summary>Files and folders that one of these matches are left out.</summary>
    public IReadOnlyList<Glob> Exclude { get; init; } = [];

    /// <summary>
    /// A folder that is left out wherever it is met, for instance the output inside the input; null = none.
    /// </summary>
    public string? OutputFolder { get; init; }
}

/// <summary>Why something found in a folder is no input. Stable codes, counted in the summary.</summary>
internal static class SkipReasons
{
#pragma warning disable CS1591 // The name is the code.
    public const string Hidden = "hidden";
    public const string NotAudio = "not_audio";
    public const string Excluded = "excluded";
    public const string SpecialFile = "special_file";
    public const string DanglingLink = "dangling_link";
    public const string VisitedAlready = "visited_already";
    public const string OutputFolder = "output_folder";
    public const string Results = "results";
    public const string OtherTranscript = "other_transcript";
#pragma warning restore CS1591
}

/// <summary>One input.</summary>
/// <param name="Path">As the user can open it.</param>
/// <param name="Id">
/// Relative path with '/': to the folder given as input; the name alone for a file given by itself or listed with an
/// absolute path; the relative path as written for others in a list. Seeds the dither and decides the shard.
/// </param>
/// <param name="Failure">Why it can never be processed, if that is known by now.</param>
internal sealed record SelectedFile(string Path, string Id, VoiceCleanException? Failure = null);

/// <summary>Something in a folder that is no input.</summary>
/// <param name="Path">As the user can open it.</param>
/// <param name="Reason">One of <see cref="SkipReasons"/>.</param>
internal sealed record SkippedEntry(string Path, string Reason);
