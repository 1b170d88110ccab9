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
    /// Σ x[j·step + i]·h[i] for j = 0 … 3, each with the bits of <see cref="One"/>: a single sum would wait for itself.
    /// </summary>
    /// <param name="x">The factor that moves on.</param>
    /// <param name="step">By how much from one sum to the next.</param>
    /// <param name="h">The factor that stays.</param>
    /// <param name="count">A multiple of 8.</param>
    public static Vector128<float> Four(float* x, nint step, float* h, nint count)
    {
        Vector256<float> a = default, b = default, c = default, d = default;
        for (nint i = 0; i < count; i += 8)
        {
            Vector256<float> tap = Vector256.Load(h + i);
            a = Vector256.FusedMultiplyAdd(tap, Vector256.Load(x + i), a);
            b = Vector256.FusedMultiplyAdd(tap, Vector256.Load(x + step + i), b);
            c = Vector256.FusedMultiplyAdd(tap, Vector256.Load(x + (2 * step) + i), c);
            d = Vector256.FusedMultiplyAdd(tap, Vector256.Load(x + (3 * step) + i), d);
        }

        return Vector128.Create(Vector256.Sum(a), Vector256.Sum(b), Vector256.Sum(c), Vector256.Sum(d));
    }
}
