using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Datasets;

/// <summary>
/// Keeps clips that somebody changed by hand: where one is about to be replaced or removed, and is not what its record
/// says was written, it goes to <see cref="WrittenFiles.EditedFolder"/> instead. Only then is it read.
/// </summary>
/// <remarks>
/// A run that was killed may have replaced clips and not yet said so. What the next run writes again with the same
/// bytes is no change of anybody's; see <see cref="Replacing"/>.
/// </remarks>
internal static class EditedClips
{
    /// <summary>Moves a file away if it is not what was written; else leaves it.</summary>
    /// <param name="root">The folder of the set.</param>
    /// <param name="file">Relative path with '/'.</param>
    /// <param name="written">SHA-256 of what was written there; empty if nobody knows.</param>
    /// <exception cref="VoiceCleanException">It cannot be moved.</exception>
    public static void Keep(string root, string file, string written)
    {
        if (HashOf(root, file) is { } hash && written.Length > 0 && hash != written)
        {
            Do(file, () => File.Move(PathOf(root, file), PathOf(root, Place(root, file, hash)), overwrite: true));
        }
    }

    /// <summary>Copies a file that is about to be replaced, if it is not what was written.</summary>
    /// <param name="root">The folder of the set.</param>
    /// <param name="file">Relative path with '/'.</param>
    /// <param name="written">SHA-256 of what was written there; empty if nobody knows.</param>
    /// <returns>To be told the SHA-256 of what stands there now: if that is the same, the copy goes again.</returns>
    /// <exception cref="VoiceCleanException">It cannot be copied.</exception>
    public static Action<string?> Replacing(string root, string file, string written)
    {
        if (written.Length == 0 || HashOf(root, file) is not { } hash || hash == written)
        {
            return _ => { };
        }

        string copy = PathOf(root, Place(root, file, hash));
        bool isNew = !File.Exists(copy);
        Do(file, () => File.Copy(PathOf(root, file), copy, overwrite: true));
        return now =>
        {
            if (isNew && now == hash)
            {
                Do(file, () => File.Delete(copy));
            }
        };
    }

    private static string PathOf(string root, string file) =>
        Path.Combine(root, file.Replace('/', Path.DirectorySeparatorChar));

    // The first name that is free, or has the same in it already.
    private static string Place(string root, string file, string hash)
    {
        string name = $"{WrittenFiles.EditedFolder}/{file}", kept = name;
        for (int i = 2; Path.Exists(PathOf(root, kept)) && HashOf(root, kept) != hash; i++)
        {
            kept = $"{Path.ChangeExtension(name, null)}.{i}{Path.GetExtension(name)}";
        }

        Do(kept, () => Directory.CreateDirectory(Path.GetDirectoryName(PathOf(root, kept))!));
        return kept;
    }

    // Null if it is not there.
    private static string? HashOf(string root, string file)
    {
        string? hash = null;
        Do(file, () =>
        {
            if (File.Exists(PathOf(root, file)))
            {
                using FileStream stream = File.OpenRead(PathOf(root, file));
                hash = Convert.ToHexStringLower(Sha256.HashData(stream));
            }
        });
        return hash;
    }

    private static void Do(string file, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, file);
        }
    }
}
