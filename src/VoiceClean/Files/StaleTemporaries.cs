namespace VoiceClean.Files;

/// <summary>
/// Temporary files of <see cref="AtomicFile"/> whose process was killed. One that is still locked belongs to a living
/// process.
/// </summary>
internal static class StaleTemporaries
{
    /// <summary>Pattern of their names.</summary>
    public const string Pattern = ".vc-*.tmp";

    // Between its creation and its lock, and between the last write and the renaming, a living one is not locked.
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(2), YoungWithoutLocks = TimeSpan.FromMinutes(1);

    /// <summary>Removes those that lie in one folder, for a run that writes a single file there.</summary>
    /// <returns>How many were removed.</returns>
    public static int RemoveFrom(string folder)
    {
        try
        {
            string[] found =
            [
                .. Directory
                    .EnumerateFiles(folder.Length > 0 ? folder : ".", Pattern, new EnumerationOptions
                    {
                        AttributesToSkip = FileAttributes.ReparsePoint,
                        IgnoreInaccessible = true,
                    })
                    .Where(p => AtomicFile.IsTemporaryName(Path.GetFileName(p))),
            ];
            return found.Length == 0 ? 0 : RemoveOld(found, HasLocks(found[0]) ? Young : YoungWithoutLocks);
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            return 0;       // they are in nobody's way
        }
    }

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
