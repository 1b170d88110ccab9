using System.Runtime.InteropServices;

namespace VoiceClean.Files;

/// <summary>
/// What .NET does not offer of POSIX and Linux: rename and link without clobbering, and flushing a folder.
/// </summary>
internal static partial class UnixFiles
{
    // EEXIST and EINVAL have the same number on Linux, macOS and the BSDs
    private const int ErrorExists = 17, ErrorInvalid = 22;
    private const int AtCurrentDirectory = -100;                 // AT_FDCWD on Linux
    private const uint RenameNoReplace = 1;

    /// <summary>Renames unless the target exists: renameat2 on Linux, else link and unlink.</summary>
    /// <returns>False if this system or file system offers neither; nothing has changed then.</returns>
    /// <exception cref="TargetExistsException">The target exists.</exception>
    public static bool TryPublishNew(string temporary, string target)
    {
        int error = OperatingSystem.IsLinux() ? RenameWithoutReplacing(temporary, target) : ErrorInvalid;
        if (error == 0)
        {
            return true;
        }

        if (error != ErrorExists)
        {
            // An old kernel, an old C library or a file system without the flag.
            return TryLinkNew(temporary, target);
        }

        throw new TargetExistsException(target);
    }

    /// <summary>
    /// The same by a second name, after which the first one goes: every file system with hard links, but a kill in
    /// between leaves both names.
    /// </summary>
    /// <returns>False if a second name cannot be had; nothing has changed then.</returns>
    /// <exception cref="TargetExistsException">The target exists.</exception>
    internal static bool TryLinkNew(string temporary, string target)
    {
        if (link(temporary, target) == 0)
        {
            _ = unlink(temporary);
            return true;
        }

        return Marshal.GetLastPInvokeError() == ErrorExists ? throw new TargetExistsException(target) : false;
    }

    /// <summary>
    /// Waits until the entries of a folder are on the disk. File systems that cannot do so (EINVAL) are left alone.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be opened or the disk failed.</exception>
    public static void FlushDirectory(string path)
    {
        int descriptor = open(path, OperatingSystem.IsLinux() ? 0x80000 : 0x1000000, 0);    // O_RDONLY | O_CLOEXEC
        if (descriptor < 0)
        {
            throw Failure(path);
        }

        try
        {
            if (fsync(descriptor) != 0 && Marshal.GetLastPInvokeError() != ErrorInvalid)
            {
                throw Failure(path);
            }
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    private static IOException Failure(string path)
    {
        int error = Marshal.GetLastPInvokeError();
        // HResult = errno, as the runtime itself does
        return new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{path}'", error);
    }

    private static int RenameWithoutReplacing(string from, string to)
    {
        try
        {
            return renameat2(AtCurrentDirectory, from, AtCurrentDirectory, to, RenameNoReplace) == 0
                ? 0
                : Marshal.GetLastPInvokeError();
        }
        catch (EntryPointNotFoundException)
        {
            return ErrorInvalid;          // musl before 1.2.5, glibc before 2.28
        }
    }

#pragma warning disable SYSLIB1054, IDE1006, CA2101 // The names are those of the C library.
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int renameat2(int fromDirectory, string from, int toDirectory, string to, uint flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int link(string from, string to);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unlink(string path);

    // Variadic in C; the third argument is unused without O_CREAT and passing it does no harm.
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, int mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);
#pragma warning restore SYSLIB1054, IDE1006, CA2101
}
