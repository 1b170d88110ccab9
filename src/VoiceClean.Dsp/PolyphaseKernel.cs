using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp;

/// <summary>
/// The inner products of <see cref="PolyphaseResampler"/>. All sum in the same fixed order (two accumulators of eight lanes, then a fixed
/// tree), so an output sample has the same bits whichever of them computes it and whatever the processor offers.
/// </summary>
internal static class PolyphaseKernel
{
    /// <summary>How many output samples of the same phase <see cref="Grouped"/> computes at once.</summary>
    public const int Group = 4;

    /// <summary>One output sample.</summary>
    /// <param name="filter">The coefficients.</param>
    /// <param name="history">The input.</param>
    /// <param name="at">The first of the input samples that the filter covers.</param>
    /// <param name="phase">The row of coefficients.</param>
    public static float Single(PolyphaseFilter filter, float[] history, int at, int phase)
    {
        int taps = filter.Taps;
        return Dot(history.AsSpan(at, taps), filter.Coefficients.AsSpan(phase * taps, taps));
    }

    /// <summary>The output samples of one phase in four successive periods, written L apart.</summary>
    public static void Grouped(PolyphaseFilter filter, float[] history, int at, int phase, Span<float> output)
    {
        int taps = filter.Taps, down = filter.Down, up = filter.Up;
        ReadOnlySpan<float> input = history.AsSpan(at, 3 * down + taps);
        Dot4(input, down, filter.Coefficients.AsSpan(phase * taps, taps), out Vector128<float> sums);
        output[3 * up] = sums.GetElement(3);
        output[2 * up] = sums.GetElement(2);
        output[up] = sums.GetElement(1);
        output[0] = sums.GetElement(0);
    }

    /// <summary>One output sample between tabulated phases: a cubic (Lagrange, four points) through the results of the four nearest.</summary>
    public static float Interpolated(PolyphaseFilter filter, float[] history, int at, int phase)
    {
        int taps = filter.Taps;
        long scaled = (long)phase * PolyphaseFilter.PhasesPerSample;
        int row = (int)(scaled / filter.Up);                              // rows begin one phase early
        double mu = (double)(scaled - (long)row * filter.Up) / filter.Up;
        ReadOnlySpan<float> input = history.AsSpan(at, taps);
        ReadOnlySpan<float> rows = filter.Coefficients.AsSpan(row * taps, 4 * taps);
        double a = Dot(input, rows[..taps]);
        double b = Dot(input, rows.Slice(taps, taps));
        double c = Dot(input, rows.Slice(2 * taps, taps));
        double d = Dot(input, rows.Slice(3 * taps, taps));
        return (float)(a * (-mu * (mu - 1) * (mu - 2) / 6) + b * ((mu + 1) * (mu - 1) * (mu - 2) / 2)
            + c * (-(mu + 1) * mu * (mu - 2) / 2) + d * ((mu + 1) * mu * (mu - 1) / 6));
    }

    private static float Dot(ReadOnlySpan<float> input, ReadOnlySpan<float> row)
    {
        ref float x = ref MemoryMarshal.GetReference(input);
        ref float h = ref MemoryMarshal.GetReference(row);
        int taps = Math.Min(input.Length, row.Length);
        Vector256<float> even = default, odd = default;
        for (nuint i = 0; i < (nuint)taps; i += 16)
        {
            even += Vector256.LoadUnsafe(ref x, i) * Vector256.LoadUnsafe(ref h, i);
            odd += Vector256.LoadUnsafe(ref x, i + 8) * Vector256.LoadUnsafe(ref h, i + 8);
        }

        return Sum(even, odd);
    }

    private static void Dot4(ReadOnlySpan<float> input, int stride, ReadOnlySpan<float> row, out Vector128<float> sums)
    {
        ref float x0 = ref MemoryMarshal.GetReference(input);
        ref float x1 = ref Unsafe.Add(ref x0, stride);
        ref float x2 = ref Unsafe.Add(ref x1, stride);
        ref float x3 = ref Unsafe.Add(ref x2, stride);
        ref float h = ref MemoryMarshal.GetReference(row);
        Vector256<float> even0 = default, even1 = default, even2 = default, even3 = default;
        Vector256<float> odd0 = default, odd1 = default, odd2 = default, odd3 = default;
        for (nuint i = 0; i < (nuint)row.Length; i += 16)
        {
            Vector256<float> c = Vector256.LoadUnsafe(ref h, i);
            even0 += Vector256.LoadUnsafe(ref x0, i) * c;
            even1 += Vector256.LoadUnsafe(ref x1, i) * c;
            even2 += Vector256.LoadUnsafe(ref x2, i) * c;
            even3 += Vector256.LoadUnsafe(ref x3, i) * c;
            c = Vector256.LoadUnsafe(ref h, i + 8);
            odd0 += Vector256.LoadUnsafe(ref x0, i + 8) * c;
            odd1 += Vector256.LoadUnsafe(ref x1, i + 8) * c;
            odd2 += Vector256.LoadUnsafe(ref x2, i + 8) * c;
            odd3 += Vector256.LoadUnsafe(ref x3, i + 8) * c;
        }

        sums = Vector128.Create(Sum(even0, odd0), Sum(even1, odd1), Sum(even2, odd2), Sum(even3, odd3));
    }

    // In double: the last additions are the largest, and their rounding would otherwise be half of all the noise there is.
    private static float Sum(Vector256<float> even, Vector256<float> odd)
    {
        (Vector256<double> a, Vector256<double> b) = Vector256.Widen(even);
        (Vector256<double> c, Vector256<double> d) = Vector256.Widen(odd);
        Vector256<double> s = (a + b) + (c + d);
        return (float)((s.GetElement(0) + s.GetElement(2)) + (s.GetElement(1) + s.GetElement(3)));
    }
}
