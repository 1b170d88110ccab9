namespace VoiceClean.Datasets.Transcripts;

/// <summary>What is said in a recording.</summary>
/// <param name="Text">Without line ends and '|'.</param>
/// <param name="Language">Lower case as the list gives it; null = not given.</param>
internal sealed record Transcript(string Text, string? Language);
