namespace VoiceClean.Cleaning.Reports;

/// <summary>One of several audio tracks of a file.</summary>
/// <param name="Number">1 for the first audio track.</param>
/// <param name="Codec">By the container's word; empty if it does not say.</param>
/// <param name="Language">Code of the language by the container's word; empty if it does not say.</param>
/// <param name="Name">Its title; empty if it has none.</param>
/// <param name="IsDefault">Whether the container marks it as the one to play.</param>
/// <param name="SpeechS">Speech found in its beginning [s]; null if nobody listened or it cannot be read.</param>
/// <param name="IsUsed">Whether it is the one that was read.</param>
public sealed record TrackFacts(
    int Number,
    string Codec,
    string Language,
    string Name,
    bool IsDefault,
    double? SpeechS,
    bool IsUsed);
