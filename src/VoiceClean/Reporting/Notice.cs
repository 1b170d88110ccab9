using System.Globalization;

namespace VoiceClean.Reporting;

/// <summary>Something a reader of a report must know about the report itself: what is missing in it.</summary>
/// <param name="Code">Which sentence; the words of each language have it under "notice." and this.</param>
/// <param name="Slots">What stands in the sentence, by name.</param>
internal sealed record Notice(string Code, params (string Name, string Value)[] Slots)
{
    /// <summary>There are shares of which nothing was found.</summary>
    public const string ShardsMissing = "shards_missing";

    /// <summary>A share, or all, has inputs without a verdict.</summary>
    public const string Unfinished = "unfinished";

    /// <summary>Shares did not find the same number of inputs.</summary>
    public const string Uneven = "uneven";

    /// <summary>Inputs that a stopped run did not come to.</summary>
    public const string Stopped = "stopped";

    /// <summary>A file of records ends without its last line.</summary>
    public const string NoSummary = "no_summary";

    /// <summary>Lines were not understood.</summary>
    public const string IgnoredLines = "ignored_lines";

    /// <summary>Results of several settings or versions are mixed.</summary>
    public const string MixedSettings = "mixed_settings";

    /// <summary>Nobody asked for measurements when the results were made.</summary>
    public const string Unmeasured = "unmeasured";

    /// <summary>All of them, for whoever words them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [ShardsMissing, Unfinished, Uneven, Stopped, NoSummary, IgnoredLines, MixedSettings, Unmeasured];

    /// <summary>That some of so many shares are missing.</summary>
    /// <param name="missing">Which, counted from 1.</param>
    /// <param name="count">How many there are in all.</param>
    /// <param name="place">Where they were looked for.</param>
    public static Notice Missing(IReadOnlyList<int> missing, int count, string place) => new(
        ShardsMissing,
        ("list", Listed(missing)),
        ("count", Number(count)),
        ("place", place));

    /// <summary>That shares found less than others.</summary>
    /// <param name="shards">Which, counted from 1.</param>
    /// <param name="least">The least that one found.</param>
    /// <param name="most">The most.</param>
    /// <param name="place">Whose shares they are.</param>
    public static Notice FoundLess(IReadOnlyList<int> shards, int least, int most, string place) => new(
        Uneven,
        ("list", Listed(shards)),
        ("least", Number(least)),
        ("most", Number(most)),
        ("place", place));

    /// <summary>A number as a slot.</summary>
    public static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);

    private static string Listed(IReadOnlyList<int> shards) =>
        string.Join(", ", shards.Take(20)) + (shards.Count > 20 ? ", …" : "");
}
