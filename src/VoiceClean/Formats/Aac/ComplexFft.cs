using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Formats.Aac;

/// <summary>
/// A complex Fourier transform in place, of a power of two from 16 on, by radix 4 in the order of Stockham, with real
/// and imaginary parts apart. Source: C. Van Loan, "Computational Frameworks for the Fast Fourier Transform" (1992),
/// §1.7.
/// </summary>
internal sealed class ComplexFft
{
    private readonly int _length;
    private readonly float[][] _twiddles;      // [pass][(n/4) (2 k − 2 …) + p]: cosine and sine of k p, k = 1, 2, 3

    /// <param name="length">[value], a power of two, at least 32, whose passes (of four, and one of two at last) are an
    /// odd number.</param>
    public ComplexFft(int length)
    {
        _length = length;
        var passes = new List<float[]>();
        for (int n = length; n >= 4; n /= 4)
        {
            int quarter = n / 4;
            float[] pass = new float[6 * quarter];
            for (int p = 0; p < quarter; p++)
            {
                for (int k = 1; k <= 3; k++)
                {
                    (double sine, double cosine) = Math.SinCos(-2 * Math.PI * k * p / n);
                    pass[((2 * k - 2) * quarter) + p] = (float)cosine;
                    pass[((2 * k - 1) * quarter) + p] = (float)sine;
                }
            }

            passes.Add(pass);
        }

        _twiddles = [.. passes];
    }

    /// <summary>Transforms forward (exponent −2πi), unscaled.</summary>
    /// <param name="re">Real parts; used as working space.</param>
    /// <param name="im">Imaginary parts; used as working space.</param>
    /// <param name="resultRe">Receives the real parts.</param>
    /// <param name="resultIm">Receives the imaginary parts.</param>
    public void Transform(Span<float> re, Span<float> im, Span<float> resultRe, Span<float> resultIm)
    {
        Span<float> fromRe = re[.._length], fromIm = im[.._length];
        Span<float> toRe = resultRe[.._length], toIm = resultIm[.._length];
        int n = _length, stride = 1;
        foreach (float[] pass in _twiddles)
        {
            if (stride == 1)
            {
                FirstPass(fromRe, fromIm, toRe, toIm, n / 4, pass);
            }
            else
            {
                LaterPass(fromRe, fromIm, toRe, toIm, n / 4, stride, pass);
            }

            Span<float> swapRe = fromRe, swapIm = fromIm;
            fromRe = toRe;
            fromIm = toIm;
            toRe = swapRe;
            toIm = swapIm;
            n /= 4;
            stride *= 4;
        }

        if (n == 2)
        {
            PassOfTwo(fromRe, toRe, stride);
            PassOfTwo(fromIm, toIm, stride);
        }
    }

    private static void PassOfTwo(ReadOnlySpan<float> from, Span<float> to, int stride)
    {
        for (int q = 0; q < stride; q += 8)
        {
            Vector256<float> a = Load(from, q), b = Load(from, q + stride);
            (a + b).CopyTo(to[q..]);
            (a - b).CopyTo(to[(q + stride)..]);
        }
    }

    /// <summary>Butterflies of eight places at a time; the four results of a place are neighbours.</summary>
    private static void FirstPass(
        ReadOnlySpan<float> fromRe,
        ReadOnlySpan<float> fromIm,
        Span<float> toRe,
        Span<float> toIm,
        int quarter,
        ReadOnlySpan<float> w)
    {
        for (int p = 0; p < quarter; p += 8)
        {
            Vector256<float> ar = Load(fromRe, p), ai = Load(fromIm, p);
            Vector256<float> br = Load(fromRe, p + quarter), bi = Load(fromIm, p + quarter);
            Vector256<float> cr = Load(fromRe, p + 2 * quarter), ci = Load(fromIm, p + 2 * quarter);
            Vector256<float> dr = Load(fromRe, p + 3 * quarter), di = Load(fromIm, p + 3 * quarter);
            Vector256<float> sumR = ar + cr, sumI = ai + ci, difR = ar - cr, difI = ai - ci;
            Vector256<float> evenR = br + dr, evenI = bi + di, oddR = bi - di, oddI = dr - br;
            (ar, ai) = (sumR + evenR, sumI + evenI);
            (br, bi) = Turned(difR + oddR, difI + oddI, Load(w, p), Load(w, p + quarter));
            (cr, ci) = Turned(sumR - evenR, sumI - evenI, Load(w, p + 2 * quarter), Load(w, p + 3 * quarter));
            (dr, di) = Turned(difR - oddR, difI - oddI, Load(w, p + 4 * quarter), Load(w, p + 5 * quarter));
            StoreSideBySide(ar, br, cr, dr, toRe[(4 * p)..]);
            StoreSideBySide(ai, bi, ci, di, toIm[(4 * p)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreSideBySide(
        Vector256<float> a,
        Vector256<float> b,
        Vector256<float> c,
        Vector256<float> d,
        Span<float> target)
    {
        (Vector256<float> ac0, Vector256<float> ac4) = LanePermutations.Interleave(a, c);
        (Vector256<float> bd0, Vector256<float> bd4) = LanePermutations.Interleave(b, d);
        (a, b) = LanePermutations.Interleave(ac0, bd0);
        (c, d) = LanePermutations.Interleave(ac4, bd4);
        target = target[..32];
        a.CopyTo(target);
        b.CopyTo(target[8..]);
        c.CopyTo(target[16..]);
        d.CopyTo(target[24..]);
    }

    /// <summary>Butterflies on <paramref name="stride"/> neighbours, four or a multiple of eight.</summary>
    private static void LaterPass(
        ReadOnlySpan<float> fromRe,
        ReadOnlySpan<float> fromIm,
        Span<float> toRe,
        Span<float> toIm,
        int quarter,
        int stride,
        ReadOnlySpan<float> w)
    {
        for (int p = 0; p < quarter; p++)
        {
            var turn = new Turns(w, p, quarter);
            int at = p * stride, target = 4 * at;
            if (stride == 4)
            {
                Four(fromRe, fromIm, toRe, toIm, at, target, quarter * stride, turn);
                continue;
            }

            for (int q = 0; q < stride; q += 8)
            {
                Eight(fromRe, fromIm, toRe, toIm, at + q, target + q, stride, quarter * stride, turn);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(
        ReadOnlySpan<float> fromRe,
        ReadOnlySpan<float> fromIm,
        Span<float> toRe,
        Span<float> toIm,
        int at,
        int target,
        int stride,
        int quarter,
        in Turns w)
    {
        Vector256<float> ar = Load(fromRe, at), ai = Load(fromIm, at);
        Vector256<float> br = Load(fromRe, at + quarter), bi = Load(fromIm, at + quarter);
        Vector256<float> cr = Load(fromRe, at + 2 * quarter), ci = Load(fromIm, at + 2 * quarter);
        Vector256<float> dr = Load(fromRe, at + 3 * quarter), di = Load(fromIm, at + 3 * quarter);
        Vector256<float> sumR = ar + cr, sumI = ai + ci, difR = ar - cr, difI = ai - ci;
        Vector256<float> evenR = br + dr, evenI = bi + di, oddR = bi - di, oddI = dr - br;
        (sumR + evenR).CopyTo(toRe[target..]);
        (sumI + evenI).CopyTo(toIm[target..]);
        (br, bi) = Turned(difR + oddR, difI + oddI, Vector256.Create(w.C1), Vector256.Create(w.S1));
        (cr, ci) = Turned(sumR - evenR, sumI - evenI, Vector256.Create(w.C2), Vector256.Create(w.S2));
        (dr, di) = Turned(difR - oddR, difI - oddI, Vector256.Create(w.C3), Vector256.Create(w.S3));
        br.CopyTo(toRe[(target + stride)..]);
        bi.CopyTo(toIm[(target + stride)..]);
        cr.CopyTo(toRe[(target + 2 * stride)..]);
        ci.CopyTo(toIm[(target + 2 * stride)..]);
        dr.CopyTo(toRe[(target + 3 * stride)..]);
        di.CopyTo(toIm[(target + 3 * stride)..]);
    }

    // The four neighbours of each result lie behind those of the one before.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(
        ReadOnlySpan<float> fromRe,
        ReadOnlySpan<float> fromIm,
        Span<float> toRe,
        Span<float> toIm,
        int at,
        int target,
        int quarter,
        in Turns w)
    {
        Vector128<float> ar = Load4(fromRe, at), ai = Load4(fromIm, at);
        Vector128<float> br = Load4(fromRe, at + quarter), bi = Load4(fromIm, at + quarter);
        Vector128<float> cr = Load4(fromRe, at + 2 * quarter), ci = Load4(fromIm, at + 2 * quarter);
        Vector128<float> dr = Load4(fromRe, at + 3 * quarter), di = Load4(fromIm, at + 3 * quarter);
        Vector128<float> sumR = ar + cr, sumI = ai + ci, difR = ar - cr, difI = ai - ci;
        Vector128<float> evenR = br + dr, evenI = bi + di, oddR = bi - di, oddI = dr - br;
        (Vector256<float> bcr, Vector256<float> bci) = Turned(
            Vector256.Create(difR + oddR, sumR - evenR),
            Vector256.Create(difI + oddI, sumI - evenI),
            Vector256.Create(Vector128.Create(w.C1), Vector128.Create(w.C2)),
            Vector256.Create(Vector128.Create(w.S1), Vector128.Create(w.S2)));
        (difR, difI) = (difR - oddR, difI - oddI);
        (sumR + evenR).CopyTo(toRe[target..]);
        (sumI + evenI).CopyTo(toIm[target..]);
        bcr.CopyTo(toRe[(target + 4)..]);
        bci.CopyTo(toIm[(target + 4)..]);
        (difR * w.C3 - difI * w.S3).CopyTo(toRe[(target + 12)..]);
        (difR * w.S3 + difI * w.C3).CopyTo(toIm[(target + 12)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Re, Vector256<float> Im) Turned(
        Vector256<float> re,
        Vector256<float> im,
        Vector256<float> cosine,
        Vector256<float> sine) => (re * cosine - im * sine, re * sine + im * cosine);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ReadOnlySpan<float> from, int at) => Vector256.Create(from.Slice(at, 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Load4(ReadOnlySpan<float> from, int at) => Vector128.Create(from.Slice(at, 4));

    /// <summary>Cosines and sines of a place of a pass.</summary>
    private readonly ref struct Turns(ReadOnlySpan<float> w, int p, int quarter)
    {
        public readonly float C1 = w[p], S1 = w[p + quarter], C2 = w[p + (2 * quarter)], S2 = w[p + (3 * quarter)],
            C3 = w[p + (4 * quarter)], S3 = w[p + (5 * quarter)];
    }
}
