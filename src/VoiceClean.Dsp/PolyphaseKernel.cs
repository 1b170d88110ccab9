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
    /// <summary>How many periods <see cref="Grouped"/> computes at once.</summary>
    public const int Periods = 2;

    /// <summary>One output sample.</summary>
    /// <param name="filter">The coefficients.</param>
    /// <param name="history">The input.</param>
    /// <param name="at">The first of the input samples that the row covers.</param>
    /// <param name="row">The row of coefficients.</param>
    public static float Single(PolyphaseFilter filter, float[] history, int at, int row)
    {
        int length = filter.RowLength;
        return Dot(history.AsSpan(at, length), filter.Coefficients.AsSpan(row * length, length));
    }

    /// <summary>Two successive output samples and the same two of the next period, which are written L further on: each coefficient and each input sample
    /// that is loaded serves two of them.</summary>
    /// <param name="filter">The coefficients.</param>
    /// <param name="history">The input.</param>
    /// <param name="at">The first of the input samples that the first pair covers.</param>
    /// <param name="row">The row of the first sample, even.</param>
    /// <param name="output">Receives the samples at 0, 1, L, L + 1.</param>
    public static void Grouped(PolyphaseFilter filter, float[] history, int at, int row, Span<float> output)
    {
        int length = filter.RowLength, down = filter.Down, up = filter.Up;
        Dot4(history.AsSpan(at, down + length), down, filter.Coefficients.AsSpan(row * length, 2 * length), out Vector128<float> sums);
        output[up + 1] = sums.GetElement(3);
        output[up] = sums.GetElement(2);
        output[1] = sums.GetElement(1);
        output[0] = sums.GetElement(0);
    }

    /// <summary>One output sample between tabulated phases: a cubic (Lagrange, four points) through the results of the four nearest.</summary>
    public static float Interpolated(PolyphaseFilter filter, float[] history, int at, int phase)
    {
        int taps = filter.RowLength;
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
            even = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i), Vector256.LoadUnsafe(ref h, i), even);
            odd = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i + 8), Vector256.LoadUnsafe(ref h, i + 8), odd);
        }

        return Sum(even, odd);
    }

    // Rows a and b (one after the other) with the input at x and at y, `stride` further on.
    private static void Dot4(ReadOnlySpan<float> input, int stride, ReadOnlySpan<float> rows, out Vector128<float> sums)
    {
        nuint length = (nuint)rows.Length / 2;
        ref float x = ref MemoryMarshal.GetReference(input);
        ref float y = ref Unsafe.Add(ref x, stride);
        ref float a = ref MemoryMarshal.GetReference(rows);
        ref float b = ref Unsafe.Add(ref a, length);
        Vector256<float> evenAx = default, evenBx = default, evenAy = default, evenBy = default;
        Vector256<float> oddAx = default, oddBx = default, oddAy = default, oddBy = default;
        for (nuint i = 0; i < length; i += 16)
        {
            Vector256<float> ca = Vector256.LoadUnsafe(ref a, i), cb = Vector256.LoadUnsafe(ref b, i), v = Vector256.LoadUnsafe(ref x, i);
            evenAx = Vector256.FusedMultiplyAdd(v, ca, evenAx);
            evenBx = Vector256.FusedMultiplyAdd(v, cb, evenBx);
            v = Vector256.LoadUnsafe(ref y, i);
            evenAy = Vector256.FusedMultiplyAdd(v, ca, evenAy);
            evenBy = Vector256.FusedMultiplyAdd(v, cb, evenBy);
            ca = Vector256.LoadUnsafe(ref a, i + 8);
            cb = Vector256.LoadUnsafe(ref b, i + 8);
            v = Vector256.LoadUnsafe(ref x, i + 8);
            oddAx = Vector256.FusedMultiplyAdd(v, ca, oddAx);
            oddBx = Vector256.FusedMultiplyAdd(v, cb, oddBx);
            v = Vector256.LoadUnsafe(ref y, i + 8);
            oddAy = Vector256.FusedMultiplyAdd(v, ca, oddAy);
            oddBy = Vector256.FusedMultiplyAdd(v, cb, oddBy);
        }

        sums = Vector128.Create(Sum(evenAx, oddAx), Sum(evenBx, oddBx), Sum(evenAy, oddAy), Sum(evenBy, oddBy));
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
