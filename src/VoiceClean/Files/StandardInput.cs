using System.Runtime.InteropServices;

namespace VoiceClean.Files;

/// <summary>Whether this process was started with a standard input.</summary>
internal static partial class StandardInput
{
    private const int GetDescriptorFlags = 1, CloseOnExec = 1;

    /// <summary>
    /// True if it was closed by whoever started us. Then its descriptor is free, and something that the runtime opens
    /// for itself gets it: a source of random numbers or a pipe of its own, from which one would read for ever. What
    /// the runtime opens is marked not to be inherited; what was inherited cannot be.
    /// </summary>
    public static bool IsClosed
    {
        get
        {
            if (OperatingSystem.IsWindows())
            {
                return false;
            }

            int flags = Control(0, GetDescriptorFlags);
            return flags < 0 || (flags & CloseOnExec) != 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int descriptor, int command);
}
