namespace VoiceClean.Datasets.Transcripts;

/// <summary>A word and when it is said.</summary>
/// <param name="StartS">[s]</param>
/// <param name="EndS">[s]</param>
/// <param name="Text">As it stands in the text around it, with the blank before it.</param>
internal sealed record TimedWord(double StartS, double EndS, string Text);

/// <summary>A stretch of text and when it is said: one subtitle, one label, one segment.</summary>
/// <param name="StartS">[s]</param>
/// <param name="EndS">[s]</param>
/// <param name="Text">One line.</param>
internal sealed record Cue(double StartS, double EndS, string Text)
{
    /// <summary>The words of the text, all of them in their order; empty = only the whole has times.</summary>
    public IReadOnlyList<TimedWord> Words { get; init; } = [];
}

/// <summary>What is said in a recording or a clip.</summary>
/// <param name="Text">One line without '|'; empty if the text has times.</param>
/// <param name="Language">Lower case as the list gives it; null = not given.</param>
/// <param name="TimedSha256">Hash of the text with its times; null = it has none.</param>
internal sealed record Transcript(string Text, string? Language, string? TimedSha256 = null);
