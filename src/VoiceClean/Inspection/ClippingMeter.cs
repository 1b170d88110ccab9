namespace VoiceClean.Inspection;

/// <summary>
/// Finds clipping by its flat tops: three samples or more in a row within 1 % of the largest one. Resampling lets flat tops ripple, which the 1 % allows for.
/// </summary>
public static class ClippingMeter
{
    private const float Near = 0.99f;
    private const int LeastRun = 3;

    // A quiet recording can be clipped too (before it was turned down), but below this it is rather rounding that looks flat.
    private const float LeastPeak = 0.01f;

    /// <summary>Number of samples in flat tops.</summary>
    /// <param name="samples">[sample] mono, full scale ±1.</param>
    public static long CountClipped(ReadOnlySpan<float> samples)
    {
        float low = 0, high = 0;
        foreach (float x in samples)
        {
            low = Math.Min(low, x);
            high = Math.Max(high, x);
        }

        if (Math.Max(high, -low) < LeastPeak)
        {
            return 0;
        }

        return CountRuns(samples, high * Near, float.PositiveInfinity) + CountRuns(samples, float.NegativeInfinity, low * Near);
    }

    /// <summary>Share of all samples in flat tops, 0 to 1.</summary>
    /// <param name="samples">[sample] mono, full scale ±1.</param>
    public static double ClippedShare(ReadOnlySpan<float> samples) => samples.Length == 0 ? 0 : (double)CountClipped(samples) / samples.Length;

    private static long CountRuns(ReadOnlySpan<float> samples, float from, float to)
    {
        long clipped = 0;
        int run = 0;
        foreach (float x in samples)
        {
            if (x >= from && x <= to && x != 0)
            {
                run++;
                clipped += run == LeastRun ? LeastRun : run > LeastRun ? 1 : 0;
            }
            else
            {
                run = 0;
            }
        }

        return clipped;
    }
}
