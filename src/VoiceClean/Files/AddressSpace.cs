using System.Runtime.InteropServices;

namespace VoiceClean.Files;

/// <summary>
/// How many addresses this process may have, where that is less than the processor has: <c>ulimit -v</c>.
/// </summary>
internal static partial class AddressSpace
{
    private const int Resource = 9;      // RLIMIT_AS of Linux, on x86 and arm

    private static readonly Lazy<long?> Known = new(Ask);

    /// <summary>[byte]; null = without limit. Asked once: a limit that comes later is not seen.</summary>
    public static long? Limit => Known.Value;

    /// <summary>True under a limit.</summary>
    public static bool IsLimited => Limit is not null;

    private static long? Ask()
    {
        Span<ulong> softAndHard = stackalloc ulong[2];
        return OperatingSystem.IsLinux()
            && GetLimit(Resource, ref softAndHard[0]) == 0
            && softAndHard[0] <= long.MaxValue
                ? (long)softAndHard[0]
                : null;
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetLimit(int resource, ref ulong softAndHard);
}
