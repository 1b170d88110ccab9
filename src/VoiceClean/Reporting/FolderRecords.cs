using VoiceClean.Cleaning.Options;
using VoiceClean.Datasets;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Runs.Sharding;
using VoiceClean.Runs.State;

namespace VoiceClean.Reporting;

/// <summary>What the memory of an output folder holds: the journals of all shares, and what is missing.</summary>
/// <param name="Sources">The journals, open; the caller closes them.</param>
/// <param name="Notices">What is missing.</param>
/// <param name="Options">How the recordings were cleaned; null if nobody said.</param>
/// <param name="Command">The words of the command that goes on; empty if nobody said.</param>
/// <param name="Set">The training set it is; null if it is none.</param>
internal sealed record FolderRecords(
    IReadOnlyList<RecordSource> Sources,
    IReadOnlyList<Notice> Notices,
    CleaningOptions? Options,
    IReadOnlyList<string> Command,
    SetFolders? Set)
{
    /// <summary>Opens it.</summary>
    /// <param name="given">The output folder, or the folder of its memory.</param>
    /// <exception cref="VoiceCleanException">There is no memory of a run in it, or it cannot be read.</exception>
    public static FolderRecords Open(string given)
    {
        string within = Path.Combine(given, StateFolder.Name);
        string memory = Directory.Exists(within) ? within : Path.TrimEndingDirectorySeparator(given);
        string[] journals = Directory.GetFiles(memory, "journal*.jsonl");
        if (journals.Length == 0)
        {
            throw new InputException(
                ReasonCodes.NotFound,
                $"{given} has no memory of a run ({StateFolder.Name}, or what --state named); name a folder that batch "
                    + "or dataset has made.");
        }

        string root = RootOf(memory);
        int count = StateFolder.PinnedShards(root, memory) ?? 1;
        Shard[] shards = [.. Sequence.Range(1, count).Select(i => new Shard(i, count))];
        int[] missing = [.. shards.Where(s => IsMissing(memory, s)).Select(s => s.Index)];
        var notices = new List<Notice>();
        if (missing.Length > 0)
        {
            notices.Add(Notice.Missing(missing, count, root));
        }

        RunPlanFile?[] plans = [.. shards.Select(s => RunPlanFile.TryRead(memory, s))];
        RunPlanFile? known = plans.FirstOrDefault(p => p is not null);
        for (int i = 0; i < count; i++)
        {
            NoteProgress(notices, root, memory, shards[i], plans[i]);
        }

        NoteUneven(notices, root, plans);

        return new FolderRecords(
            [.. journals.Order(StringComparer.Ordinal).Select(j => new RecordSource(j, InputFile.Open(j), true))],
            notices,
            known?.Options,
            known is { Command.Count: > 0 } ? [.. known.Command, "-o", root] : [],
            SetIn(memory));
    }

    /// <summary>What is missing in a folder that batch or dataset has made; nothing where nobody remembers.</summary>
    /// <param name="folder">The output folder.</param>
    /// <exception cref="VoiceCleanException">Its memory cannot be read.</exception>
    public static IReadOnlyList<Notice> Lacks(string folder)
    {
        string memory = Path.Combine(folder, StateFolder.Name);
        if (!Directory.Exists(memory) || Directory.GetFiles(memory, "journal*.jsonl").Length == 0)
        {
            return [];
        }

        FolderRecords records = Open(folder);
        records.Sources.ToList().ForEach(s => s.Stream.Dispose());
        return records.Notices;
    }

    /// <summary>The set whose memory this is; null if it is that of no set.</summary>
    public static SetFolders? SetIn(string memory)
    {
        var set = new SetFolders(RootOf(memory), memory);
        return Directory.Exists(set.Records) ? set : (SetFolders?)null;
    }

    // A share without any input has no journal, but has said so.
    private static bool IsMissing(string memory, Shard shard) =>
        !File.Exists(StateFolder.JournalPath(memory, shard)) && RunPlanFile.TryRead(memory, shard) is not { Items: 0 };

    // Within the output, or apart from it: then a file says whose it is.
    private static string RootOf(string memory)
    {
        if (Path.GetFileName(memory) == StateFolder.Name)
        {
            return Path.GetDirectoryName(memory) is { Length: > 0 } parent ? parent : ".";
        }

        try
        {
            string owner = Path.Combine(memory, "output");
            return File.Exists(owner) ? File.ReadAllText(owner).TrimEnd('\n') : memory;
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, memory);
        }
    }

    // Where a machine does not see all folders, its shares lack recordings that nobody else does.
    private static void NoteUneven(List<Notice> notices, string root, RunPlanFile?[] plans)
    {
        int most = 0, least = int.MaxValue;
        foreach (RunPlanFile? plan in plans)
        {
            most = Math.Max(most, plan?.Total ?? most);
            least = Math.Min(least, plan?.Total ?? least);
        }

        if (least < most)
        {
            int[] less = [.. Sequence.Range(1, plans.Length).Where(i => plans[i - 1]?.Total < most)];
            notices.Add(Notice.FoundLess(less, least, most, root));
        }
    }

    // A share that says how much it set out to do, and has noted less, is not finished.
    private static void NoteProgress(List<Notice> notices, string root, string memory, Shard shard, RunPlanFile? plan)
    {
        if (plan is null)
        {
            return;
        }

        using var journal = Journal.Read(StateFolder.JournalPath(memory, shard), DiskFiles.Instance);
        if (journal.Count < plan.Items)
        {
            notices.Add(new Notice(
                Notice.Unfinished,
                ("place", shard.IsPart ? $"{root}, {shard}" : root),
                ("missing", Notice.Number(plan.Items - journal.Count)),
                ("all", Notice.Number(plan.Items))));
        }
    }
}
