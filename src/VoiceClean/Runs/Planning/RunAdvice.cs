namespace VoiceClean.Runs.Planning;

/// <summary>
/// What messages advise to choose. How a choice is made is the caller's business: a command line names flags, a page
/// names fields.
/// </summary>
internal sealed record RunAdvice
{
    /// <summary>What the option with a key is called: "shard" is <c>--shard</c> on a command line.</summary>
    public Func<string, string> NameOf { get; init; } = key => key;

    /// <summary>Where no input is named.</summary>
    public string NameInputs { get; init; } = "name a folder, files, or a list of them";

    /// <summary>Where two inputs would become one file.</summary>
    public string AllowSuffixes { get; init; } = "let the later one have a number behind its name";

    /// <summary>Where something else has the name of a result.</summary>
    public string OverwriteAlways { get; init; } = "have everything overwritten";

    /// <summary>Why something that exists is not replaced.</summary>
    public string OverwriteNever { get; init; } = "nothing may be overwritten";

    /// <summary>Where an output was begun with another number of shards.</summary>
    public Func<int, string> ChooseShardOf { get; init; } =
        count => FormattableString.Invariant($"use one of {count} shards");
}
