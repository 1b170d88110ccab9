using VoiceClean.Errors;

namespace VoiceClean.Formats;

/// <summary>One of the audio tracks of a file, as its container describes it.</summary>
/// <param name="Number">1 for the first audio track; tracks of pictures and texts do not count.</param>
internal sealed record AudioTrack(int Number)
{
    /// <summary>How it is coded, by the container's word: "mp4a", "A_OPUS", "aac"; empty if it does not say.</summary>
    public string Codec { get; init; } = "";

    /// <summary>Language code as it stands in the file; empty if it does not say.</summary>
    public string Language { get; init; } = "";

    /// <summary>The title that somebody gave it; empty if nobody did.</summary>
    public string Name { get; init; } = "";

    /// <summary>True if the container says that it is to be played where nobody chooses.</summary>
    public bool IsDefault { get; init; }

    /// <summary>What is said where a track was taken that nobody chose.</summary>
    /// <param name="count">Audio tracks of the file.</param>
    public static Warning FirstOf(int count) => new(
        WarningCodes.SeveralTracks,
        $"The file has {count} audio tracks; the first one is used.");
}
