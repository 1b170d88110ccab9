using System.Runtime.InteropServices;
using VoiceClean.Runs.Planning;

namespace VoiceClean.Runs.Scheduling;

/// <summary>
/// Asks the system for the next inputs of a batch before their turn comes: of 10,000 small files each would otherwise
/// be waited for with a processor idle. A hint: nothing depends on it, and whatever goes wrong is left to the worker
/// that opens the file in earnest.
/// </summary>
/// <param name="items">The inputs, in the order in which they will be begun.</param>
/// <param name="ahead">How far before its turn an input is asked for.</param>
internal sealed partial class ReadAhead(IReadOnlyList<PlanItem> items, int ahead)
{
    // Of a longer one the system reads on by itself in good time.
    private const long MostBytes = 4 << 20;

    private int _begun;

    /// <summary>Says that one more item has begun; returns its place.</summary>
    public int Begin() => Interlocked.Increment(ref _begun) - 1;

    /// <summary>
    /// Asks for the input that follows at a distance, once it is known that the item at <paramref name="place"/> will
    /// really be made: a run that finds everything done reads nothing.
    /// </summary>
    public void Ask(int place)
    {
        int next = place + ahead;
        if (!OperatingSystem.IsLinux() || next >= items.Count || items[next].Failure is not null)
        {
            return;
        }

        try
        {
            // A pipe has no length; to open one would tell its writer that somebody reads.
            var file = new FileInfo(items[next].InputPath);
            if (file.Exists && file.Length > 0)
            {
                const int willNeed = 3; // POSIX_FADV_WILLNEED
                using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(
                    file.FullName,
                    share: FileShare.ReadWrite | FileShare.Delete);
                _ = Advise(handle, 0, Math.Min(file.Length, MostBytes), willNeed);
            }
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // The worker will find out and say so.
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(
        Microsoft.Win32.SafeHandles.SafeFileHandle file,
        long offset,
        long length,
        int advice);
}
