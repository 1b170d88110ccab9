using System.Runtime.Intrinsics;

namespace VoiceClean.Formats.Aac;

/// <summary>
/// A complex Fourier transform in place, of a power of two from 16 on, by radix 4 in the order of Stockham, with real
/// and imaginary parts apart. Source: C. Van Loan, "Computational Frameworks for the Fast Fourier Transform" (1992),
/// §1.7.
/// </summary>
internal sealed class ComplexFft
{
    private readonly int _length;
    private readonly float[][] _twiddles;      // [pass][6 p + …]: cosine and sine of p, 2p, 3p
    private readonly float[] _re, _im;

    /// <param name="length">[value], a power of two, at least 16.</param>
    public ComplexFft(int length)
    {
        _length = length;
        _re = new float[length];
        _im = new float[length];
        var passes = new List<float[]>();
        for (int n = length; n >= 4; n /= 4)
        {
            float[] pass = new float[6 * (n / 4)];
            for (int p = 0; p < n / 4; p++)
            {
                for (int k = 1; k <= 3; k++)
                {
                    double angle = -2 * Math.PI * k * p / n;
                    pass[6 * p + 2 * k - 2] = (float)Math.Cos(angle);
                    pass[6 * p + 2 * k - 1] = (float)Math.Sin(angle);
                }
            }

            passes.Add(pass);
        }

        _twiddles = [.. passes];
    }

    /// <summary>Transforms forward (exponent −2πi), unscaled.</summary>
    public void Transform(Span<float> re, Span<float> im)
    {
        Span<float> fromRe = re[.._length], fromIm = im[.._length], toRe = _re, toIm = _im;
        int n = _length, stride = 1;
        foreach (float[] pass in _twiddles)
        {
            for (int p = 0; p < n / 4; p++)
            {
                Pass(fromRe, fromIm, toRe, toIm, p * stride, stride, n / 4 * stride, pass.AsSpan(6 * p, 6));
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
            for (int q = 0; q < stride; q++)
            {
                (float ar, float ai, float br, float bi) =
                    (fromRe[q], fromIm[q], fromRe[q + stride], fromIm[q + stride]);
                (toRe[q], toIm[q], toRe[q + stride], toIm[q + stride]) = (ar + br, ai + bi, ar - br, ai - bi);
            }

            fromRe = toRe;
            fromIm = toIm;
        }

        if (fromRe != re[.._length])
        {
            fromRe.CopyTo(re);
            fromIm.CopyTo(im);
        }
    }

    /// <summary>One butterfly on <paramref name="stride"/> neighbours.</summary>
    private static void Pass(
        ReadOnlySpan<float> fromRe,
        ReadOnlySpan<float> fromIm,
        Span<float> toRe,
        Span<float> toIm,
        int at,
        int stride,
        int quarter,
        ReadOnlySpan<float> w)
    {
        int target = 4 * at, q = 0;
        for (; q + 8 <= stride; q += 8)
        {
            Vector256<float> ar = Load(fromRe, at + q), ai = Load(fromIm, at + q);
            Vector256<float> br = Load(fromRe, at + q + quarter), bi = Load(fromIm, at + q + quarter);
            Vector256<float> cr = Load(fromRe, at + q + 2 * quarter), ci = Load(fromIm, at + q + 2 * quarter);
            Vector256<float> dr = Load(fromRe, at + q + 3 * quarter), di = Load(fromIm, at + q + 3 * quarter);
            Vector256<float> sumR = ar + cr, sumI = ai + ci, difR = ar - cr, difI = ai - ci;
            Vector256<float> evenR = br + dr, evenI = bi + di, oddR = bi - di, oddI = dr - br;
            (sumR + evenR).CopyTo(toRe[(target + q)..]);
            (sumI + evenI).CopyTo(toIm[(target + q)..]);
            Store(toRe, toIm, target + q + stride, difR + oddR, difI + oddI, w[0], w[1]);
            Store(toRe, toIm, target + q + 2 * stride, sumR - evenR, sumI - evenI, w[2], w[3]);
            Store(toRe, toIm, target + q + 3 * stride, difR - oddR, difI - oddI, w[4], w[5]);
        }

        for (; q < stride; q++)
        {
            int a = at + q;
            float ar = fromRe[a], ai = fromIm[a], br = fromRe[a + quarter], bi = fromIm[a + quarter];
            float cr = fromRe[a + 2 * quarter], ci = fromIm[a + 2 * quarter];
            float dr = fromRe[a + 3 * quarter], di = fromIm[a + 3 * quarter];
            float sumR = ar + cr, sumI = ai + ci, difR = ar - cr, difI = ai - ci;
            float evenR = br + dr, evenI = bi + di, oddR = bi - di, oddI = dr - br;
            (toRe[target + q], toIm[target + q]) = (sumR + evenR, sumI + evenI);
            Store(toRe, toIm, target + q + stride, difR + oddR, difI + oddI, w[0], w[1]);
            Store(toRe, toIm, target + q + 2 * stride, sumR - evenR, sumI - evenI, w[2], w[3]);
            Store(toRe, toIm, target + q + 3 * stride, difR - oddR, difI - oddI, w[4], w[5]);
        }
    }

    private static Vector256<float> Load(ReadOnlySpan<float> from, int at) => Vector256.Create(from.Slice(at, 8));

    private static void Store(
        Span<float> toRe,
        Span<float> toIm,
        int at,
        Vector256<float> re,
        Vector256<float> im,
        float cosine,
        float sine)
    {
        (re * cosine - im * sine).CopyTo(toRe[at..]);
        (re * sine + im * cosine).CopyTo(toIm[at..]);
    }

    private static void Store(Span<float> toRe, Span<float> toIm, int at, float re, float im, float cosine, float sine)
    {
        toRe[at] = re * cosine - im * sine;
        toIm[at] = re * sine + im * cosine;
    }
}
