using System.Runtime.InteropServices;

namespace VoiceClean.Output;

/// <summary>Which file a path really is, through symbolic links and hard links: two paths with the same identity are one file.</summary>
/// <param name="Device">Number of the volume.</param>
/// <param name="Inode">Number of the file on it.</param>
public readonly partial record struct FileIdentity(ulong Device, ulong Inode)
{
    private const int AtFdCwd = -100;
    private const uint StatxIno = 0x100;

    /// <summary>The identity of the file at <paramref name="path"/>, null if there is none or the system does not tell (not Linux).</summary>
    public static unsafe FileIdentity? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // struct statx of the Linux ABI (include/uapi/linux/stat.h): 256 bytes, stx_ino at 32, stx_dev_major at 136, stx_dev_minor at 140;
        // unlike struct stat it is the same on every processor.
        byte* buffer = stackalloc byte[256];
        try
        {
            return Statx(AtFdCwd, path, 0, StatxIno, buffer) == 0
                ? new FileIdentity(((ulong)*(uint*)(buffer + 136) << 32) | *(uint*)(buffer + 140), *(ulong*)(buffer + 32))
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

        return File.Exists(a) && File.Exists(b) && string.Equals(Resolve(a), Resolve(b), StringComparison.OrdinalIgnoreCase);
    }

    private static string Resolve(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int directory, string path, int flags, uint mask, byte* result);
}
