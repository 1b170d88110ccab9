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
            for (int n = 0; n < Math.Min(apart, length - start); n++)
            {
                _cos[start + n] = (float)((c0 * c[n]) - (s0 * s[n]));
                _sin[start + n] = (float)((s0 * c[n]) + (c0 * s[n]));
            }
        }
    }

    /// <summary>(Σ x·cos, Σ x·sin) in eight fixed lanes.</summary>
    /// <param name="x">At most as long as the block.</param>
    public (double Re, double Im) Correlate(ReadOnlySpan<float> x)
    {
        Vector256<float> re = Vector256<float>.Zero, im = Vector256<float>.Zero;
        int i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            Vector256<float> v = Vector256.Create(x.Slice(i, 8));
            re += v * Vector256.Create(_cos, i);
            im += v * Vector256.Create(_sin, i);
        }

        double sumRe = 0, sumIm = 0;
        for (int lane = 0; lane < 8; lane++)
        {
            sumRe += re[lane];
            sumIm += im[lane];
        }

        for (; i < x.Length; i++)
        {
            sumRe += x[i] * _cos[i];
            sumIm += x[i] * _sin[i];
        }

        return (sumRe, sumIm);
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
