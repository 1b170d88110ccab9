using System.Runtime.Intrinsics;

namespace VoiceClean.Inspection.Removable;

/// <summary>A cosine and a sine of one frequency over one block, from phase zero. Immutable.</summary>
internal sealed class Oscillation
{
    /// <summary>Blocks that are correlated at once.</summary>
    public const int Together = 4;

    private readonly float[] _cos, _sin;

    /// <summary>Tabulates both: every 64th value by definition, those between by the sum of angles.</summary>
    /// <param name="turn">Angle from sample to sample [rad].</param>
    /// <param name="length">Length of the block [sample].</param>
    public Oscillation(double turn, int length)
    {
        (_cos, _sin) = (new float[length], new float[length]);
        const int apart = 64;
        Span<double> c = stackalloc double[apart], s = stackalloc double[apart];
        for (int n = 0; n < apart; n++)
        {
            (s[n], c[n]) = Math.SinCos(turn * n);
        }

        for (int start = 0; start < length; start += apart)
        {
            (double s0, double c0) = Math.SinCos(turn * start);
            int count = Math.Min(apart, length - start), n = 0;
            for (; n <= count - 8; n += 8)
            {
                (Vector256<double> s1, Vector256<double> c1) = Sum(s0, c0, s[n..], c[n..]);
                (Vector256<double> s2, Vector256<double> c2) = Sum(s0, c0, s[(n + 4)..], c[(n + 4)..]);
                Vector256.Narrow(c1, c2).CopyTo(_cos, start + n);
                Vector256.Narrow(s1, s2).CopyTo(_sin, start + n);
            }

            for (; n < count; n++)
            {
                _cos[start + n] = (float)((c0 * c[n]) - (s0 * s[n]));
                _sin[start + n] = (float)((s0 * c[n]) + (c0 * s[n]));
            }
        }
    }

    private static (Vector256<double> Sin, Vector256<double> Cos) Sum(
        double sin,
        double cos,
        ReadOnlySpan<double> s,
        ReadOnlySpan<double> c)
    {
        (Vector256<double> vs, Vector256<double> vc) = (Vector256.Create(s), Vector256.Create(c));
        return ((sin * vc) + (cos * vs), (cos * vc) - (sin * vs));
    }

    /// <summary>
    /// (Σ x·cos, Σ x·sin) of one block or of four, each in eight fixed lanes. Four side by side, because one alone
    /// waits for its own additions and for the tables.
    /// </summary>
    /// <param name="x">Four blocks one after the other, or one, which may be shorter.</param>
    /// <param name="sums">Receives a pair per block.</param>
    public void Correlate(ReadOnlySpan<float> x, Span<(double Re, double Im)> sums)
    {
        if (sums.Length == Together)
        {
            CorrelateFour(x, sums);
            return;
        }

        Vector256<float> re = default, im = default;
        int i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            Vector256<float> v = Vector256.Create(x.Slice(i, 8));
            re += v * Vector256.Create(_cos, i);
            im += v * Vector256.Create(_sin, i);
        }

        sums[0] = (Sum(re, x, _cos, i), Sum(im, x, _sin, i));
    }

    private void CorrelateFour(ReadOnlySpan<float> x, Span<(double Re, double Im)> sums)
    {
        int length = _cos.Length;
        ReadOnlySpan<float> a = x[..length], b = x.Slice(length, length), c = x.Slice(2 * length, length),
            d = x.Slice(3 * length, length);
        Vector256<float> reA = default, imA = default, reB = default, imB = default, reC = default, imC = default,
            reD = default, imD = default;
        int i = 0;
        for (; i <= length - 8; i += 8)
        {
            Vector256<float> cos = Vector256.Create(_cos, i), sin = Vector256.Create(_sin, i);
            Vector256<float> va = Vector256.Create(a.Slice(i, 8)), vb = Vector256.Create(b.Slice(i, 8));
            reA += va * cos;
            imA += va * sin;
            reB += vb * cos;
            imB += vb * sin;
            Vector256<float> vc = Vector256.Create(c.Slice(i, 8)), vd = Vector256.Create(d.Slice(i, 8));
            reC += vc * cos;
            imC += vc * sin;
            reD += vd * cos;
            imD += vd * sin;
        }

        sums[0] = (Sum(reA, a, _cos, i), Sum(imA, a, _sin, i));
        sums[1] = (Sum(reB, b, _cos, i), Sum(imB, b, _sin, i));
        sums[2] = (Sum(reC, c, _cos, i), Sum(imC, c, _sin, i));
        sums[3] = (Sum(reD, d, _cos, i), Sum(imD, d, _sin, i));
    }

    private static double Sum(Vector256<float> lanes, ReadOnlySpan<float> x, float[] wave, int from)
    {
        double sum = 0;
        for (int lane = 0; lane < 8; lane++)
        {
            sum += lanes[lane];
        }

        for (int i = from; i < x.Length; i++)
        {
            sum += x[i] * wave[i];
        }

        return sum;
    }

    /// <summary>x -= (re + n·reSlope)·cos(ωn) + (im + n·imSlope)·sin(ωn), n counted from the start of x.</summary>
    /// <param name="x">Changed in place; at most as long as what is left of the block.</param>
    /// <param name="from">Where in the block x begins.</param>
    /// <param name="re">Amplitude of the cosine at the start of x.</param>
    /// <param name="im">Amplitude of the sine there.</param>
    /// <param name="reSlope">Change of the former per sample.</param>
    /// <param name="imSlope">Change of the latter per sample.</param>
    public void Subtract(Span<float> x, int from, double re, double im, double reSlope, double imSlope)
    {
        ReadOnlySpan<float> cos = _cos.AsSpan(from), sin = _sin.AsSpan(from);
        Vector256<float> n = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7),
            slopeRe = Vector256.Create((float)reSlope),
            slopeIm = Vector256.Create((float)imSlope);
        Vector256<float> fromRe = Vector256.Create((float)re),
            fromIm = Vector256.Create((float)im),
            eight = Vector256.Create(8f);
        int i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            Vector256<float> hum =
                ((fromRe + (n * slopeRe)) * Vector256.Create(cos.Slice(i, 8)))
                + ((fromIm + (n * slopeIm)) * Vector256.Create(sin.Slice(i, 8)));
            (Vector256.Create<float>(x.Slice(i, 8)) - hum).CopyTo(x.Slice(i, 8));
            n += eight;
        }

        for (; i < x.Length; i++)
        {
            x[i] -= (float)(((re + (i * reSlope)) * cos[i]) + ((im + (i * imSlope)) * sin[i]));
        }
    }
}
