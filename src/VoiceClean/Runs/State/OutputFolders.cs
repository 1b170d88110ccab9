using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Runs.Planning;

namespace VoiceClean.Runs.State;

/// <summary>Looks after the folders of the output tree.</summary>
internal static class OutputFolders
{
    /// <summary>About the smallest result there is; a volume that has no room for this much is full.</summary>
    private const int ProbeBytes = 64 * 1024;

    /// <summary>
    /// Fails now if a folder of the plan, or the one in which it will be made, cannot be written: before hours of work,
    /// not after.
    /// </summary>
    /// <exception cref="VoiceCleanException">It cannot.</exception>
    public static void CheckWritable(IEnumerable<PlanItem> items, IOutputFiles files)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (PlanItem item in items is PlanList list ? list.OfEachFolder() : items)
        {
            string? folder = Path.GetDirectoryName(Path.GetFullPath(item.OutputPath));
            while (folder is not null && seen.Add(folder))
            {
                if (Directory.Exists(folder))
                {
                    AtomicFile.CheckWritable(Path.Combine(folder, "x"), files);
                    break;
                }

                folder = Path.GetDirectoryName(folder);
            }
        }
    }

    /// <summary>True if the volume has no room for even a small file.</summary>
    public static bool IsFull(string root, IOutputFiles files)
    {
        // The memory may lie on another volume; then the probe stands among the results for a moment.
        string memory = Path.Combine(root, StateFolder.Name);
        string probe = Directory.Exists(memory) ? Path.Combine(memory, "space") : Path.Combine(root, ".vc-space");
        try
        {
            AtomicFile.Write(probe, overwrite: true, stream => stream.Write(new byte[ProbeBytes]), files);
            files.Delete(probe);
            return false;
        }
        catch (Exception e) when (e is VoiceCleanException || OutputErrors.IsFileSystemFailure(e))
        {
            return true;
        }
    }

    /// <summary>
    /// Removes the temporary files that a killed run has left in the output tree. One that is still locked belongs to a
    /// living process. What an earlier run of this shard has left is dead, whatever its age; of the other shards only
    /// old ones go, because theirs are unlocked for the moment between writing and renaming, and on some network
    /// folders always.
    /// </summary>
    /// <param name="root">The output tree.</param>
    /// <param name="alone">Whether no other run can be at work.</param>
    /// <param name="mark">That of the share whose lock is held (<see cref="IOutputFiles.Mark"/>).</param>
    /// <param name="now">What the clock of the file system says (UTC): beside a server's, that of this machine may go
    /// an hour wrong, and call old what another machine writes.</param>
    /// <returns>How many were removed.</returns>
    public static int RemoveStaleTemporaries(string root, bool alone, string mark, DateTime now)
    {
        int removed = 0;
        foreach (string path in StaleTemporaries.Find(root, isTree: true))
        {
            string name = Path.GetFileName(path);
            if ((alone
                    || AtomicFile.IsMarked(name, mark)
                    || now - File.GetLastWriteTimeUtc(path) > TimeSpan.FromMinutes(1))
                && StaleTemporaries.TryRemove(path))
            {
                removed++;
            }
        }

        return removed;
    }
}
