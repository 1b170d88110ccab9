using System.Buffers;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Dsp.Loudness;

/// <summary>
/// Loudness range (LRA): how far apart the quiet and the loud passages of a recording are.
/// Source: EBU Tech 3342 v4 (2023): short-term loudness (3 s) every 100 ms, kept from −70 LUFS and from their power
/// mean −20 LU on; the distance of the 95th from the 10th percentile (nearest rank). A file counts as if 1.5 s of
/// silence followed.
/// </summary>
internal static class LoudnessRange
{
    /// <summary>Recordings shorter than this give a figure that is only indicative (EBU R 128 s1).</summary>
    public static readonly TimeSpan Stable = TimeSpan.FromSeconds(60);

    private const int SilentSteps = 150;

    /// <summary>Measures the range.</summary>
    /// <param name="steps">Energy of each 10 ms step (<see cref="KWeighting.MeasureSteps"/>).</param>
    /// <param name="length">Length of the recording [sample].</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <returns>[LU], 0 and up; NaN for less than 3 s or if nothing passes the gates.</returns>
    public static double Measure(ReadOnlySpan<double> steps, int length, int sampleRate)
    {
        if (KWeighting.StepStart(GatedLoudness.ShortTermSteps, sampleRate) > length)
        {
            return double.NaN;
        }

        double[] windows = ArrayPool<double>.Shared.Rent((steps.Length + SilentSteps) / GatedLoudness.HopSteps + 1);
        Span<double> kept = windows.AsSpan(0, Collect(steps, sampleRate, windows));
        kept = kept[..KeepFrom(kept, GatedLoudness.ToMeanSquare(GatedLoudness.AbsoluteGateLufs))];
        double range = double.NaN;
        if (kept.Length > 0)
        {
            double sum = 0;
            foreach (double z in kept)
            {
                sum += z;
            }

            kept = kept[..KeepFrom(kept, 0.01 * sum / kept.Length)];
            double high = OrderStatistics.Select(kept, NearestRank(kept.Length, 95)),
                low = OrderStatistics.Select(kept, NearestRank(kept.Length, 10));
            range = 10 * Math.Log10(high / low);
        }

        ArrayPool<double>.Shared.Return(windows);
        return range;
    }

    /// <summary>Mean squares of all 3 s windows, those that end in the added silence included.</summary>
    private static int Collect(ReadOnlySpan<double> steps, int sampleRate, Span<double> windows)
    {
        // Sums of a hop first: 30 of them make a window.
        const int hops = GatedLoudness.ShortTermSteps / GatedLoudness.HopSteps;
        Span<double> ring = stackalloc double[hops];
        for (int h = 0; h < hops - 1; h++)
        {
            ring[h] = SumOfHop(steps, h * GatedLoudness.HopSteps);
        }

        int count = 0;
        for (
            int first = 0;
            first + GatedLoudness.ShortTermSteps <= steps.Length + SilentSteps;
            first += GatedLoudness.HopSteps)
        {
            int last = (first / GatedLoudness.HopSteps) + hops - 1;
            ring[last % hops] = SumOfHop(steps, last * GatedLoudness.HopSteps);
            double sum = 0;
            foreach (double hop in ring)
            {
                sum += hop;
            }

            windows[count++] =
                sum
                / (
                    KWeighting.StepStart(first + GatedLoudness.ShortTermSteps, sampleRate)
                    - KWeighting.StepStart(first, sampleRate));
        }

        return count;
    }

    private static double SumOfHop(ReadOnlySpan<double> steps, int first)
    {
        double sum = 0;
        foreach (
            double e in steps[Math.Min(first, steps.Length)..Math.Min(steps.Length, first + GatedLoudness.HopSteps)])
        {
            sum += e;
        }

        return sum;
    }

    private static int KeepFrom(Span<double> values, double threshold)
    {
        int kept = 0;
        foreach (double v in values)
        {
            if (v >= threshold)
            {
                values[kept++] = v;
            }
        }

        return kept;
    }

    private static int NearestRank(int count, int percent) =>
        (int)Math.Round((count - 1) * percent / 100.0, MidpointRounding.AwayFromZero);
}
