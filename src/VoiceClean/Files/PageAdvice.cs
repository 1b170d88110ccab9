using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VoiceClean.Files;

/// <summary>
/// What the operating system is told about pages of memory. It is advice: what cannot be had changes nothing but the
/// time.
/// </summary>
internal static unsafe partial class PageAdvice
{
    // The size of a large page on x86-64 and, with base pages of 4 KiB, on arm64: less is not worth a call.
    private const int LargePage = 2 * 1024 * 1024;

    // MADV_DONTNEED and MADV_HUGEPAGE of Linux, on every processor
    private const int DontNeed = 4, Huge = 14;

    /// <summary>Asks for large pages: 512 times fewer faults when the memory is first touched.</summary>
    /// <param name="start">Of memory that is not a file's.</param>
    /// <param name="length">[byte]</param>
    public static void PreferLarge(void* start, nuint length)
    {
        if (length >= LargePage && OperatingSystem.IsLinux())
        {
            nuint page = (nuint)Environment.SystemPageSize,
                from = ((nuint)start + page - 1) & ~(page - 1),
                to = ((nuint)start + length) & ~(page - 1);
            _ = Advise((void*)from, to - from, Huge);
        }
    }

    /// <summary>
    /// Asks for large pages for what lies behind a managed object, from where the next one may begin; they are taken
    /// when they are touched.
    /// </summary>
    /// <param name="there">The object; memory that the collector has, and nobody has touched, should follow it.</param>
    /// <param name="length">Of the memory for which large pages are asked [byte].</param>
    /// <returns>How far away that is [byte].</returns>
    public static nint PreferLargeBehind(object there, nint length)
    {
        nint at = *(nint*)Unsafe.AsPointer(ref there), large = (at & -LargePage) + LargePage;
        _ = Advise((void*)large, (nuint)length, Huge);
        return large - at;
    }

    /// <summary>Takes the pages of a shared map of a file out of the process; their content stays.</summary>
    /// <param name="start">Where the map begins; anonymous memory would be zero afterwards.</param>
    /// <param name="length">[byte]</param>
    public static void LetGo(void* start, nuint length) => _ = Advise(start, length, DontNeed);

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(void* start, nuint length, int advice);
}
