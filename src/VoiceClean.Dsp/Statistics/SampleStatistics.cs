using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp.Statistics;

/// <summary>Mean and extremes of one recording, in one pass.</summary>
/// <param name="Mean">Arithmetic mean: the offset of the recording; 0 without samples.</param>
/// <param name="Lowest">The lowest sample; 0 without samples.</param>
/// <param name="Highest">The highest sample; 0 without samples.</param>
public readonly record struct SampleStatistics(double Mean, float Lowest, float Highest)
{
    /// <summary>The largest distance of a sample from the mean.</summary>
    public double PeakAroundMean => Math.Max(Highest - Mean, Mean - Lowest);

    /// <summary>The largest magnitude.</summary>
    public float Peak => Math.Max(Highest, -Lowest);

    /// <summary>
    /// Measures samples. The sum is taken in double, in eight lanes that are added pairwise, so it has the same bits on
    /// every processor.
    /// </summary>
    /// <param name="samples">[sample] finite.</param>
    public static SampleStatistics Measure(ReadOnlySpan<float> samples)
    {
        if (samples.IsEmpty)
        {
            return default;
        }

        ref float x = ref MemoryMarshal.GetReference(samples);
        Vector256<double> lower = default,
            upper = default;
        Vector256<float> minimum = Vector256.Create(float.PositiveInfinity),
            maximum = Vector256.Create(float.NegativeInfinity);
        int i = 0;
        for (; i <= samples.Length - 8; i += 8)
        {
            Vector256<float> v = Vector256.LoadUnsafe(ref x, (nuint)i);
            lower += Vector256.WidenLower(v);
            upper += Vector256.WidenUpper(v);
            minimum = Vector256.MinNative(minimum, v);
            maximum = Vector256.MaxNative(maximum, v);
        }

        Vector256<double> sums = lower + upper;
        double sum = (sums[0] + sums[2]) + (sums[1] + sums[3]);
        float low = minimum[0], high = maximum[0];
        for (int lane = 1; lane < 8; lane++)
        {
            low = Math.Min(low, minimum[lane]);
            high = Math.Max(high, maximum[lane]);
        }

        for (; i < samples.Length; i++)
        {
            sum += samples[i];
            low = Math.Min(low, samples[i]);
            high = Math.Max(high, samples[i]);
        }

        return new SampleStatistics(sum / samples.Length, low, high);
    }

    /// <summary>
    /// Σ x² in double: eight partial sums, added pairwise, so the result does not depend on the processor.
    /// </summary>
    /// <param name="samples">[sample]</param>
    public static double SumOfSquares(ReadOnlySpan<float> samples)
    {
        Vector256<double> low = default, high = default;
        int i = 0;
        for (; i <= samples.Length - 8; i += 8)
        {
            Vector256<float> x = Vector256.Create(samples.Slice(i, 8));
            Vector256<double> a = Vector256.WidenLower(x), b = Vector256.WidenUpper(x);
            low += a * a;
            high += b * b;
        }

        double rest = 0;
        for (; i < samples.Length; i++)
        {
            rest += (double)samples[i] * samples[i];
        }

        Vector256<double> sum = low + high;
        return (sum[0] + sum[2]) + (sum[1] + sum[3]) + rest;
    }
}
