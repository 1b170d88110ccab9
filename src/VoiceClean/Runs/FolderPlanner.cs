using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.Sharding;

namespace VoiceClean.Runs;

/// <summary>
/// Plans a run: by <see cref="QuickPlan"/> where that does, else by looking at every input and every place.
/// </summary>
internal static class FolderPlanner
{
    /// <summary>Finds the inputs and their places; touches nothing.</summary>
    /// <param name="options">What is to be done.</param>
    /// <param name="decoders">Who recognises audio.</param>
    /// <param name="stop">Stops between two files.</param>
    /// <exception cref="OutputException">An input is the output folder itself.</exception>
    public static FolderPlan Find(CleanFolderOptions options, AudioDecoders decoders, CancellationToken stop)
    {
        RunInputs inputs = options.Inputs;
        bool isPart = inputs.Shard.IsPart;
        if (options.OnCollision != CollisionPolicy.Fail || (isPart && options.OneGainPerFolder))
        {
            return FindAll(options, Select(null));
        }

        var census = new ShareCensus(inputs.Shard);
        FileSelection found = Select(isPart ? census : null);
        for (int i = 0; !isPart && i < found.Files.Count; i++)
        {
            census.Note(found.Files.IdOf(i));
        }

        return QuickPlan.TryFind(options, found, census) ?? FindAll(options, isPart ? Select(null) : found);

        FileSelection Select(IShare? share) => inputs.Select(options.OutputFolder, decoders, stop, share);
    }

    private static FolderPlan FindAll(CleanFolderOptions options, FileSelection selection)
    {
        RunInputs inputs = options.Inputs;
        BatchPlan whole = Planner.Plan(
            selection.Files,
            options.OutputFolder,
            options.OnCollision,
            Shard.Whole,
            options.Advice);
        PlanItem[] items = [.. whole.Items.Where(i => inputs.Shard.Owns(i.Id))];
        int total = whole.Items.Count - selection.CountWithoutName;
        IReadOnlyList<PlanProblem> problems = whole.Problems;
        if (problems.Count == 0 && selection.Files.Count > 0 && selection.Files.All(f => f.Failure is not null))
        {
            problems = [.. items.Select(i => new PlanProblem(i, i.Failure!))];
            return new FolderPlan(selection, whole.Items, items, problems, NothingBegun(ErrorKind.Input, problems))
            {
                Total = total,
            };
        }

        return new FolderPlan(
            selection,
            whole.Items,
            items,
            problems,
            problems.Count > 0
                ? NothingBegun(ErrorKind.Output, problems)
                : inputs.WhyNothing(selection, "do", options.Advice))
        {
            Total = total,
        };
    }

    private static VoiceCleanException NothingBegun(ErrorKind kind, IReadOnlyList<PlanProblem> problems) =>
        problems.Count == 0
            ? new VoiceCleanException(kind, ReasonCodes.NotFound, "No input can be read; nothing was begun.")
            : new VoiceCleanException(
                kind,
                problems[0].Failure.Code,
                problems[0].Failure.Message
                    + (problems.Count > 1 ? $" And {problems.Count - 1} more;" : " So")
                    + " nothing was begun.",
                problems[0].Failure);
}
