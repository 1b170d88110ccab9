namespace VoiceClean.Datasets.Targets;

/// <summary>A clip of a finished set of any origin, as a trainer meets it.</summary>
internal sealed record SetClip
{
    /// <summary>
    /// Relative path with '/'; of a line that leads to no file, the path in it; of a line that cannot be read
    /// "list:line"; of a whole list its name.
    /// </summary>
    public required string File { get; init; }

    /// <summary>False if it cannot be decoded.</summary>
    public bool IsReadable { get; init; }

    /// <summary>True if it is no audio by its name.</summary>
    public bool IsForeign { get; init; }

    /// <summary>[s]</summary>
    public double? DurationS { get; init; }

    /// <summary>Largest sample of the mono version, full scale 1.</summary>
    public double? Peak { get; init; }

    /// <summary>[Hz]</summary>
    public int? SampleRateHz { get; init; }

    /// <summary>Number of channels.</summary>
    public int? Channels { get; init; }

    /// <summary>Bits of a sample as stored; null where it has none, as in MP3.</summary>
    public int? BitDepth { get; init; }

    /// <summary>False if there is a list and it does not name the clip; null without lists.</summary>
    public bool? IsListed { get; init; }

    /// <summary>True for a line that has no clip: it cannot be read, or leads to no file.</summary>
    public bool IsLine { get; init; }

    /// <summary>True for a list as a whole.</summary>
    public bool IsList { get; init; }

    /// <summary>Language its line names, as written.</summary>
    public string? Language { get; init; }

    /// <summary>What is said, as the trainer has it; null = no line says so.</summary>
    public string? Text { get; init; }

    /// <summary>What is wrong with its lines; names of <see cref="ListFacts"/>.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];
}
