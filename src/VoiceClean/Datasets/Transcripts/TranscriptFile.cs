namespace VoiceClean.Datasets.Transcripts;

/// <summary>What a file says about one recording or clip.</summary>
internal sealed record TranscriptEntry
{
    /// <summary>The recording as the file names it; null = the file is about the recording of its own name.</summary>
    public string? Name { get; init; }

    /// <summary>Whose voice it is; null = not given.</summary>
    public string? Speaker { get; init; }

    /// <summary>Lower case; null = not given.</summary>
    public string? Language { get; init; }

    /// <summary>What is said, one line; empty if <see cref="Cues"/> say it.</summary>
    public string Text { get; init; } = "";

    /// <summary>What is said when, by start; empty = the text has no times.</summary>
    public IReadOnlyList<Cue> Cues { get; init; } = [];

    /// <summary>Letters and digits that the file gives the recording beyond those of <see cref="Cues"/>, as the text
    /// of the whole beside its segments; such words have no times and are not used.</summary>
    public int BeyondCues { get; init; }

    /// <summary>Where it is said, in a list with a row a segment; null elsewhere and once read.</summary>
    public TranscriptSegment? Segment { get; init; }

    /// <summary>Line of the file, from 1; 0 = none in particular.</summary>
    public int Line { get; init; }

    /// <summary>Whether there are any words.</summary>
    public bool HasText => Text.Length > 0 || Cues.Count > 0;
}

/// <summary>A file with transcripts, read.</summary>
internal sealed record TranscriptFile
{
    /// <summary>As the user named it.</summary>
    public required string Path { get; init; }

    /// <summary>What it was taken for: "srt", "list" …</summary>
    public required string Format { get; init; }

    /// <summary>What it says.</summary>
    public IReadOnlyList<TranscriptEntry> Entries { get; init; } = [];

    /// <summary>Lines that were not understood, from 1.</summary>
    public IReadOnlyList<int> IgnoredLines { get; init; } = [];

    /// <summary>Captions that were taken for sounds, as in "[Music]"; they are not used.</summary>
    public IReadOnlyList<string> Sounds { get; init; } = [];

    /// <summary>Who speaks in the one recording that the file is about, as far as it says.</summary>
    public IReadOnlyList<string> Voices { get; init; } = [];

    /// <summary>Lines whose text had lost characters before; it is not used.</summary>
    public IReadOnlyList<int> DamagedLines { get; init; } = [];
}
