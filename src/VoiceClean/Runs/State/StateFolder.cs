using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.Sharding;

namespace VoiceClean.Runs.State;

/// <summary>
/// The memory of a batch, <c>DIR/.voiceclean/</c>: <c>run.json</c> (into how many shards it is split), <c>lock</c> and
/// <c>journal.jsonl</c>; each shard has a lock and a journal of its own (<c>journal-2-of-8.jsonl</c>), so that shards
/// never wait for each other.
/// </summary>
internal sealed class StateFolder : IDisposable
{
    /// <summary>Name of the folder.</summary>
    public const string Name = RunFolder.Name;

    private readonly FolderLock? _lock;

    private StateFolder(string root, Journal journal, FolderLock? held, IOutputFiles files)
    {
        Root = root;
        Journal = journal;
        Files = files;
        _lock = held;
    }

    /// <summary>The disk, for those who write under this lock.</summary>
    public IOutputFiles Files { get; }

    /// <summary>The output folder.</summary>
    public string Root { get; }

    /// <summary>What has been done.</summary>
    public Journal Journal { get; }

    /// <summary>How many temporary files of a killed run were found and removed.</summary>
    public int RemovedTemporaries { get; private init; }

    /// <summary>
    /// Opens the memory for a run: makes the folders, takes the lock, pins the shard layout, removes what a killed run
    /// has left.
    /// </summary>
    /// <param name="root">The output folder; made if missing.</param>
    /// <param name="shard">This run's share.</param>
    /// <param name="files">The disk; null = the real one, where temporary files have the mark of the share, but not
    /// with a memory elsewhere: beside it another run may do a share of the same number in the same output.</param>
    /// <param name="advice">What messages advise; null = the words of the library.</param>
    /// <param name="memory">The folder of the memory, made if missing; null = within the output folder.</param>
    /// <exception cref="VoiceCleanException">
    /// Another layout (kind <see cref="ErrorKind.Usage"/>), lock held (<see cref="ErrorKind.Temporary"/>), not
    /// permitted (<see cref="ErrorKind.Output"/>).
    /// </exception>
    public static StateFolder Open(
        string root,
        Shard shard,
        IOutputFiles? files = null,
        RunAdvice? advice = null,
        string? memory = null)
    {
        files ??= DiskFiles.For(memory is null ? shard.Mark : "");
        advice ??= new RunAdvice();
        string folder = In(root, memory);
        if (File.Exists(root))
        {
            throw new OutputException(ReasonCodes.OutputExists, $"{root} is a file; name a folder for the results.");
        }

        RefuseLinks(folder);
        ShardLayout.Check(folder, shard, advice);
        MakeFolders(root, folder, files);
        if (memory is not null)
        {
            MemoryOwner.Pin(folder, root, files);
        }

        var held = FolderLock.Take(Path.Combine(folder, "lock" + Suffix(shard)));
        try
        {
            DateTime now = AtomicFile.CheckWritable(Path.Combine(root, "x"), files);
            ShardLayout.Pin(folder, shard, files, advice);
            bool alone = !shard.IsPart && memory is null;       // a lock elsewhere keeps nobody out
            return new StateFolder(root, Journal.Read(JournalPath(folder, shard), files), held, files)
            {
                RemovedTemporaries = OutputFolders.RemoveStaleTemporaries(root, alone, files.Mark, now),
            };
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private static void MakeFolders(string root, string folder, IOutputFiles files)
    {
        try
        {
            files.CreateDirectory(root);
            files.CreateDirectory(folder);
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, folder);
        }
    }

    /// <summary>Reads the memory without touching anything, for a dry run.</summary>
    /// <exception cref="VoiceCleanException">Another layout, or it cannot be read.</exception>
    /// <param name="root">The output folder.</param>
    /// <param name="shard">This run's share.</param>
    /// <param name="advice">What messages advise; null = the words of the library.</param>
    /// <param name="memory">The folder of the memory; null = within the output folder.</param>
    public static StateFolder Peek(string root, Shard shard, RunAdvice? advice = null, string? memory = null)
    {
        string folder = In(root, memory);
        RefuseLinks(folder);
        ShardLayout.Check(folder, shard, advice ?? new RunAdvice());
        IOutputFiles files = DiskFiles.Instance;
        return new StateFolder(root, Journal.Read(JournalPath(folder, shard), files), null, files);
    }

    /// <summary>The number of shards that an output was begun with; null if it was not begun.</summary>
    /// <param name="root">The output folder; need not exist.</param>
    /// <exception cref="VoiceCleanException">It cannot be read.</exception>
    /// <param name="memory">The folder of the memory; null = within the output folder.</param>
    public static int? PinnedShards(string root, string? memory = null) =>
        ShardLayout.Read(In(root, memory));

    /// <summary>The folder of the memory: the one that is named, else <see cref="Name"/> in the output.</summary>
    public static string In(string root, string? memory) => memory ?? Path.Combine(root, Name);

    /// <summary>
    /// Refuses folders that are links: what a run writes for itself must not land where somebody else's link leads.
    /// </summary>
    /// <exception cref="OutputException">One is.</exception>
    public static void RefuseLinks(IEnumerable<string> folders)
    {
        if (folders.FirstOrDefault(f => new FileInfo(f).LinkTarget is not null) is { } link)
        {
            throw new OutputException(
                ReasonCodes.OutsideOutputRoot,
                $"{link} is a link, and nothing is written through it; remove it, or choose another output folder.");
        }
    }

    // The folder and everything in it that a run opens for writing.
    private static void RefuseLinks(string folder)
    {
        RefuseLinks([folder]);
        if (!Directory.Exists(folder))
        {
            return;
        }

        string[] entries = Directory.GetFileSystemEntries(folder);
        RefuseLinks(entries);
        if (entries.FirstOrDefault(e => FileIdentity.KindOf(e) == EntryKind.Other) is { } special)
        {
            throw new OutputException(
                ReasonCodes.OutputExists,
                $"{special} is a pipe or a device; remove it, or choose another output folder.");
        }
    }

    /// <summary>Closes the journal and gives the lock back.</summary>
    public void Dispose()
    {
        Journal.Dispose();
        _lock?.Dispose();
    }

    /// <summary>The journal of a share.</summary>
    internal static string JournalPath(string folder, Shard shard) =>
        Path.Combine(folder, $"journal{Suffix(shard)}.jsonl");

    /// <summary>What the names of a share's files end in: "-2-of-8", or nothing.</summary>
    internal static string Suffix(Shard shard) =>
        shard.IsPart ? FormattableString.Invariant($"-{shard.Index}-of-{shard.Count}") : "";
}
