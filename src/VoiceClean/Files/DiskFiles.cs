namespace VoiceClean.Files;

/// <summary>The real disk.</summary>
internal sealed class DiskFiles : IOutputFiles
{
    private DiskFiles(string mark) => Mark = mark;

    /// <summary>For whoever needs no mark; it has no state.</summary>
    public static DiskFiles Instance { get; } = new("");

    /// <inheritdoc/>
    public string Mark { get; }

    /// <summary>The disk for a writer with a mark.</summary>
    /// <param name="mark">See <see cref="IOutputFiles.Mark"/>.</param>
    public static DiskFiles For(string mark) => mark.Length == 0 ? Instance : new DiskFiles(mark);

    /// <inheritdoc/>
    public Stream Create(string path) =>
        new WrittenFile(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.Read,
                BufferSize = 0,
            });

    /// <inheritdoc/>
    public Stream OpenAppend(string path) =>
        new WrittenFile(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.Append,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite,
                BufferSize = 0,
            });

    /// <inheritdoc/>
    public void FlushToDisk(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ((FileStream)stream).Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Replace(string temporary, string target)
    {
        KeepRights(target, temporary);
        File.Move(temporary, target, overwrite: true);
    }

    /// <inheritdoc/>
    public void PublishNew(string temporary, string target)
    {
        // File.Move without overwriting looks first and renames then, so two programs may both win; the system calls
        // decide in one step.
        if (OperatingSystem.IsWindows() || !UnixFiles.TryPublishNew(temporary, target))
        {
            if (Path.Exists(target))
            {
                throw new TargetExistsException(target);
            }

            File.Move(temporary, target, overwrite: false);
        }
    }

    // Whoever could read and write the old file can read and write the new one. A link has no rights of its own.
    private static void KeepRights(string old, string temporary)
    {
        if (OperatingSystem.IsWindows() || new FileInfo(old) is not { Exists: true, LinkTarget: null })
        {
            return;
        }

        try
        {
            FileIdentity.CopyOwner(old, temporary);
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(old));
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            // A file system without rights, or one that gives none away: then those of a new file.
        }
    }

    /// <inheritdoc/>
    public void Delete(string path) => File.Delete(path);

    /// <inheritdoc/>
    public void CreateDirectory(string path) => Directory.CreateDirectory(path);

    /// <inheritdoc/>
    public void FlushDirectory(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            UnixFiles.FlushDirectory(path);
        }
    }
}
