using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Dsp.Fourier;

/// <summary>
/// The passes of a complex FFT of M = 8·R points held as R rows of 8 lanes (z[8r + c] in row r, lane c), after the
/// four-step scheme (Bailey 1990): Stockham passes over the rows, a turn of every cell by W_M^(r·c), and a DFT over the
/// 8 lanes after transposing. All pointers: real and imaginary parts apart, source and target not overlapping.
/// </summary>
internal static unsafe class FftPasses
{
    private const float HalfRoot = 0.70710678118654752f;

    /// <summary>
    /// One Stockham pass of radix 8: <paramref name="count"/> groups of <paramref name="stride"/> rows. twiddles: 14
    /// per group (cos, sin of W^1…W^7).
    /// </summary>
    public static void Radix8(float* sr, float* si, float* tr, float* ti, float* twiddles, int count, int stride)
    {
        nint step = (nint)count * stride * 8, width = (nint)stride * 8;
        for (nint p = 0; p < count; p++)
        {
            nint from = p * width, to = p * width * 8;
            for (nint q = 0; q < width; q += 8)
            {
                nint at = to + q;
                ComplexLanes x0 = ComplexLanes.Load(sr, si, from + q),
                    x4 = ComplexLanes.Load(sr, si, from + q + (4 * step));
                ComplexLanes x2 = ComplexLanes.Load(sr, si, from + q + (2 * step)),
                    x6 = ComplexLanes.Load(sr, si, from + q + (6 * step));
                ComplexLanes s0 = x0 + x4,
                    d0 = x0 - x4,
                    s2 = x2 + x6,
                    d2 = (x2 - x6).TurnedBack;
                ComplexLanes x1 = ComplexLanes.Load(sr, si, from + q + step),
                    x5 = ComplexLanes.Load(sr, si, from + q + (5 * step));
                ComplexLanes x3 = ComplexLanes.Load(sr, si, from + q + (3 * step)),
                    x7 = ComplexLanes.Load(sr, si, from + q + (7 * step));
                ComplexLanes s1 = x1 + x5,
                    d1 = x1 - x5,
                    s3 = x3 + x7,
                    d3 = (x3 - x7).TurnedBack;
                ComplexLanes e = s0 + s2,
                    o = s1 + s3;
                (e + o).Store(tr, ti, at);
                Turn(e - o, twiddles + 6).Store(tr, ti, at + (4 * width));
                e = s0 - s2;
                o = (s1 - s3).TurnedBack;
                Turn(e + o, twiddles + 2).Store(tr, ti, at + (2 * width));
                Turn(e - o, twiddles + 10).Store(tr, ti, at + (6 * width));
                e = d0 + d2;
                o = EighthTurn(d1 + d3);
                Turn(e + o, twiddles).Store(tr, ti, at + width);
                Turn(e - o, twiddles + 8).Store(tr, ti, at + (5 * width));
                e = d0 - d2;
                o = ThreeEighthsTurn(d1 - d3);
                Turn(e + o, twiddles + 4).Store(tr, ti, at + (3 * width));
                Turn(e - o, twiddles + 12).Store(tr, ti, at + (7 * width));
            }

            twiddles += 14;
        }
    }

    /// <summary>One Stockham pass of radix 4; twiddles: 6 per group.</summary>
    public static void Radix4(float* sr, float* si, float* tr, float* ti, float* twiddles, int count, int stride)
    {
        nint step = (nint)count * stride * 8, width = (nint)stride * 8;
        for (nint p = 0; p < count; p++)
        {
            nint from = p * width, to = p * width * 4;
            for (nint q = 0; q < width; q += 8)
            {
                ComplexLanes x0 = ComplexLanes.Load(sr, si, from + q),
                    x2 = ComplexLanes.Load(sr, si, from + q + (2 * step));
                ComplexLanes x1 = ComplexLanes.Load(sr, si, from + q + step),
                    x3 = ComplexLanes.Load(sr, si, from + q + (3 * step));
                ComplexLanes s0 = x0 + x2,
                    d0 = x0 - x2,
                    s1 = x1 + x3,
                    d1 = (x1 - x3).TurnedBack;
                (s0 + s1).Store(tr, ti, to + q);
                Turn(d0 + d1, twiddles).Store(tr, ti, to + q + width);
                Turn(s0 - s1, twiddles + 2).Store(tr, ti, to + q + (2 * width));
                Turn(d0 - d1, twiddles + 4).Store(tr, ti, to + q + (3 * width));
            }

            twiddles += 6;
        }
    }

    /// <summary>One Stockham pass of radix 2; twiddles: 2 per group.</summary>
    public static void Radix2(float* sr, float* si, float* tr, float* ti, float* twiddles, int count, int stride)
    {
        nint step = (nint)count * stride * 8, width = (nint)stride * 8;
        for (nint p = 0; p < count; p++)
        {
            nint from = p * width, to = p * width * 2;
            for (nint q = 0; q < width; q += 8)
            {
                ComplexLanes x0 = ComplexLanes.Load(sr, si, from + q), x1 = ComplexLanes.Load(sr, si, from + q + step);
                (x0 + x1).Store(tr, ti, to + q);
                Turn(x0 - x1, twiddles).Store(tr, ti, to + q + width);
            }

            twiddles += 2;
        }
    }

    /// <summary>
    /// The last pass over the rows, radix 8 with stride R/8; its twiddles are 1, and every row is turned by its lane
    /// twiddles W_M^(r·c) at once.
    /// </summary>
    public static void LastRows(float* sr, float* si, float* tr, float* ti, float* laneRe, float* laneIm, int rows)
    {
        nint step = rows;
        for (nint q = 0; q < step; q += 8)
        {
            ComplexLanes x0 = ComplexLanes.Load(sr, si, q), x4 = ComplexLanes.Load(sr, si, q + (4 * step));
            ComplexLanes x2 = ComplexLanes.Load(sr, si, q + (2 * step)), x6 = ComplexLanes.Load(sr, si, q + (6 * step));
            ComplexLanes s0 = x0 + x4, d0 = x0 - x4, s2 = x2 + x6, d2 = (x2 - x6).TurnedBack;
            ComplexLanes x1 = ComplexLanes.Load(sr, si, q + step), x5 = ComplexLanes.Load(sr, si, q + (5 * step));
            ComplexLanes x3 = ComplexLanes.Load(sr, si, q + (3 * step)), x7 = ComplexLanes.Load(sr, si, q + (7 * step));
            ComplexLanes s1 = x1 + x5, d1 = x1 - x5, s3 = x3 + x7, d3 = (x3 - x7).TurnedBack;
            ComplexLanes e = s0 + s2, o = s1 + s3;
            TurnRow(e + o, tr, ti, laneRe, laneIm, q);
            TurnRow(e - o, tr, ti, laneRe, laneIm, q + (4 * step));
            e = s0 - s2;
            o = (s1 - s3).TurnedBack;
            TurnRow(e + o, tr, ti, laneRe, laneIm, q + (2 * step));
            TurnRow(e - o, tr, ti, laneRe, laneIm, q + (6 * step));
            e = d0 + d2;
            o = EighthTurn(d1 + d3);
            TurnRow(e + o, tr, ti, laneRe, laneIm, q + step);
            TurnRow(e - o, tr, ti, laneRe, laneIm, q + (5 * step));
            e = d0 - d2;
            o = ThreeEighthsTurn(d1 - d3);
            TurnRow(e + o, tr, ti, laneRe, laneIm, q + (3 * step));
            TurnRow(e - o, tr, ti, laneRe, laneIm, q + (7 * step));
        }
    }

    /// <summary>
    /// The DFT over the lanes: 8 rows at a time are transposed, combined, and stored in natural order, bin r + R·k in
    /// target[r + R·k].
    /// </summary>
    [SkipLocalsInit]
    public static void Lanes(float* sr, float* si, float* tr, float* ti, int rows)
    {
        nint step = rows;
        float* re = stackalloc float[64];
        float* im = stackalloc float[64];
        for (nint r = 0; r < step; r += 8)
        {
            LanePermutations.Transpose8x8(sr + (8 * r), re);
            LanePermutations.Transpose8x8(si + (8 * r), im);
            ComplexLanes x0 = ComplexLanes.Load(re, im, 0), x4 = ComplexLanes.Load(re, im, 32);
            ComplexLanes x2 = ComplexLanes.Load(re, im, 16), x6 = ComplexLanes.Load(re, im, 48);
            ComplexLanes s0 = x0 + x4, d0 = x0 - x4, s2 = x2 + x6, d2 = (x2 - x6).TurnedBack;
            ComplexLanes x1 = ComplexLanes.Load(re, im, 8), x5 = ComplexLanes.Load(re, im, 40);
            ComplexLanes x3 = ComplexLanes.Load(re, im, 24), x7 = ComplexLanes.Load(re, im, 56);
            ComplexLanes s1 = x1 + x5, d1 = x1 - x5, s3 = x3 + x7, d3 = (x3 - x7).TurnedBack;
            ComplexLanes e = s0 + s2, o = s1 + s3;
            (e + o).Store(tr, ti, r);
            (e - o).Store(tr, ti, r + (4 * step));
            e = s0 - s2;
            o = (s1 - s3).TurnedBack;
            (e + o).Store(tr, ti, r + (2 * step));
            (e - o).Store(tr, ti, r + (6 * step));
            e = d0 + d2;
            o = EighthTurn(d1 + d3);
            (e + o).Store(tr, ti, r + step);
            (e - o).Store(tr, ti, r + (5 * step));
            e = d0 - d2;
            o = ThreeEighthsTurn(d1 - d3);
            (e + o).Store(tr, ti, r + (3 * step));
            (e - o).Store(tr, ti, r + (7 * step));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ComplexLanes Turn(ComplexLanes z, float* twiddle) =>
        z * new ComplexLanes(Vector256.Create(twiddle[0]), Vector256.Create(twiddle[1]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnRow(ComplexLanes z, float* tr, float* ti, float* laneRe, float* laneIm, nint at)
        => (z * ComplexLanes.Load(laneRe, laneIm, at)).Store(tr, ti, at);

    // W_8·z, W_8 = (1 - i)/√2
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ComplexLanes EighthTurn(ComplexLanes z) =>
        new((z.Re + z.Im) * Vector256.Create(HalfRoot), (z.Im - z.Re) * Vector256.Create(HalfRoot));

    // W_8³·z, W_8³ = (-1 - i)/√2
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ComplexLanes ThreeEighthsTurn(ComplexLanes z) =>
        new((z.Im - z.Re) * Vector256.Create(HalfRoot), (z.Re + z.Im) * Vector256.Create(-HalfRoot));
}
