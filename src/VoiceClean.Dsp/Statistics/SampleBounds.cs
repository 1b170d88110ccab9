using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp.Statistics;

/// <summary>Whether samples lie where they should.</summary>
internal static class SampleBounds
{
    /// <summary>Whether no sample is further from zero than a limit; stops at the first that is.</summary>
    /// <param name="samples">[sample]</param>
    /// <param name="limit">The greatest magnitude, as an amplitude; finite.</param>
    /// <returns>False also where a sample is not a number.</returns>
    public static bool AreWithin(ReadOnlySpan<float> samples, float limit)
    {
        ref float x = ref MemoryMarshal.GetReference(samples);
        var bound = Vector256.Create(limit);
        int i = 0;
        for (; i <= samples.Length - 8; i += 8)
        {
            // False for NaN as well.
            if (!Vector256.LessThanOrEqualAll(Vector256.Abs(Vector256.LoadUnsafe(ref x, (nuint)i)), bound))
            {
                return false;
            }
        }

        for (; i < samples.Length; i++)
        {
            if (!(Math.Abs(samples[i]) <= limit))
            {
                return false;
            }
        }

        return true;
    }
}
