using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp.Lanes;

/// <summary>
/// Inner products in eight fixed lanes, fused and added up in a fixed order: the same bits on every processor.
/// </summary>
internal static unsafe class InnerProduct
{
    /// <summary>Σ x[i]·h[i].</summary>
    /// <param name="x">One factor.</param>
    /// <param name="h">The other.</param>
    /// <param name="count">A multiple of 8.</param>
    public static float One(float* x, float* h, nint count)
    {
        Vector256<float> sum = default;
        for (nint i = 0; i < count; i += 8)
        {
            sum = Vector256.FusedMultiplyAdd(Vector256.Load(h + i), Vector256.Load(x + i), sum);
        }

        return Vector256.Sum(sum);
    }

    /// <summary>
    /// Σ x[j·step + i]·h[i] for j = 0 … 7, each with the bits of <see cref="One"/>: a single sum would wait for itself.
    /// </summary>
    /// <param name="x">The factor that moves on.</param>
    /// <param name="step">By how much from one sum to the next.</param>
    /// <param name="h">The factor that stays.</param>
    /// <param name="count">A multiple of 8.</param>
    public static Vector256<float> Eight(float* x, nint step, float* h, nint count)
    {
        Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default;
        Vector256<float> s4 = default, s5 = default, s6 = default, s7 = default;
        float* y = x + (4 * step);
        for (nint i = 0; i < count; i += 8)
        {
            Vector256<float> tap = Vector256.Load(h + i);
            s0 = Vector256.FusedMultiplyAdd(tap, Vector256.Load(x + i), s0);
            s1 = Vector256.FusedMultiplyAdd(tap, Vector256.Load(x + step + i), s1);
            s2 = Vector256.FusedMultiplyAdd(tap, Vector256.Load(x + (2 * step) + i), s2);
            s3 = Vector256.FusedMultiplyAdd(tap, Vector256.Load(x + (3 * step) + i), s3);
            s4 = Vector256.FusedMultiplyAdd(tap, Vector256.Load(y + i), s4);
            s5 = Vector256.FusedMultiplyAdd(tap, Vector256.Load(y + step + i), s5);
            s6 = Vector256.FusedMultiplyAdd(tap, Vector256.Load(y + (2 * step) + i), s6);
            s7 = Vector256.FusedMultiplyAdd(tap, Vector256.Load(y + (3 * step) + i), s7);
        }

        return LanePermutations.SumLanes(s0, s1, s2, s3, s4, s5, s6, s7);
    }
}
