using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp.Lanes;

/// <summary>
/// Logarithms and powers of eight floats at once, by minimax polynomials in multiplications and additions (fused,
/// rounded once): the same bits with and without AVX2. Coefficients: Lawson's iteratively reweighted least squares on
/// 2001 points, relative error as weight; the errors named include rounding.
/// </summary>
internal static class VectorMath
{
    /// <summary>
    /// 2^x, relative error below 1.5e-7 (two units in the last place). x is held within -126 … 127.49, so that neither
    /// zero, subnormal numbers nor infinity come out.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp2(Vector256<float> x)
    {
        x = Vector256.MaxNative(Vector256.MinNative(x, Vector256.Create(127.49f)), Vector256.Create(-126f));
        // Adding 1.5·2^23 rounds to the nearest integer and leaves it in the low bits.
        Vector256<float> magic = Vector256.Create(12582912f);
        Vector256<float> shifted = x + magic;
        Vector256<int> exponent = shifted.AsInt32() - magic.AsInt32();
        Vector256<float> f = x - (shifted - magic);
        // 2^f = 1 + f·p(f) on [-1/2, 1/2], approximation error 2.0e-9
        Vector256<float> p = Vector256.Create(0.00015353362f);
        p = Vector256.FusedMultiplyAdd(p, f, Vector256.Create(0.0013398875f));
        p = Vector256.FusedMultiplyAdd(p, f, Vector256.Create(0.009618437f));
        p = Vector256.FusedMultiplyAdd(p, f, Vector256.Create(0.055503324f));
        p = Vector256.FusedMultiplyAdd(p, f, Vector256.Create(0.24022648f));
        p = Vector256.FusedMultiplyAdd(p, f, Vector256.Create(0.6931472f));
        p = Vector256.FusedMultiplyAdd(p, f, Vector256<float>.One);
        return (p.AsInt32() + Vector256.ShiftLeft(exponent, 23)).AsSingle();
    }

    /// <summary>
    /// log2(x), error below 2e-7·max(1, |log2 x|). x below 1.18e-38 (the smallest normal number; zero and negative ones
    /// too) counts as that, so the least result is -126; x must be finite.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log2(Vector256<float> x)
    {
        x = Vector256.MaxNative(x, Vector256.Create(1.17549435e-38f));
        // x = 2^e·m with m in [√½, √2): subtracting the bits of √½ makes the exponent field count from there.
        Vector256<int> bits = x.AsInt32() - Vector256.Create(0x3F3504F3);
        Vector256<float> e = Vector256.ConvertToSingle(Vector256.ShiftRightArithmetic(bits, 23));
        Vector256<float> m = ((bits & Vector256.Create(0x007FFFFF)) + Vector256.Create(0x3F3504F3)).AsSingle();
        // log2(m) = s·p(s²), s = (m-1)/(m+1), approximation error 6.9e-10
        Vector256<float> s = (m - Vector256<float>.One) / (m + Vector256<float>.One);
        Vector256<float> z = s * s;
        Vector256<float> p = Vector256.Create(0.43173757f);
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(0.57671433f));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(0.96179885f));
        p = Vector256.FusedMultiplyAdd(p, z, Vector256.Create(2.88539008f));
        return Vector256.FusedMultiplyAdd(s, p, e);
    }

    /// <summary>
    /// log10(x) = log2(x)·log10(2), error below 1.2e-7·max(1, |log2 x|); bounds as for <see cref="Log2"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log10(Vector256<float> x) => Log2(x) * Vector256.Create(0.30102999566f);

    /// <summary>e^x = 2^(x·log2 e), relative error below 1.5e-7 + 1e-7·|x|; bounds as for <see cref="Exp2"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x) => Exp2(x * Vector256.Create(1.44269504089f));

    /// <summary>ln(x) = log2(x)·ln 2, error below 2e-7·max(1, |ln x|); bounds as for <see cref="Log2"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x) => Log2(x) * Vector256.Create(0.69314718056f);
}
