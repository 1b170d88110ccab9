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
    public const int Periods = 4;

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
    /// Four successive output samples and the same four of the next three periods, which are written L further on each:
    /// a row of coefficients that is fetched (a table is larger than the first cache) serves four of them.
    /// </summary>
    /// <param name="filter">The coefficients.</param>
    /// <param name="history">The input.</param>
    /// <param name="at">The first of the input samples that the first four cover.</param>
    /// <param name="row">The row of the first sample, a multiple of four.</param>
    /// <param name="output">Receives the samples at 0 to 3, L to L + 3, 2L to 2L + 3 and 3L to 3L + 3.</param>
    [SkipLocalsInit]
    public static void Grouped(PolyphaseFilter filter, float[] history, int at, int row, Span<float> output)
    {
        int length = filter.RowLength, half = length / 2, down = filter.Down, up = filter.Up;
        float* early = stackalloc float[128];
        float* late = stackalloc float[128];
        ReadOnlySpan<float> input = history.AsSpan(at, ((Periods - 1) * down) + length),
            rows = filter.Coefficients.AsSpan(row * length, 4 * length);
        fixed (
            float* x = input,
                h = rows)
        {
            for (int pair = 0; pair < 4; pair += 2)
            {
                Dot8(x, down, h + (pair * length), length, half, early + (32 * pair));
                Dot8(x + half, down, h + (pair * length) + half, length, half, late + (32 * pair));
            }
        }

        for (int period = 0; period < Periods; period++)
        {
            SumFour(early + (8 * period), late + (8 * period)).CopyTo(output[(period * up)..]);
        }
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

    // The lane sums of two rows, `rowLength` apart, with the input at its beginning and at three more places, each
    // `stride` further on: eight accumulators, all the registers there are.
    private static void Dot8(float* x, nint stride, float* rows, nint rowLength, nint count, float* sums)
    {
        float* y = x + stride,
            z = y + stride,
            w = z + stride,
            b = rows + rowLength;
        Vector256<float> ax = default,
            ay = default,
            az = default,
            aw = default,
            bx = default,
            by = default,
            bz = default,
            bw = default;
        for (nint i = 0; i < count; i += 8)
        {
            Vector256<float> g = Vector256.Load(rows + i), h = Vector256.Load(b + i), v = Vector256.Load(x + i);
            ax = Vector256.FusedMultiplyAdd(v, g, ax);
            bx = Vector256.FusedMultiplyAdd(v, h, bx);
            v = Vector256.Load(y + i);
            ay = Vector256.FusedMultiplyAdd(v, g, ay);
            by = Vector256.FusedMultiplyAdd(v, h, by);
            v = Vector256.Load(z + i);
            az = Vector256.FusedMultiplyAdd(v, g, az);
            bz = Vector256.FusedMultiplyAdd(v, h, bz);
            v = Vector256.Load(w + i);
            aw = Vector256.FusedMultiplyAdd(v, g, aw);
            bw = Vector256.FusedMultiplyAdd(v, h, bw);
        }

        ax.Store(sums);
        ay.Store(sums + 8);
        az.Store(sums + 16);
        aw.Store(sums + 24);
        bx.Store(sums + 32);
        by.Store(sums + 40);
        bz.Store(sums + 48);
        bw.Store(sums + 56);
    }

    // The sums of four outputs of one period, whose lanes lie a row (32 floats) apart, in the order of Sum.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> SumFour(float* early, float* late)
    {
        Vector256<double> a = Halved(early, late),
            b = Halved(early + 32, late + 32),
            c = Halved(early + 64, late + 64),
            d = Halved(early + 96, late + 96);
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
