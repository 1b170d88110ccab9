using System.Runtime.Intrinsics;

namespace VoiceClean.Stages.Noisereduce;

/// <summary>
/// Real DFT in double precision. The package decides cell by cell whether a magnitude exceeds a threshold, in double;
/// in single precision a cell near its threshold would fall on the other side. Stockham passes of radix 4 (Cooley-Tukey
/// 1965, Stockham 1966), then one of radix 2 if needed. Immutable; the caller lends the scratch.
/// </summary>
internal sealed unsafe class DoubleFft
{
    private readonly int _points;
    private readonly double[] _cos, _sin;       // of 2π·k/N, k = 0 … N-1

    /// <summary>Plans transforms of <paramref name="length"/> samples, a power of two from 8.</summary>
    public DoubleFft(int length)
    {
        Length = length;
        _points = length / 2;
        _cos = new double[length];
        _sin = new double[length];
        for (int k = 0; k < length; k++)
        {
            (_sin[k], _cos[k]) = Math.SinCos(2 * Math.PI * k / length);
        }
    }

    /// <summary>N [sample].</summary>
    public int Length { get; }

    /// <summary>Doubles of scratch that a call needs.</summary>
    public int ScratchLength => 2 * Length;

    /// <summary>X[k] = Σ x[n]·exp(-2πi·kn/N) for k = 0 … N/2.</summary>
    public void Forward(ReadOnlySpan<double> time, Span<double> re, Span<double> im, Span<double> scratch)
    {
        int m = _points;
        fixed (double* t = time, r = re, i = im, s = scratch[..ScratchLength])
        {
            for (int n = 0; n < m; n++)
            {
                s[n] = t[2 * n];
                s[n + m] = t[(2 * n) + 1];
            }

            double* z = Transform(s, s + (2 * m));
            r[0] = z[0] + z[m];
            i[0] = 0;
            r[m] = z[0] - z[m];
            i[m] = 0;
            for (int k = 1; k < m; k++)
            {
                double er = (z[k] + z[m - k]) * 0.5, ei = (z[m + k] - z[m + m - k]) * 0.5;
                double or = (z[m + k] + z[m + m - k]) * 0.5, oi = (z[m - k] - z[k]) * 0.5;
                r[k] = er + (or * _cos[k]) + (oi * _sin[k]);
                i[k] = ei + (oi * _cos[k]) - (or * _sin[k]);
            }
        }
    }

    /// <summary>The inverse, scaled so that the samples come back.</summary>
    public void Inverse(ReadOnlySpan<double> re, ReadOnlySpan<double> im, Span<double> time, Span<double> scratch)
    {
        int m = _points;
        fixed (double* t = time, r = re, i = im, s = scratch[..ScratchLength])
        {
            // Parts exchanged, so that the forward passes do the inverse.
            for (int k = 0; k < m; k++)
            {
                double er = (r[k] + r[m - k]) * 0.5, ei = (i[k] - i[m - k]) * 0.5;
                double dr = (r[k] - r[m - k]) * 0.5, di = (i[k] + i[m - k]) * 0.5;
                double or = (dr * _cos[k]) - (di * _sin[k]), oi = (di * _cos[k]) + (dr * _sin[k]);
                s[k + m] = er - oi;
                s[k] = ei + or;
            }

            double* z = Transform(s, s + (2 * m));
            double scale = 1.0 / m;
            for (int n = 0; n < m; n++)
            {
                t[2 * n] = z[n + m] * scale;
                t[(2 * n) + 1] = z[n] * scale;
            }
        }
    }

    // M real parts then M imaginary parts in each buffer; returns the one with the result.
    private double* Transform(double* from, double* to)
    {
        int stride = 1;
        for (int length = _points; length > 1;)
        {
            if (length % 4 == 0)
            {
                Radix4(from, to, length / 4, stride);
                length /= 4;
                stride *= 4;
            }
            else
            {
                Radix2(from, to, stride);
                length /= 2;
                stride *= 2;
            }

            double* swap = from;
            from = to;
            to = swap;
        }

        return from;
    }

    private void Radix4(double* from, double* to, int count, int stride)
    {
        int m = _points, step = count * stride, turn = Length / (4 * count);
        for (int p = 0; p < count; p++)
        {
            // W_(4·count)^(p·j); the table counts in N-ths of a turn
            double c1 = _cos[p * turn],
                s1 = _sin[p * turn],
                c2 = _cos[2 * p * turn],
                s2 = _sin[2 * p * turn],
                c3 = _cos[3 * p * turn],
                s3 = _sin[3 * p * turn];
            double* x = from + (p * stride);
            double* y = to + (4 * p * stride);
            int q = 0;
            for (; q <= stride - 4; q += 4)
            {
                Vector256<double> ar = Vector256.Load(x + q),
                    ai = Vector256.Load(x + q + m),
                    br = Vector256.Load(x + q + step),
                    bi = Vector256.Load(x + q + step + m);
                Vector256<double> cr = Vector256.Load(x + q + (2 * step)),
                    ci = Vector256.Load(x + q + (2 * step) + m);
                Vector256<double> dr = Vector256.Load(x + q + (3 * step)),
                    di = Vector256.Load(x + q + (3 * step) + m);
                Vector256<double> sr = ar + cr,
                    si = ai + ci,
                    tr = ar - cr,
                    ti = ai - ci,
                    ur = br + dr,
                    ui = bi + di,
                    vr = br - dr,
                    vi = bi - di;
                (sr + ur).Store(y + q);
                (si + ui).Store(y + q + m);
                (((tr + vi) * c1) + ((ti - vr) * s1)).Store(y + q + stride);
                (((ti - vr) * c1) - ((tr + vi) * s1)).Store(y + q + stride + m);
                (((sr - ur) * c2) + ((si - ui) * s2)).Store(y + q + (2 * stride));
                (((si - ui) * c2) - ((sr - ur) * s2)).Store(y + q + (2 * stride) + m);
                (((tr - vi) * c3) + ((ti + vr) * s3)).Store(y + q + (3 * stride));
                (((ti + vr) * c3) - ((tr - vi) * s3)).Store(y + q + (3 * stride) + m);
            }

            for (; q < stride; q++)         // the first pass only
            {
                double ar = x[q],
                    ai = x[q + m],
                    br = x[q + step],
                    bi = x[q + step + m];
                double cr = x[q + (2 * step)],
                    ci = x[q + (2 * step) + m],
                    dr = x[q + (3 * step)],
                    di = x[q + (3 * step) + m];
                double sr = ar + cr,
                    si = ai + ci,
                    tr = ar - cr,
                    ti = ai - ci,
                    ur = br + dr,
                    ui = bi + di,
                    vr = br - dr,
                    vi = bi - di;
                y[q] = sr + ur;
                y[q + m] = si + ui;
                y[q + stride] = ((tr + vi) * c1) + ((ti - vr) * s1);
                y[q + stride + m] = ((ti - vr) * c1) - ((tr + vi) * s1);
                y[q + (2 * stride)] = ((sr - ur) * c2) + ((si - ui) * s2);
                y[q + (2 * stride) + m] = ((si - ui) * c2) - ((sr - ur) * s2);
                y[q + (3 * stride)] = ((tr - vi) * c3) + ((ti + vr) * s3);
                y[q + (3 * stride) + m] = ((ti + vr) * c3) - ((tr - vi) * s3);
            }
        }
    }

    private void Radix2(double* from, double* to, int stride)
    {
        int m = _points;
        for (int q = 0; q < stride; q++)
        {
            double ar = from[q], ai = from[q + m], br = from[q + stride], bi = from[q + stride + m];
            to[q] = ar + br;
            to[q + m] = ai + bi;
            to[q + stride] = ar - br;
            to[q + stride + m] = ai - bi;
        }
    }
}
