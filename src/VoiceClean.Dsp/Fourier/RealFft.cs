using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace VoiceClean.Dsp.Fourier;

/// <summary>
/// Discrete Fourier transform of real frames: X[k] = Σ x[n]·exp(-2πi·kn/N), k = 0 … N/2, real and imaginary parts
/// apart. An immutable plan, safe to share between threads; nothing is allocated per call up to N = 8192. The bits of
/// the result do not depend on AVX2 being there.
/// </summary>
/// <remarks>
/// A real frame is read as N/2 complex numbers (even samples real, odd ones imaginary), transformed
/// (<see cref="FftPasses"/>), and split: X[k] = E[k] + W_N^k·O[k] with E, O the spectra of the even and odd samples
/// (Sorensen et al. 1987). Error about 1e-7 of the RMS value.
/// </remarks>
public sealed unsafe class RealFft
{
    private const int MaxStackFloats = 8192, MaxLength = 1 << 20;

    // A memo of a pure function, by the logarithm of the length: its roots take longer than thousands of transforms.
    private static readonly RealFft?[] s_plans = new RealFft?[21];
    private readonly int _points;                  // M = N/2 complex points
    private readonly int _rows;                    // M/8
    private readonly (int Radix, int Count, int Stride, int Twiddles)[] _passes;
    private readonly float[] _twiddles;            // of the row passes, one after the other
    private readonly float[] _laneRe, _laneIm;     // W_M^(r·c) [row·8 + lane]
    private readonly float[] _splitRe, _splitIm;   // W_N^k for k = 1 … M/2

    private RealFft(int length)
    {
        Length = length;
        _points = length / 2;
        _rows = _points / 8;
        var roots = new UnitRoots(length);
        (_passes, _twiddles) = _rows >= 8 ? PlanRows(_rows, roots, length) : ([], []);
        _laneRe = new float[_points];
        _laneIm = new float[_points];
        for (int i = 0; i < _points; i++)
        {
            (_laneRe[i], _laneIm[i]) = roots[2 * (i / 8) * (i % 8)];       // W_M = W_N²
        }

        _splitRe = new float[_points / 2];
        _splitIm = new float[_points / 2];
        for (int k = 1; k <= _points / 2; k++)
        {
            (_splitRe[k - 1], _splitIm[k - 1]) = roots[k];
        }
    }

    /// <summary>N [sample].</summary>
    public int Length { get; }

    /// <summary>The plan for transforms of one length, the same for all who ask.</summary>
    /// <param name="length">N [sample], a power of two from 32 to 2^20.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is none of these.</exception>
    public static RealFft For(int length)
    {
        if (length < 32 || length > MaxLength || !BitOperations.IsPow2(length))
        {
            throw new ArgumentOutOfRangeException(
                nameof(length),
                length,
                "The length must be a power of two from 32 to 1048576.");
        }

        // Two threads may both make one; they are equal.
        return s_plans[BitOperations.Log2((uint)length)] ??= new RealFft(length);
    }

    /// <summary>N/2 + 1 bins, from 0 to half the sampling rate.</summary>
    public int BinCount => _points + 1;

    /// <summary>Transforms a frame.</summary>
    /// <param name="time">N samples.</param>
    /// <param name="re">Receives N/2 + 1 real parts; must not overlap <paramref name="time"/> or
    /// <paramref name="im"/>.</param>
    /// <param name="im">Receives N/2 + 1 imaginary parts; the first and the last are 0.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public void Forward(ReadOnlySpan<float> time, Span<float> re, Span<float> im) => Forward(time, default, re, im);

    /// <summary>Transforms a frame times a window, which spares a pass over it.</summary>
    /// <param name="time">N samples.</param>
    /// <param name="window">N factors; empty = none.</param>
    /// <param name="re">As for the plain transform.</param>
    /// <param name="im">As for the plain transform.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    [SkipLocalsInit]
    internal void Forward(ReadOnlySpan<float> time, ReadOnlySpan<float> window, Span<float> re, Span<float> im)
    {
        CheckLengths(time.Length, re.Length, im.Length);
        if (!window.IsEmpty && window.Length != Length)
        {
            throw new ArgumentException($"The window has {window.Length} values, not {Length}.", nameof(window));
        }

        int m = _points;
        float[]? rented = 2 * m > MaxStackFloats ? ArrayPool<float>.Shared.Rent(2 * m) : null;
        Span<float> scratch = rented ?? stackalloc float[MaxStackFloats];
        fixed (float* t = time, h = window, r = re, i = im, s = scratch)
        {
            // An even number of passes starts in the scratch and ends in the scratch, an odd one starts in the result.
            bool odd = _passes.Length % 2 != 0;
            float* ar = odd ? r : s, ai = odd ? i : s + m;
            float* br = odd ? s : r, bi = odd ? s + m : i;
            RealFftSteps.Deinterleave(t, h, ar, ai, m);
            Transform(ar, ai, br, bi, r, i);
            fixed (float* wr = _splitRe, wi = _splitIm)
            {
                RealFftSteps.Split(r, i, wr, wi, m);
            }
        }

        if (rented is not null)
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    /// <summary>The inverse, scaled so that Inverse(Forward(x)) = x up to rounding.</summary>
    /// <param name="re">N/2 + 1 real parts.</param>
    /// <param name="im">N/2 + 1 imaginary parts; the first and the last are taken as 0.</param>
    /// <param name="time">Receives N samples; must not overlap the spectrum.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    [SkipLocalsInit]
    public void Inverse(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Span<float> time)
    {
        CheckLengths(time.Length, re.Length, im.Length);
        int m = _points;
        float[]? rented = 2 * m > MaxStackFloats ? ArrayPool<float>.Shared.Rent(2 * m) : null;
        Span<float> scratch = rented ?? stackalloc float[MaxStackFloats];
        fixed (float* t = time, r = re, i = im, s = scratch)
        {
            bool odd = _passes.Length % 2 != 0;
            float* a = odd ? s : t, b = odd ? t : s;
            fixed (float* wr = _splitRe, wi = _splitIm)
            {
                RealFftSteps.Join(r, i, a, a + m, wr, wi, m);
            }

            // A forward transform with the parts exchanged is the inverse one with the parts exchanged.
            Transform(a + m, a, b + m, b, s + m, s);
            RealFftSteps.Interleave(s, s + m, t, m, 1f / m);
        }

        if (rented is not null)
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    // Source in a; b the other buffer; the result lands in (tr, ti), which is a or b according to the number of passes.
    private void Transform(float* ar, float* ai, float* br, float* bi, float* tr, float* ti)
    {
        if (_rows < 8)
        {
            RealFftSteps.SmallTransform(ar, ai, tr, ti, _points);
            return;
        }

        fixed (float* w = _twiddles, lr = _laneRe, li = _laneIm)
        {
            foreach ((int radix, int count, int stride, int twiddles) in _passes)
            {
                if (count == 1 && radix == 8)
                {
                    FftPasses.LastRows(ar, ai, br, bi, lr, li, _rows);
                }
                else if (radix == 8)
                {
                    FftPasses.Radix8(ar, ai, br, bi, w + twiddles, count, stride);
                }
                else if (radix == 4)
                {
                    FftPasses.Radix4(ar, ai, br, bi, w + twiddles, count, stride);
                }
                else
                {
                    FftPasses.Radix2(ar, ai, br, bi, w + twiddles, count, stride);
                }

                float* fromRe = ar, fromIm = ai;
                ar = br;
                ai = bi;
                br = fromRe;
                bi = fromIm;
            }

            FftPasses.Lanes(ar, ai, tr, ti, _rows);
        }
    }

    // Radix 4 or 2 first where the number of rows is no power of eight, so that the last pass is always of radix 8.
    private static ((int Radix, int Count, int Stride, int Twiddles)[] Passes, float[] Twiddles) PlanRows(
        int rows,
        UnitRoots roots,
        int order)
    {
        var passes = new List<(int Radix, int Count, int Stride, int Twiddles)>();
        int stride = 1, values = 0;
        for (int length = rows; length > 1;)
        {
            int radix = (BitOperations.Log2((uint)length) % 3) switch { 0 => 8, 1 => 2, _ => 4 };
            passes.Add((radix, length / radix, stride, values));
            stride *= radix;
            length /= radix;
            values += 2 * length * (radix - 1);
        }

        float[] twiddles = new float[values];
        int at = 0;
        foreach ((int radix, int count, _, _) in passes)
        {
            int step = order / (radix * count);
            for (int p = 0; p < count; p++)
            {
                for (int j = 1; j < radix; j++)
                {
                    (twiddles[at++], twiddles[at++]) = roots[p * j * step];
                }
            }
        }

        return (passes.ToArray(), twiddles);
    }

    private void CheckLengths(int time, int re, int im)
    {
        if (time != Length || re != BinCount || im != BinCount)
        {
            throw new ArgumentException(
                $"A transform of {Length} samples needs {Length} samples and twice {BinCount} bins, not {time}, {re} "
                    + $"and {im}.");
        }
    }
}
