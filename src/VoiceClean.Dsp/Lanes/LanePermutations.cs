using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp.Lanes;

/// <summary>
/// Moves between the lanes of vectors. They only move bits, so the AVX forms and the platform-neutral ones agree
/// exactly.
/// </summary>
internal static class LanePermutations
{
    /// <summary>The lanes in reverse order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Reverse(Vector256<float> v) =>
        Vector256.Shuffle(v, Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0));

    /// <summary>(a0 a1 … a7, b0 … b7) → even = (a0 a2 a4 a6 b0 b2 b4 b6), odd = (a1 … b7).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> Even, Vector256<float> Odd) Deinterleave(Vector256<float> a, Vector256<float> b)
    {
        Vector256<int> order = Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7);
        a = Vector256.Shuffle(a, order);
        b = Vector256.Shuffle(b, order);
        return (Vector256.Create(a.GetLower(), b.GetLower()), Vector256.Create(a.GetUpper(), b.GetUpper()));
    }

    /// <summary>The inverse of <see cref="Deinterleave"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> First, Vector256<float> Second) Interleave(
        Vector256<float> even,
        Vector256<float> odd)
    {
        Vector256<int> order = Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7);
        return (Vector256.Shuffle(Vector256.Create(even.GetLower(), odd.GetLower()), order),
                Vector256.Shuffle(Vector256.Create(even.GetUpper(), odd.GetUpper()), order));
    }

    /// <summary>
    /// Reads 8 rows of 8 at <paramref name="source"/> and writes their transpose to <paramref name="target"/> (another
    /// place).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Transpose8x8(float* source, float* target)
    {
        // Rows i and i+4 side by side first, so that the remaining two steps stay within 128-bit halves.
        (Vector256<float> a0, Vector256<float> a4) = Halves(source, 0);
        (Vector256<float> a1, Vector256<float> a5) = Halves(source, 8);
        (Vector256<float> a2, Vector256<float> a6) = Halves(source, 16);
        (Vector256<float> a3, Vector256<float> a7) = Halves(source, 24);
        Transpose4x4(a0, a1, a2, a3, target);
        Transpose4x4(a4, a5, a6, a7, target + 32);
    }

    /// <summary>Reads four successive samples of four stretches: vector i holds sample i of each, as doubles.</summary>
    /// <param name="first">The first sample of the first stretch; three more must follow, in every stretch.</param>
    /// <param name="stride">From stretch to stretch [sample].</param>
    /// <param name="s0">Sample 0 of each stretch.</param>
    /// <param name="s1">Sample 1 of each stretch.</param>
    /// <param name="s2">Sample 2 of each stretch.</param>
    /// <param name="s3">Sample 3 of each stretch.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadTransposed4x4(
        ref float first,
        nint stride,
        out Vector256<double> s0,
        out Vector256<double> s1,
        out Vector256<double> s2,
        out Vector256<double> s3)
    {
        // Two stretches side by side, so that one unpacking serves both pairs.
        Vector256<float> ac = Vector256.Create(
            Vector128.LoadUnsafe(ref first),
            Vector128.LoadUnsafe(ref Unsafe.Add(ref first, 2 * stride)));
        Vector256<float> bd = Vector256.Create(
            Vector128.LoadUnsafe(ref Unsafe.Add(ref first, stride)),
            Vector128.LoadUnsafe(ref Unsafe.Add(ref first, 3 * stride)));
        // a0 b0 a1 b1 | c0 d0 c1 d1 and a2 b2 a3 b3 | c2 d2 c3 d3
        Vector256<float> low = UnpackLow(ac, bd), high = UnpackHigh(ac, bd);
        Vector128<float> ab0 = low.GetLower(), cd0 = low.GetUpper(), ab2 = high.GetLower(), cd2 = high.GetUpper();
        s0 = Widen(JoinLow(ab0, cd0));
        s1 = Widen(JoinHigh(ab0, cd0));
        s2 = Widen(JoinLow(ab2, cd2));
        s3 = Widen(JoinHigh(ab2, cd2));
    }

    // a0 a1 b0 b1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> JoinLow(Vector128<float> a, Vector128<float> b)
        => Sse.IsSupported ? Sse.Shuffle(a, b, 0x44) : Vector128.Create(a[0], a[1], b[0], b[1]);

    // a2 a3 b2 b3
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> JoinHigh(Vector128<float> a, Vector128<float> b)
        => Sse.IsSupported ? Sse.Shuffle(a, b, 0xEE) : Vector128.Create(a[2], a[3], b[2], b[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Widen(Vector128<float> v) => Vector256.WidenLower(v.ToVector256Unsafe());

    /// <summary>The inverse of <see cref="LoadTransposed4x4"/>; rounds to float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreTransposed4x4(
        Vector256<double> s0,
        Vector256<double> s1,
        Vector256<double> s2,
        Vector256<double> s3,
        ref float first,
        nint stride)
    {
        // Samples 0 and 2 (1 and 3) side by side: a0 b0 c0 d0 | a2 b2 c2 d2
        Vector256<float> even = Vector256.Create(Narrow(s0), Narrow(s2)),
            odd = Vector256.Create(Narrow(s1), Narrow(s3));
        // a0 a1 b0 b1 | a2 a3 b2 b3 and the same of c, d
        Vector256<float> ab = UnpackLow(even, odd), cd = UnpackHigh(even, odd);
        JoinLow(ab.GetLower(), ab.GetUpper()).StoreUnsafe(ref first);
        JoinHigh(ab.GetLower(), ab.GetUpper()).StoreUnsafe(ref Unsafe.Add(ref first, stride));
        JoinLow(cd.GetLower(), cd.GetUpper()).StoreUnsafe(ref Unsafe.Add(ref first, 2 * stride));
        JoinHigh(cd.GetLower(), cd.GetUpper()).StoreUnsafe(ref Unsafe.Add(ref first, 3 * stride));
    }

    /// <summary>(x0 + x1) + (x2 + x3) of four vectors, rounded to float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SumLanes(
        Vector256<double> a,
        Vector256<double> b,
        Vector256<double> c,
        Vector256<double> d)
    {
        // a0+a1 b0+b1 a2+a3 b2+b3
        Vector256<double> ab = UnpackLow(a, b) + UnpackHigh(a, b), cd = UnpackLow(c, d) + UnpackHigh(c, d);
        return Narrow(Vector256.Create(ab.GetLower() + ab.GetUpper(), cd.GetLower() + cd.GetUpper()));
    }

    /// <summary>
    /// ((x0 + x1) + (x2 + x3)) + ((x4 + x5) + (x6 + x7)) of eight vectors: the bits of <see
    /// cref="Vector256.Sum{T}(Vector256{T})"/> of each.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SumLanes(
        Vector256<float> a,
        Vector256<float> b,
        Vector256<float> c,
        Vector256<float> d,
        Vector256<float> e,
        Vector256<float> f,
        Vector256<float> g,
        Vector256<float> h)
    {
        // (a0+a1)+(a2+a3) and the same of b, c, d | (a4+a5)+(a6+a7) …
        Vector256<float> abcd = SumPairs(SumPairs(a, b), SumPairs(c, d)),
            efgh = SumPairs(SumPairs(e, f), SumPairs(g, h));
        return Vector256.Create(abcd.GetLower(), efgh.GetLower()) + Vector256.Create(abcd.GetUpper(), efgh.GetUpper());
    }

    // a0+a1 a2+a3 b0+b1 b2+b3 in each half
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> SumPairs(Vector256<float> a, Vector256<float> b)
    {
        // a0 a2 b0 b2 and a1 a3 b1 b3
        Vector256<float> even = Avx.IsSupported
            ? Avx.Shuffle(a, b, 0x88)
            : Vector256.Create(a[0], a[2], b[0], b[2], a[4], a[6], b[4], b[6]);
        Vector256<float> odd = Avx.IsSupported
            ? Avx.Shuffle(a, b, 0xDD)
            : Vector256.Create(a[1], a[3], b[1], b[3], a[5], a[7], b[5], b[7]);
        return even + odd;
    }

    /// <summary>(a0 a1 a2 a3), (b0 b1 b2 b3) → (a0 b0 a2 b2), (a1 b1 a3 b3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<double> Even, Vector256<double> Odd) Unpack(Vector256<double> a, Vector256<double> b) =>
        (UnpackLow(a, b), UnpackHigh(a, b));

    // a0 b0 a2 b2
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> UnpackLow(Vector256<double> a, Vector256<double> b)
        => Avx.IsSupported ? Avx.UnpackLow(a, b) : Vector256.Create(a[0], b[0], a[2], b[2]);

    // a1 b1 a3 b3
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> UnpackHigh(Vector256<double> a, Vector256<double> b)
        => Avx.IsSupported ? Avx.UnpackHigh(a, b) : Vector256.Create(a[1], b[1], a[3], b[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Narrow(Vector256<double> v) =>
        Avx.IsSupported
            ? Avx.ConvertToVector128Single(v)
            : Vector128.Create((float)v[0], (float)v[1], (float)v[2], (float)v[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe (Vector256<float> Left, Vector256<float> Right) Halves(float* source, int at)
        => (Vector256.Create(Vector128.Load(source + at), Vector128.Load(source + at + 32)),
            Vector256.Create(Vector128.Load(source + at + 4), Vector128.Load(source + at + 36)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Transpose4x4(
        Vector256<float> a,
        Vector256<float> b,
        Vector256<float> c,
        Vector256<float> d,
        float* target)
    {
        Vector256<float> ab0 = UnpackLow(a, b), ab1 = UnpackHigh(a, b), cd0 = UnpackLow(c, d), cd1 = UnpackHigh(c, d);
        JoinLow(ab0, cd0).Store(target);
        JoinHigh(ab0, cd0).Store(target + 8);
        JoinLow(ab1, cd1).Store(target + 16);
        JoinHigh(ab1, cd1).Store(target + 24);
    }

    // a0 b0 a1 b1 in each half
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> UnpackLow(Vector256<float> a, Vector256<float> b)
        => Avx.IsSupported ? Avx.UnpackLow(a, b) : Vector256.Create(a[0], b[0], a[1], b[1], a[4], b[4], a[5], b[5]);

    // a2 b2 a3 b3 in each half
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> UnpackHigh(Vector256<float> a, Vector256<float> b)
        => Avx.IsSupported ? Avx.UnpackHigh(a, b) : Vector256.Create(a[2], b[2], a[3], b[3], a[6], b[6], a[7], b[7]);

    // a0 a1 b0 b1 in each half
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> JoinLow(Vector256<float> a, Vector256<float> b)
        => Avx.IsSupported ? Avx.Shuffle(a, b, 0x44) : Vector256.Create(a[0], a[1], b[0], b[1], a[4], a[5], b[4], b[5]);

    // a2 a3 b2 b3 in each half
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> JoinHigh(Vector256<float> a, Vector256<float> b)
        => Avx.IsSupported ? Avx.Shuffle(a, b, 0xEE) : Vector256.Create(a[2], a[3], b[2], b[3], a[6], a[7], b[6], b[7]);
}
