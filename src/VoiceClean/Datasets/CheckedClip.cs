using VoiceClean.Datasets.Targets;

namespace VoiceClean.Datasets;

/// <summary>What a trainer does with one clip of a set: a line of <c>check --json</c>.</summary>
internal sealed record CheckedClip
{
    /// <summary>Name and major version of the schema.</summary>
    public string Schema { get; init; } = "voiceclean.check/1";

    /// <summary>"clip".</summary>
    public string Event { get; init; } = "clip";

    /// <summary>Relative path with '/'.</summary>
    public required string File { get; init; }

    /// <summary>"ok", "altered" or "dropped".</summary>
    public required string Status { get; init; }

    /// <summary>Rules that it breaks.</summary>
    public IReadOnlyList<BrokenRule> Rules { get; init; } = [];

    /// <summary>[s], null if it cannot be read.</summary>
    public double? DurationS { get; init; }

    /// <summary>What GPT-SoVITS's rescaling does to the level [dB], null if it cannot be read.</summary>
    public double? RescaleGainDb { get; init; }
}

/// <summary>A rule that a clip breaks.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Action">What the trainer does.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Because">Why.</param>
internal sealed record BrokenRule(string Rule, RuleAction Action, double Value, string Because);

/// <summary>The last line of a check.</summary>
internal sealed record CheckSummary
{
    /// <summary>Name and major version of the schema.</summary>
    public string Schema { get; init; } = "voiceclean.check/1";

    /// <summary>"summary".</summary>
    public string Event { get; init; } = "summary";

    /// <summary>Name of the target.</summary>
    public string Target { get; init; } = "";

    /// <summary>Number of clips and bad lines of lists.</summary>
    public int Clips { get; init; }

    /// <summary>Of these the trainer drops so many.</summary>
    public int Dropped { get; init; }

    /// <summary>And alters so many.</summary>
    public int Altered { get; init; }

    /// <summary>Per broken rule how many clips break it.</summary>
    public IReadOnlyDictionary<string, int> Rules { get; init; } = new Dictionary<string, int>();

    /// <summary>
    /// How much clips differ in what GPT-SoVITS's rescaling does to their level [dB]: equal loudness survives only if
    /// peaks are alike.
    /// </summary>
    public double RescaleSpreadDb { get; init; }
}
