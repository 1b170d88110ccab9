using System.Text;

namespace VoiceClean.Files;

/// <summary>
/// Temporary files of <see cref="AtomicFile"/> whose process was killed. One that is still locked belongs to a living
/// process.
/// </summary>
internal static class StaleTemporaries
{
    // Between its creation and its lock, and between the last write and the renaming, a living one is not locked.
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(2), YoungWithoutLocks = TimeSpan.FromMinutes(1);

    /// <summary>Removes those that lie in one folder, for a run that writes a single file there.</summary>
    /// <returns>How many were removed.</returns>
    public static int RemoveFrom(string folder)
    {
        List<string> found = Find(folder.Length > 0 ? folder : ".", isTree: false);
        return found.Count == 0 ? 0 : RemoveOld(found, HasLocks(found[0]) ? Young : YoungWithoutLocks);
    }

    /// <summary>The temporary files in a folder; where it cannot be read they are in nobody's way.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="isTree">Whether those in the folders below count too; not through links.</param>
    public static List<string> Find(string root, bool isTree)
    {
        var found = new List<string>();
        List<string> folders = [root];
        for (int at = 0; at < folders.Count; at++)
        {
            string folder = folders[at];
            try
            {
                DirectoryEntries.Read(
                    folder,
                    (name, kind) =>
                    {
                        string path = Path.Combine(folder, name);
                        if (isTree && (kind ?? KindOf(path)) == EntryKind.Folder)
                        {
                            folders.Add(path);
                        }
                        else if (AtomicFile.IsTemporaryName(name) && (kind ?? KindOf(path)) == EntryKind.File)
                        {
                            found.Add(path);
                        }
                    },
                    Encoding.ASCII.GetBytes(AtomicFile.Prefix));
            }
            catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
            {
                // Those in the other folders.
            }
        }

        return found;
    }

    // A link is neither.
    private static EntryKind KindOf(string path) =>
        new FileInfo(path).LinkTarget is null ? FileIdentity.KindOf(path) : EntryKind.Other;

    /// <summary>Removes one unless it is locked.</summary>
    public static bool TryRemove(string path)
    {
        if (!IsFree(path))
        {
            return false;
        }

        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            return false;
        }
    }

    private static int RemoveOld(IEnumerable<string> paths, TimeSpan young) =>
        paths.Count(p => DateTime.UtcNow - File.GetLastWriteTimeUtc(p) > young && TryRemove(p));

    // A file system without locks (some network folders) lets everybody open everything.
    private static bool HasLocks(string path)
    {
        try
        {
            using FileStream held = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return !IsFree(path);
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            return true;        // somebody holds it
        }
    }

    private static bool IsFree(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            return false;
        }
    }
}
