using System.Buffers;

namespace VoiceClean.Audio;

/// <summary>
/// Arrays of samples. Who cleans one recording gets large ones that are as long as they need to be: a shared pool
/// rounds up to a power of two, a clip of 5 s had 9 MB of which a third was never used, and memory that is taken in
/// large pages is zeroed as a whole. For many recordings the shared pool is better, as every clip fits into an array of
/// the one before. Safe to use from several threads.
/// </summary>
internal static class SampleArrays
{
    // up to the first the shared pool, whose arrays are no longer than that; above the second nothing is kept
    private const int Least = 64 * 1024, Most = 2 * 1024 * 1024;
    private const int Step = 16 * 1024;

    private static readonly float[]?[] s_kept = new float[]?[8];
    private static readonly Lock s_lock = new();
    private static int s_next;

    /// <summary>Whether this process cleans one recording; to be set before it does.</summary>
    public static bool IsForOne { get; set; }

    /// <summary>An array of at least so many samples, with arbitrary content.</summary>
    /// <param name="length">At least 0 [sample].</param>
    public static float[] Rent(int length)
    {
        if (!IsForOne || length <= Least)
        {
            return ArrayPool<float>.Shared.Rent(length);
        }

        lock (s_lock)
        {
            int best = -1;
            for (int i = 0; i < s_kept.Length; i++)
            {
                if (s_kept[i] is { } kept && kept.Length >= length && kept.Length / 2 <= length
                    && (best < 0 || kept.Length < s_kept[best]!.Length))
                {
                    best = i;
                }
            }

            if (best >= 0)
            {
                float[] found = s_kept[best]!;
                s_kept[best] = null;
                return found;
            }
        }

        long rounded = ((long)length + Step - 1) / Step * Step;
        return GC.AllocateUninitializedArray<float>((int)Math.Min(Array.MaxLength, rounded));
    }

    /// <summary>Gives an array back; the eldest of those that are kept makes room.</summary>
    /// <param name="array">One that <see cref="Rent"/> gave; nobody may use it any more.</param>
    public static void Return(float[] array)
    {
        if (!IsForOne || array.Length <= Least)
        {
            ArrayPool<float>.Shared.Return(array);
            return;
        }

        if (array.Length > Most)
        {
            return;
        }

        lock (s_lock)
        {
            int place = Array.IndexOf(s_kept, null);
            if (place < 0)
            {
                place = s_next;
                s_next = (s_next + 1) % s_kept.Length;
            }

            s_kept[place] = array;
        }
    }
}
