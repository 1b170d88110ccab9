using System.Runtime.Intrinsics;

namespace VoiceClean.Inspection.Removable;

/// <summary>A cosine and a sine of one frequency over one block, from phase zero. Immutable.</summary>
internal sealed class Oscillation
{
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
    /// (Σ x·cos, Σ x·sin) of three oscillations as long as each other, each in eight fixed lanes; side by side, because
    /// one alone waits for its own additions.
    /// </summary>
    /// <param name="x">At most as long as the block.</param>
    /// <param name="waves">Three.</param>
    /// <param name="sums">Receives three pairs.</param>
    public static void Correlate(
        ReadOnlySpan<float> x,
        ReadOnlySpan<Oscillation> waves,
        Span<(double Re, double Im)> sums)
    {
        (Oscillation a, Oscillation b, Oscillation c) = (waves[0], waves[1], waves[2]);
        Vector256<float> reA = default, imA = default, reB = default, imB = default, reC = default, imC = default;
        int i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            Vector256<float> v = Vector256.Create(x.Slice(i, 8));
            reA += v * Vector256.Create(a._cos, i);
            imA += v * Vector256.Create(a._sin, i);
            reB += v * Vector256.Create(b._cos, i);
            imB += v * Vector256.Create(b._sin, i);
            reC += v * Vector256.Create(c._cos, i);
            imC += v * Vector256.Create(c._sin, i);
        }

        sums[0] = (Sum(reA, x, a._cos, i), Sum(imA, x, a._sin, i));
        sums[1] = (Sum(reB, x, b._cos, i), Sum(imB, x, b._sin, i));
        sums[2] = (Sum(reC, x, c._cos, i), Sum(imC, x, c._sin, i));
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
