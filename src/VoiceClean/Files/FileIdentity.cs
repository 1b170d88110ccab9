using System.Runtime.InteropServices;

namespace VoiceClean.Files;

/// <summary>
/// Which file a path really is, through symbolic links and hard links: two paths with the same identity are one file.
/// </summary>
/// <param name="Device">Number of the volume.</param>
/// <param name="Inode">Number of the file on it.</param>
internal readonly partial record struct FileIdentity(ulong Device, ulong Inode)
{
    private const int AtFdCwd = -100;
    private const uint StatxType = 1, StatxOwner = 0x8 | 0x10, StatxIno = 0x100;
    // S_IFMT, S_IFIFO, S_IFCHR, S_IFDIR, S_IFREG
    private const int TypeMask = 0xF000, TypePipe = 0x1000, TypeDevice = 0x2000, TypeFolder = 0x4000, TypeFile = 0x8000;

    /// <summary>
    /// The identity of the file at <paramref name="path"/>, null if there is none or the system does not tell (not
    /// Linux).
    /// </summary>
    public static FileIdentity? Of(string path) => Describe(path)?.Identity;

    /// <summary>
    /// What a path leads to, links followed: a pipe or a device is neither file nor folder, and opening it may block
    /// for ever.
    /// </summary>
    public static EntryKind KindOf(string path)
        => OperatingSystem.IsLinux()
            ? Describe(path)?.Kind ?? EntryKind.None
            : Directory.Exists(path) ? EntryKind.Folder : File.Exists(path) ? EntryKind.File : EntryKind.None;

    /// <summary>
    /// True if a path exists and its file may have other names too: it is a link, or has hard links (or the system does
    /// not tell).
    /// </summary>
    public static unsafe bool MayHaveOtherNames(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Path.Exists(path);
        }

        const int noFollow = 0x100;
        const uint type = 0x1, links = 0x4;
        byte* buffer = stackalloc byte[256];      // stx_nlink at 16, stx_mode at 28
        try
        {
            return Statx(AtFdCwd, path, noFollow, type | links, buffer) == 0
                && (Kind(*(ushort*)(buffer + 28)) != EntryKind.File || *(uint*)(buffer + 16) > 1);
        }
        catch (EntryPointNotFoundException)
        {
            return Path.Exists(path);
        }
    }

    /// <summary>
    /// Whether a path leads to a FIFO or a character device (/dev/null, a terminal), into which one can write but which
    /// must not be replaced.
    /// </summary>
    public static bool IsStream(string path) =>
        OperatingSystem.IsLinux()
            ? Describe(path)?.IsStream ?? false
            : !OperatingSystem.IsWindows()
                && Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal)
                && File.Exists(path);

    private static unsafe (FileIdentity Identity, EntryKind Kind, bool IsStream)? Describe(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // struct statx of the Linux ABI (include/uapi/linux/stat.h): 256 bytes, stx_mode at 28, stx_ino at 32,
        // stx_dev_major at 136, stx_dev_minor at 140; unlike struct stat it is the same on every processor.
        byte* buffer = stackalloc byte[256];
        try
        {
            return Statx(AtFdCwd, path, 0, StatxType | StatxIno, buffer) == 0
                ? (
                    new FileIdentity(
                        ((ulong)*(uint*)(buffer + 136) << 32) | *(uint*)(buffer + 140),
                        *(ulong*)(buffer + 32)),
                    Kind(*(ushort*)(buffer + 28)),
                    (*(ushort*)(buffer + 28) & TypeMask) is TypePipe or TypeDevice)
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;     // a C library from before 2018
        }
    }

    /// <summary>True if both paths name one existing file: the same text, or the same file through links.</summary>
    public static bool AreSame(string a, string b)
    {
        if (string.Equals(Path.GetFullPath(a), Path.GetFullPath(b), StringComparison.Ordinal))
        {
            return true;
        }

        if (OperatingSystem.IsLinux())
        {
            return Of(a) is { } x && Of(b) is { } y && x == y;
        }

        return File.Exists(a)
            && File.Exists(b)
            && string.Equals(Resolve(a), Resolve(b), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Gives <paramref name="to"/> the owner of <paramref name="from"/> where the system allows it (Linux, root).
    /// </summary>
    public static unsafe void CopyOwner(string from, string to)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        byte* old = stackalloc byte[256], ours = stackalloc byte[256];
        try
        {
            // stx_uid at 20, stx_gid at 24, in one piece
            if (
                Statx(AtFdCwd, from, 0, StatxOwner, old) == 0
                && Statx(AtFdCwd, to, 0, StatxOwner, ours) == 0
                && *(ulong*)(old + 20) != *(ulong*)(ours + 20))
            {
                _ = ChangeOwner(to, *(uint*)(old + 20), *(uint*)(old + 24));
            }
        }
        catch (EntryPointNotFoundException)
        {
            // a C library from before 2018
        }
    }

    private static EntryKind Kind(int mode) => (mode & TypeMask) switch
    {
        TypeFolder => EntryKind.Folder,
        TypeFile => EntryKind.File,
        _ => EntryKind.Other,
    };

    private static string Resolve(string path) =>
        File.ResolveLinkTarget(Path.GetFullPath(path), returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int directory, string path, int flags, uint mask, byte* result);
}

/// <summary>What a path leads to.</summary>
internal enum EntryKind
{
    /// <summary>Nothing: missing, or a link to nothing.</summary>
    None,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A pipe, socket or device.</summary>
    Other,
}
