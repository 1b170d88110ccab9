using System.Runtime.InteropServices;
using VoiceClean.Errors;

namespace VoiceClean.Files;

/// <summary>Scratch files that vanish by themselves, also when the process is killed.</summary>
internal static partial class TemporaryFile
{
    /// <summary>
    /// A new empty file in the system's temporary folder, open for reading and writing. On Unix its name is removed at
    /// once, so not even SIGKILL leaves it behind; on Windows the system deletes it when the last handle closes. Nobody
    /// else may open it, not even in the moment in which it has a name.
    /// </summary>
    /// <exception cref="IOException">No temporary file can be made (no space, no permission).</exception>
    public static FileStream Create()
    {
        string path = Path.Combine(Path.GetTempPath(), ".vc-" + Guid.NewGuid().ToString("N") + ".tmp");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 1,
            Options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None,
        };
        KeepPrivate(options);
        var file = new WrittenFile(path, options);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }

        return file;
    }

    /// <summary>Lets nobody but its owner read and write the file that will be made.</summary>
    public static void KeepPrivate(FileStreamOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
    }

    /// <summary>
    /// Makes the file <paramref name="length"/> bytes long, with the disk space for all of them. A mapped file without
    /// it would end the whole process (SIGBUS) when the disk turns out to be full.
    /// </summary>
    /// <exception cref="VoiceCleanException">There is no space (kind <see cref="ErrorKind.Temporary"/>).</exception>
    public static void Allocate(FileStream file, long length)
    {
        ArgumentNullException.ThrowIfNull(file);
        const int noSpace = 28, tooLarge = 27;          // ENOSPC, EFBIG
        try
        {
            int error = OperatingSystem.IsLinux()
                ? FileAllocate((int)file.SafeFileHandle.DangerousGetHandle(), 0, length)
                : 0;
            if (error is noSpace or tooLarge)
            {
                throw new IOException("No space left on device", error);
            }

            file.SetLength(length);     // where the system could not reserve, as before
        }
        catch (IOException e)
        {
            throw new VoiceCleanException(
                ErrorKind.Temporary,
                ReasonCodes.NoSpace,
                $"There is no space for a temporary file of {length / 1_000_000:N0} MB in {Path.GetTempPath()}; free "
                    + "some, or name another folder in TMPDIR.",
                e);
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    private static partial int FileAllocate(int descriptor, long offset, long length);
}
