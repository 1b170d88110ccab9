using VoiceClean.Audio;
using VoiceClean.Files;

namespace VoiceClean.Cli;

/// <summary>
/// Takes the first megabytes of the managed heap in large pages, and puts its first collection off: a short clip
/// otherwise begins with a thousand page faults there, and a collection that finds nothing, a tenth of its time.
/// Advice: where it is not taken nothing changes but the time.
/// </summary>
internal static class FirstPages
{
    // What a clip of some seconds allocates, and so much again. Of what is not needed nothing is touched.
    private const int Small = 12 << 20, Large = 16 << 20;

    // A collector that may have little (a container, a limit of its own) is asked for nothing: one that promises more
    // than it may have ends the process.
    private const long LeastMemory = 1L << 29;

    // Below the size from which arrays lie in a heap of their own.
    private const int Filler = 80_000;

    private static bool s_areTaken;

    private static bool IsScarce => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes < LeastMemory;

    /// <summary>Does it, once; to be called before a single recording is cleaned.</summary>
    public static void Take()
    {
        SampleArrays.Shared.IsForOne = true;
        if (s_areTaken || !OperatingSystem.IsLinux() || AddressSpace.IsLimited || IsScarce)
        {
            return;
        }

        s_areTaken = true;
        try
        {
            // The collector asks the system for 64 KiB at a time. Asked for a stretch without collections it asks for
            // all that may be needed, and keeps it, as well as its patience, when that stretch is over.
            if (GC.TryStartNoGCRegion(Small + Large, Large))
            {
                GC.EndNoGCRegion();
                Skip(PageAdvice.PreferLargeBehind(new object(), Small));
            }
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or InvalidOperationException)
        {
            // It may not have so much, or somebody else has asked.
        }
    }

    // Small pages one by one cost more than the large one behind them: nothing of these arrays but their heads is
    // touched.
    private static void Skip(nint length)
    {
        for (; length > 0; length -= Filler)
        {
            _ = GC.AllocateUninitializedArray<byte>(Filler);
        }
    }
}
