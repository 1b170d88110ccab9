using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Dsp.Filters;

/// <summary>The state of a second-order section in transposed direct form II.</summary>
/// <param name="S1">What the next output is waiting for.</param>
/// <param name="S2">What the one after it is waiting for.</param>
internal readonly record struct SectionState(double S1, double S2);

/// <summary>
/// A second-order section on eight stretches of one recording at once, in two groups of four lanes: while one waits for
/// its recursion the other works.
/// </summary>
internal struct SectionLanes
{
    /// <summary>Stretches that run at once.</summary>
    public const int Count = 8;

    private Vector256<double> _lowS1, _lowS2, _highS1, _highS2;

    /// <summary>The state of one stretch.</summary>
    /// <param name="lane">0 to 7.</param>
    public SectionState this[int lane]
    {
        readonly get =>
            lane < 4
                ? new SectionState(_lowS1[lane], _lowS2[lane])
                : new SectionState(_highS1[lane - 4], _highS2[lane - 4]);
        set
        {
            if (lane < 4)
            {
                (_lowS1, _lowS2) = (_lowS1.WithElement(lane, value.S1), _lowS2.WithElement(lane, value.S2));
            }
            else
            {
                (_highS1, _highS2) = (_highS1.WithElement(lane - 4, value.S1), _highS2.WithElement(lane - 4, value.S2));
            }
        }
    }

    /// <summary>Filters eight stretches in place, from their beginnings on.</summary>
    /// <param name="samples">The first sample of the first stretch.</param>
    /// <param name="stride">From stretch to stretch [sample].</param>
    /// <param name="count">Length of a stretch [sample], a multiple of 4.</param>
    /// <param name="offset">Taken off every sample first.</param>
    /// <param name="c">Of a stable filter.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void RunForward(
        ref float samples,
        nint stride,
        int count,
        float offset,
        BiquadCoefficients c)
    {
        ref float others = ref Unsafe.Add(ref samples, 4 * stride);
        Vector256<double> o = Vector256.Create((double)offset),
            a1 = _lowS1,
            a2 = _lowS2,
            b1 = _highS1,
            b2 = _highS2;
        for (nint i = 0; i < count; i += 4)
        {
            LanePermutations.LoadTransposed4x4(
                ref Unsafe.Add(ref samples, i),
                stride,
                out Vector256<double> x0,
                out Vector256<double> x1,
                out Vector256<double> x2,
                out Vector256<double> x3);
            x0 = Step(x0 - o, ref a1, ref a2, c);
            x1 = Step(x1 - o, ref a1, ref a2, c);
            x2 = Step(x2 - o, ref a1, ref a2, c);
            x3 = Step(x3 - o, ref a1, ref a2, c);
            LanePermutations.StoreTransposed4x4(x0, x1, x2, x3, ref Unsafe.Add(ref samples, i), stride);
            LanePermutations.LoadTransposed4x4(ref Unsafe.Add(ref others, i), stride, out x0, out x1, out x2, out x3);
            x0 = Step(x0 - o, ref b1, ref b2, c);
            x1 = Step(x1 - o, ref b1, ref b2, c);
            x2 = Step(x2 - o, ref b1, ref b2, c);
            x3 = Step(x3 - o, ref b1, ref b2, c);
            LanePermutations.StoreTransposed4x4(x0, x1, x2, x3, ref Unsafe.Add(ref others, i), stride);
        }

        (_lowS1, _lowS2) = (Denormals.Flush(a1), Denormals.Flush(a2));
        (_highS1, _highS2) = (Denormals.Flush(b1), Denormals.Flush(b2));
    }

    /// <summary>Filters eight stretches in place, from their ends back.</summary>
    /// <param name="samples">The first sample of the first stretch.</param>
    /// <param name="stride">From stretch to stretch [sample].</param>
    /// <param name="count">Length of a stretch [sample], a multiple of 4.</param>
    /// <param name="c">Of a stable filter.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void RunBackward(
        ref float samples,
        nint stride,
        int count,
        BiquadCoefficients c)
    {
        ref float others = ref Unsafe.Add(ref samples, 4 * stride);
        Vector256<double> a1 = _lowS1, a2 = _lowS2, b1 = _highS1, b2 = _highS2;
        for (nint i = count - 4; i >= 0; i -= 4)
        {
            LanePermutations.LoadTransposed4x4(
                ref Unsafe.Add(ref samples, i),
                stride,
                out Vector256<double> x0,
                out Vector256<double> x1,
                out Vector256<double> x2,
                out Vector256<double> x3);
            x3 = Step(x3, ref a1, ref a2, c);
            x2 = Step(x2, ref a1, ref a2, c);
            x1 = Step(x1, ref a1, ref a2, c);
            x0 = Step(x0, ref a1, ref a2, c);
            LanePermutations.StoreTransposed4x4(x0, x1, x2, x3, ref Unsafe.Add(ref samples, i), stride);
            LanePermutations.LoadTransposed4x4(ref Unsafe.Add(ref others, i), stride, out x0, out x1, out x2, out x3);
            x3 = Step(x3, ref b1, ref b2, c);
            x2 = Step(x2, ref b1, ref b2, c);
            x1 = Step(x1, ref b1, ref b2, c);
            x0 = Step(x0, ref b1, ref b2, c);
            LanePermutations.StoreTransposed4x4(x0, x1, x2, x3, ref Unsafe.Add(ref others, i), stride);
        }

        (_lowS1, _lowS2) = (Denormals.Flush(a1), Denormals.Flush(a2));
        (_highS1, _highS2) = (Denormals.Flush(b1), Denormals.Flush(b2));
    }

    // Transposed direct form II; what does not wait for y is added first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Step(
        Vector256<double> x,
        ref Vector256<double> s1,
        ref Vector256<double> s2,
        in BiquadCoefficients c)
    {
        Vector256<double> y = Vector256.FusedMultiplyAdd(Vector256.Create(c.B0), x, s1);
        s1 = Vector256.FusedMultiplyAdd(
            Vector256.Create(-c.A1),
            y,
            Vector256.FusedMultiplyAdd(Vector256.Create(c.B1), x, s2));
        s2 = Vector256.FusedMultiplyAdd(Vector256.Create(-c.A2), y, Vector256.Create(c.B2) * x);
        return y;
    }
}
