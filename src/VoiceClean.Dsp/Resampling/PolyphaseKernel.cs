using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Dsp.Resampling;

/// <summary>
/// The inner products of <see cref="PolyphaseResampler"/>. All sum in the same fixed order (the first and the second
/// half of the taps in eight lanes each, then a fixed tree), so an output sample has the same bits whichever of them
/// computes it and whatever the processor offers.
/// </summary>
internal static unsafe class PolyphaseKernel
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

    /// <summary>
    /// Four successive output samples and the same four of the next period, which are written L further on: each
    /// coefficient that is loaded serves two of them, each input sample four.
    /// </summary>
    /// <param name="filter">The coefficients.</param>
    /// <param name="history">The input.</param>
    /// <param name="at">The first of the input samples that the first four cover.</param>
    /// <param name="row">The row of the first sample, a multiple of four.</param>
    /// <param name="output">Receives the samples at 0 to 3 and L to L + 3.</param>
    [SkipLocalsInit]
    public static void Grouped(PolyphaseFilter filter, float[] history, int at, int row, Span<float> output)
    {
        int length = filter.RowLength, half = length / 2, down = filter.Down;
        float* early = stackalloc float[64];
        float* late = stackalloc float[64];
        ReadOnlySpan<float> input = history.AsSpan(at, down + length),
            rows = filter.Coefficients.AsSpan(row * length, 4 * length);
        fixed (
            float* x = input,
                h = rows)
        {
            Dot8(x, down, h, length, half, early);
            Dot8(x + half, down, h + half, length, half, late);
        }

        SumFour(early, late).CopyTo(output);
        SumFour(early + 8, late + 8).CopyTo(output[filter.Up..]);
    }

    /// <summary>
    /// One output sample between tabulated phases: a cubic (Lagrange, four points) through the results of the four
    /// nearest.
    /// </summary>
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
        nuint half = (nuint)Math.Min(input.Length, row.Length) / 2;
        Vector256<float> early = default, late = default;
        for (nuint i = 0; i < half; i += 8)
        {
            early = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i), Vector256.LoadUnsafe(ref h, i), early);
            late = Vector256.FusedMultiplyAdd(
                Vector256.LoadUnsafe(ref x, half + i),
                Vector256.LoadUnsafe(ref h, half + i),
                late);
        }

        return Sum(early, late);
    }

    // The lane sums of four rows, `rowLength` apart, with the input at its beginning and `stride` further on: eight
    // accumulators, all the registers there are.
    private static void Dot8(float* x, nint stride, float* rows, nint rowLength, nint count, float* sums)
    {
        float* y = x + stride,
            b = rows + rowLength,
            c = b + rowLength,
            d = c + rowLength;
        Vector256<float> ax = default,
            ay = default,
            bx = default,
            by = default,
            cx = default,
            cy = default,
            dx = default,
            dy = default;
        for (nint i = 0; i < count; i += 8)
        {
            Vector256<float> u = Vector256.Load(x + i), v = Vector256.Load(y + i), h = Vector256.Load(rows + i);
            ax = Vector256.FusedMultiplyAdd(u, h, ax);
            ay = Vector256.FusedMultiplyAdd(v, h, ay);
            h = Vector256.Load(b + i);
            bx = Vector256.FusedMultiplyAdd(u, h, bx);
            by = Vector256.FusedMultiplyAdd(v, h, by);
            h = Vector256.Load(c + i);
            cx = Vector256.FusedMultiplyAdd(u, h, cx);
            cy = Vector256.FusedMultiplyAdd(v, h, cy);
            h = Vector256.Load(d + i);
            dx = Vector256.FusedMultiplyAdd(u, h, dx);
            dy = Vector256.FusedMultiplyAdd(v, h, dy);
        }

        ax.Store(sums);
        ay.Store(sums + 8);
        bx.Store(sums + 16);
        by.Store(sums + 24);
        cx.Store(sums + 32);
        cy.Store(sums + 40);
        dx.Store(sums + 48);
        dy.Store(sums + 56);
    }

    // The sums of four outputs, whose lanes lie 16 floats apart, in the order of Sum.
    private static Vector128<float> SumFour(float* early, float* late)
    {
        Vector256<double> a = Halved(early, late),
            b = Halved(early + 16, late + 16),
            c = Halved(early + 32, late + 32),
            d = Halved(early + 48, late + 48);
        return LanePermutations.SumLanes(a, b, c, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Halved(float* early, float* late) =>
        (Widened(early) + Widened(early + 4)) + (Widened(late) + Widened(late + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Widened(float* four) =>
        Vector256.WidenLower(Vector128.Load(four).ToVector256Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Halved(Vector256<float> early, Vector256<float> late) =>
        (Vector256.WidenLower(early) + Vector256.WidenUpper(early))
        + (Vector256.WidenLower(late) + Vector256.WidenUpper(late));

    // In double: the last additions are the largest, and their rounding would otherwise be half of all the noise there
    // is.
    private static float Sum(Vector256<float> early, Vector256<float> late)
    {
        Vector256<double> s = Halved(early, late);
        return (float)((s.GetElement(0) + s.GetElement(1)) + (s.GetElement(2) + s.GetElement(3)));
    }
}
