using VoiceClean.Datasets.Targets;
using VoiceClean.Errors;

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

    /// <summary>One of <see cref="ClipStatuses"/>: the worst of what its rules say.</summary>
    public required string Status { get; init; }

    /// <summary>False for other files in the folders of clips, and for lists.</summary>
    public bool IsClip { get; init; } = true;

    /// <summary>Rules that it breaks.</summary>
    public IReadOnlyList<BrokenRule> Rules { get; init; } = [];

    /// <summary>[s], null if it cannot be read.</summary>
    public double? DurationS { get; init; }

    /// <summary>What GPT-SoVITS's rescaling does to the level [dB], null if it cannot be read.</summary>
    public double? RescaleGainDb { get; init; }
}

/// <summary>What becomes of a clip, from the best to the worst. Stable words.</summary>
internal static class ClipStatuses
{
    /// <summary>Trained on as it is.</summary>
    public const string Ok = "ok";

    /// <summary>Odd, and trained on as it is.</summary>
    public const string Warned = "warned";

    /// <summary>Changed before.</summary>
    public const string Altered = "altered";

    /// <summary>Trained on with words that are not said in it, or with none.</summary>
    public const string Spoiled = "spoiled";

    /// <summary>Left out without a word.</summary>
    public const string Dropped = "dropped";

    /// <summary>The trainer stops at it.</summary>
    public const string Refused = "refused";
}

/// <summary>A rule that a clip breaks.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Action">What happens; a word of <see cref="RuleAction"/>.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Because">Why.</param>
internal sealed record BrokenRule(string Rule, string Action, double Value, string Because)
{
    /// <summary>Whether this is what happens.</summary>
    public bool Does(RuleAction action) => Action == JsonWords.Of(action);
}

/// <summary>The last line of a check.</summary>
internal sealed record CheckSummary
{
    /// <summary>Name and major version of the schema.</summary>
    public string Schema { get; init; } = "voiceclean.check/1";

    /// <summary>"summary".</summary>
    public string Event { get; init; } = "summary";

    /// <summary>Name of the target.</summary>
    public string Target { get; init; } = "";

    /// <summary>Number of clips, and of lines of lists that have none.</summary>
    public int Clips { get; init; }

    /// <summary>Lists, lines and clips at which the trainer stops: none of their list is trained on.</summary>
    public int Refused { get; init; }

    /// <summary>Of the clips the trainer leaves out so many.</summary>
    public int Dropped { get; init; }

    /// <summary>Trains on so many with words that are not said in them, or with none.</summary>
    public int Spoiled { get; init; }

    /// <summary>And alters so many.</summary>
    public int Altered { get; init; }

    /// <summary>So many are odd, and taken as they are.</summary>
    public int Warned { get; init; }

    /// <summary>So many have no text.</summary>
    public int WithoutText { get; init; }

    /// <summary>True if the trainer takes every clip with its words.</summary>
    public bool IsGood => Refused + Dropped + Spoiled == 0;

    /// <summary>Per broken rule how many clips break it.</summary>
    public IReadOnlyDictionary<string, int> Rules { get; init; } = new Dictionary<string, int>();

    /// <summary>
    /// How much clips differ in what GPT-SoVITS's rescaling does to their level [dB]: equal loudness survives only if
    /// peaks are alike.
    /// </summary>
    public double RescaleSpreadDb { get; init; }
}
