using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Dsp.Fourier;

/// <summary>
/// What turns a complex transform of M = N/2 points into a real one of N, and transforms too small for vectors.
/// </summary>
internal static unsafe class RealFftSteps
{
    /// <summary>z[n] = x[2n] + i·x[2n+1], x = time · window; a window of null is 1.</summary>
    public static void Deinterleave(float* time, float* window, float* re, float* im, int points)
    {
        if (window is not null)
        {
            for (nint n = 0; n < points; n += 8)
            {
                (Vector256<float> even, Vector256<float> odd) = LanePermutations.Deinterleave(
                    Vector256.Load(time + (2 * n)) * Vector256.Load(window + (2 * n)),
                    Vector256.Load(time + (2 * n) + 8) * Vector256.Load(window + (2 * n) + 8));
                even.Store(re + n);
                odd.Store(im + n);
            }

            return;
        }

        for (nint n = 0; n < points; n += 8)
        {
            (Vector256<float> even, Vector256<float> odd) = LanePermutations.Deinterleave(
                Vector256.Load(time + (2 * n)),
                Vector256.Load(time + (2 * n) + 8));
            even.Store(re + n);
            odd.Store(im + n);
        }
    }

    /// <summary>x[2n] = scale·re[n], x[2n+1] = scale·im[n].</summary>
    public static void Interleave(float* re, float* im, float* time, int points, float scale)
    {
        Vector256<float> gain = Vector256.Create(scale);
        for (nint n = 0; n < points; n += 8)
        {
            (Vector256<float> first, Vector256<float> second) = LanePermutations.Interleave(
                Vector256.Load(re + n) * gain,
                Vector256.Load(im + n) * gain);
            first.Store(time + (2 * n));
            second.Store(time + (2 * n) + 8);
        }
    }

    /// <summary>
    /// In place: E = (Z[k] + Z*[M-k])/2, O = (Z[k] - Z*[M-k])/2i, X[k] = E + W^k·O, X[M-k] = (E - W^k·O)*, from the
    /// outside inwards; k = M/2 meets itself and is written twice with the same value.
    /// </summary>
    public static void Split(float* re, float* im, float* wr, float* wi, int points)
    {
        float first = re[0], second = im[0];
        Vector256<float> half = Vector256.Create(0.5f);
        for (nint k = 1, j = points - 8; k <= points / 2; k += 8, j -= 8)
        {
            Vector256<float> ar = Vector256.Load(re + k),
                ai = Vector256.Load(im + k);
            Vector256<float> br = LanePermutations.Reverse(Vector256.Load(re + j)),
                bi = LanePermutations.Reverse(Vector256.Load(im + j));
            Vector256<float> er = (ar + br) * half,
                ei = (ai - bi) * half,
                or = (ai + bi) * half,
                oi = (br - ar) * half;
            Vector256<float> c = Vector256.Load(wr + k - 1),
                s = Vector256.Load(wi + k - 1);
            Vector256<float> tr = Vector256.FusedMultiplyAdd(or, c, -(oi * s)),
                ti = Vector256.FusedMultiplyAdd(or, s, oi * c);
            LanePermutations.Reverse(er - tr).Store(re + j);
            LanePermutations.Reverse(ti - ei).Store(im + j);
            (er + tr).Store(re + k);
            (ei + ti).Store(im + k);
        }

        re[0] = first + second;
        im[0] = 0;
        re[points] = first - second;
        im[points] = 0;
    }

    /// <summary>
    /// The inverse of <see cref="Split"/> into other buffers: E = (X[k] + X*[M-k])/2, O = W^-k·(X[k] - X*[M-k])/2, Z[k]
    /// = E + i·O, Z[M-k] = E* + i·O*.
    /// </summary>
    public static void Join(float* re, float* im, float* zr, float* zi, float* wr, float* wi, int points)
    {
        Vector256<float> half = Vector256.Create(0.5f);
        for (nint k = 1, j = points - 8; k <= points / 2; k += 8, j -= 8)
        {
            Vector256<float> ar = Vector256.Load(re + k),
                ai = Vector256.Load(im + k);
            Vector256<float> br = LanePermutations.Reverse(Vector256.Load(re + j)),
                bi = LanePermutations.Reverse(Vector256.Load(im + j));
            Vector256<float> er = (ar + br) * half,
                ei = (ai - bi) * half,
                dr = (ar - br) * half,
                di = (ai + bi) * half;
            Vector256<float> c = Vector256.Load(wr + k - 1),
                s = Vector256.Load(wi + k - 1);
            Vector256<float> or = Vector256.FusedMultiplyAdd(dr, c, di * s),
                oi = Vector256.FusedMultiplyAdd(di, c, -(dr * s));
            LanePermutations.Reverse(er + oi).Store(zr + j);
            LanePermutations.Reverse(or - ei).Store(zi + j);
            (er - oi).Store(zr + k);
            (ei + or).Store(zi + k);
        }

        zr[0] = (re[0] + re[points]) * 0.5f;
        zi[0] = (re[0] - re[points]) * 0.5f;
    }

    /// <summary>A complex DFT of 16 or 32 points by its definition, summed in double.</summary>
    public static void SmallTransform(float* sr, float* si, float* tr, float* ti, int points)
    {
        double* cos = stackalloc double[32];
        double* sin = stackalloc double[32];
        double* re = stackalloc double[32];
        double* im = stackalloc double[32];
        for (int k = 0; k < points; k++)
        {
            (sin[k], cos[k]) = Math.SinCos(2 * Math.PI * k / points);
            (re[k], im[k]) = (sr[k], si[k]);
        }

        for (int k = 0; k < points; k++)
        {
            double sumRe = 0, sumIm = 0;
            for (int n = 0; n < points; n++)
            {
                int turn = k * n & (points - 1);
                sumRe += (re[n] * cos[turn]) + (im[n] * sin[turn]);
                sumIm += (im[n] * cos[turn]) - (re[n] * sin[turn]);
            }

            (tr[k], ti[k]) = ((float)sumRe, (float)sumIm);
        }
    }
}
