using System.Runtime.InteropServices;

namespace VoiceClean.Files;

/// <summary>
/// Which of the three standard descriptors (0 input, 1 output, 2 errors) this process was started with. A descriptor
/// that was closed is free: the next file that is opened gets its number, and whatever is meant for standard output or
/// standard error would land in that file.
/// </summary>
internal static partial class StandardDescriptors
{
    private const int GetDescriptorFlags = 1, CloseOnExec = 1, ReadAndWrite = 2;
    private static readonly bool[] Plugged = new bool[3];

    /// <summary>Standard input was closed by whoever started us.</summary>
    public static bool IsInputClosed => IsClosed(0);

    /// <summary>Standard output was closed by whoever started us.</summary>
    public static bool IsOutputClosed => IsClosed(1);

    /// <summary>Standard error was closed by whoever started us.</summary>
    public static bool IsErrorClosed => IsClosed(2);

    /// <summary>
    /// Standard output is a pipe, whose reader may show what comes on the terminal of standard error; only known on
    /// Linux.
    /// </summary>
    public static bool IsOutputPiped =>
        OperatingSystem.IsLinux()
        && new FileInfo("/proc/self/fd/1").LinkTarget?.StartsWith("pipe:", StringComparison.Ordinal) == true;

    /// <summary>
    /// Puts the null device where a standard descriptor is free, so that no file gets its number. To be called first
    /// of all.
    /// </summary>
    public static void Plug()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        for (int descriptor = 0; descriptor < Plugged.Length; descriptor++)
        {
            // open gives the lowest free number
            Plugged[descriptor] =
                Control(descriptor, GetDescriptorFlags) < 0 && Open("/dev/null", ReadAndWrite, 0) == descriptor;
        }
    }

    // What the runtime opened for itself before our first line (a source of random numbers, a pipe) is marked not to be
    // inherited; what was inherited cannot be.
    private static bool IsClosed(int descriptor)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        int flags = Control(descriptor, GetDescriptorFlags);
        return Plugged[descriptor] || flags < 0 || (flags & CloseOnExec) != 0;
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags, int mode);
}
