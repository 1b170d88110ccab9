using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp.Statistics;

/// <summary>
/// Finds clipping by its flat tops: three samples or more in a row within 1 % of the largest one. Resampling lets flat
/// tops ripple, which the 1 % allows for.
/// </summary>
internal static class FlatTops
{
    /// <summary>How near the largest sample a top is where resampling may have let it ripple.</summary>
    public const float Rippled = 0.99f;

    /// <summary>The same where nothing has touched it since: the peaks that a limiter rounds do not count.</summary>
    public const float Exact = 0.99999f;

    private const int LeastRun = 3;

    // A quiet recording can be clipped too (before it was turned down), but below this it is rather rounding that looks
    // flat.
    private const float LeastPeak = 0.01f;

    /// <summary>Number of samples in flat tops.</summary>
    /// <param name="samples">[sample] mono, full scale ±1.</param>
    /// <param name="statistics">Theirs.</param>
    /// <param name="near">What share of the largest sample is a top.</param>
    public static long Count(ReadOnlySpan<float> samples, SampleStatistics statistics, float near = Rippled)
    {
        if (statistics.Peak < LeastPeak)
        {
            return 0;
        }

        // A side on which nothing lies has no flat top.
        float high = statistics.Highest > 0 ? statistics.Highest * near : float.PositiveInfinity;
        float low = statistics.Lowest < 0 ? statistics.Lowest * near : float.NegativeInfinity;
        return CountRuns(samples, low, high);
    }

    // Samples in runs at or below `low`, and in runs at or above `high`.
    private static long CountRuns(ReadOnlySpan<float> samples, float low, float high)
    {
        ref float x = ref MemoryMarshal.GetReference(samples);
        Vector256<float> lows = Vector256.Create(low), highs = Vector256.Create(high);
        long clipped = 0;
        int lowRun = 0, highRun = 0, i = 0;
        while (i < samples.Length)
        {
            // Nearly all of a recording lies between the two.
            if (i <= samples.Length - 8)
            {
                Vector256<float> v = Vector256.LoadUnsafe(ref x, (nuint)i);
                if (
                    Vector256.EqualsAll(
                        Vector256.LessThanOrEqual(v, lows) | Vector256.GreaterThanOrEqual(v, highs),
                        Vector256<float>.Zero))
                {
                    (lowRun, highRun) = (0, 0);
                    i += 8;
                    continue;
                }
            }

            for (int end = Math.Min(samples.Length, i + 8); i < end; i++)
            {
                lowRun = samples[i] <= low ? lowRun + 1 : 0;
                highRun = samples[i] >= high ? highRun + 1 : 0;
                int run = Math.Max(lowRun, highRun);
                clipped += run == LeastRun ? LeastRun : run > LeastRun ? 1 : 0;
            }
        }

        return clipped;
    }
}
