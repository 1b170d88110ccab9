using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.Sharding;

namespace VoiceClean.Runs;

/// <summary>What a run works on.</summary>
internal sealed record RunInputs
{
    /// <summary>Files and folders.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Files and folders from lists; relative ones keep their relative path as id.</summary>
    public IReadOnlyCollection<string> Listed { get; init; } = [];

    /// <summary>What counts in folders.</summary>
    public SelectionOptions Selection { get; init; } = new();

    /// <summary>This run's share, and who chose it.</summary>
    public ShardChoice Share { get; init; } = new(Shard.Whole, null);

    /// <summary>This run's share.</summary>
    public Shard Shard => Share.Shard;

    /// <summary>
    /// The words of the command that does it again, without the output folder and the share, for reports; empty where
    /// nobody says.
    /// </summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The summary of a run on these inputs, with what a report must know of it.</summary>
    /// <param name="summary">How it ended.</param>
    /// <param name="outputFolder">Where the results are; null = there are none.</param>
    internal RunSummary Sign(RunSummary summary, string? outputFolder) => summary with
    {
        Shard = Shard.IsPart ? Shard.ToString() : null,
        Command = Command.Count == 0 ? null : outputFolder is null ? Command : [.. Command, "-o", outputFolder],
    };

    /// <summary>Finds the inputs of all shards, or of one; touches nothing.</summary>
    /// <exception cref="OutputException">An input is the output folder itself.</exception>
    /// <exception cref="InputException">This run does a share, and a folder is not there.</exception>
    internal FileSelection Select(
        string? outputFolder,
        AudioDecoders decoders,
        CancellationToken stop,
        IShare? share = null,
        Predicate<string>? isAnothers = null)
    {
        var found = FileSelection.Select(
            Paths,
            Listed,
            Selection with { OutputFolder = outputFolder },
            decoders,
            share,
            isAnothers,
            stop);
        // A file that is missing is the matter of one share. The recordings of a folder are in all of them: on a
        // machine that does not see it, a share would do nothing and call that done.
        return Shard.IsPart && found.MissingFolder is { } folder
            ? throw new InputException(
                ReasonCodes.NotFound,
                $"{folder} does not exist here; check the name, and that this machine sees the folder: the recordings "
                    + "of this shard may be in it. Nothing was begun.")
            : found;
    }

    /// <summary>Why nothing can be done with a selection; null if there is something in it.</summary>
    /// <param name="found">What was selected.</param>
    /// <param name="work">"do", "inspect".</param>
    /// <param name="advice">What messages advise.</param>
    internal InputException? WhyNothing(FileSelection found, string work, RunAdvice advice)
    {
        if (found.Files.Count > 0)
        {
            return null;
        }

        string[] given = [.. Paths.Concat(Listed).Take(3)];
        string leftOut = string.Join(", ", found.SkipCounts.Select(c => $"{c.Value} {c.Key}"));
        return new InputException(
            ReasonCodes.NotFound,
            given.Length == 0
                ? $"Nothing to {work}: {advice.NameInputs}."
                : $"No audio was found in {string.Join(", ", given)}"
                    + (leftOut.Length > 0 ? $"; left out {leftOut}." : "."));
    }
}
