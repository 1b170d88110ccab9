using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Dsp.Loudness;

/// <summary>
/// Both sections of <see cref="KWeighting"/> on four or eight stretches of one recording at once; the same arithmetic
/// in every lane.
/// </summary>
/// <remarks>
/// The recursions are chains of operations that wait for each other: two groups of four lanes take hardly longer than
/// one.
/// </remarks>
/// <param name="sampleRate">[Hz], at least <see cref="KWeighting.MinSampleRate"/>.</param>
internal struct KWeightingFilter(int sampleRate)
{
    private readonly Sections _sections = new(sampleRate);
    private State _low, _high;

    /// <summary>Forgets the past.</summary>
    public void Reset() => _low = _high = default;

    /// <summary>Filters samples[start + lane·stride …][..count] and returns Σy² of each of four lanes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]     // alone in its method the loop keeps what it can in registers
    public Vector256<double> Run(ReadOnlySpan<float> samples, int start, int stride, int count)
    {
        Check(samples.Length, start, stride, count, lanes: 4);
        ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(samples), start);
        nint i = 0;
        for (; i <= count - 4; i += 4)
        {
            _low.Run4(ref Unsafe.Add(ref x, i), stride, in _sections);
        }

        for (; i < count; i++)
        {
            _low.Run1(ref Unsafe.Add(ref x, i), stride, in _sections);
        }

        return _low.End(_sections.Gain);
    }

    /// <summary>The same with five to eight lanes: the sums of the first four and of the last four.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public (Vector256<double> Low, Vector256<double> High) RunEight(
        ReadOnlySpan<float> samples,
        int start,
        int stride,
        int count,
        int lanes)
    {
        Check(samples.Length, start, stride, count, lanes);
        ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(samples), start);
        ref float others = ref Unsafe.Add(ref x, (lanes - 4) * (nint)stride);
        nint i = 0;
        for (; i <= count - 4; i += 4)
        {
            _low.Run4(ref Unsafe.Add(ref x, i), stride, in _sections);
            _high.Run4(ref Unsafe.Add(ref others, i), stride, in _sections);
        }

        for (; i < count; i++)
        {
            _low.Run1(ref Unsafe.Add(ref x, i), stride, in _sections);
            _high.Run1(ref Unsafe.Add(ref others, i), stride, in _sections);
        }

        return (_low.End(_sections.Gain), _high.End(_sections.Gain));
    }

    private static void Check(int length, int start, int stride, int count, int lanes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(stride);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + ((long)(lanes - 1) * stride) + count, length);
    }

    /// <summary>The coefficients, those of the feedback with their sign.</summary>
    private readonly struct Sections
    {
        public readonly double B0, B1, B2, A1, A2, Gain, C1, C2;

        public Sections(int sampleRate)
        {
            (BiquadCoefficients shelf, BiquadCoefficients highPass) = KWeighting.Design(sampleRate);
            (B0, B1, B2, A1, A2) = (shelf.B0, shelf.B1, shelf.B2, -shelf.A1, -shelf.A2);
            (Gain, C1, C2) = (highPass.B0, -highPass.A1, -highPass.A2);
        }
    }

    /// <summary>What both sections remember of four lanes, and their sums.</summary>
    private struct State
    {
        private Vector256<double> _s1, _s2, _h1, _h2, _sum;

        /// <summary>Four samples: through the first section, then through the second.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run4(ref float samples, nint stride, in Sections c)
        {
            LanePermutations.LoadTransposed4x4(
                ref samples,
                stride,
                out Vector256<double> x0,
                out Vector256<double> x1,
                out Vector256<double> x2,
                out Vector256<double> x3);
            Vector256<double> b0 = Vector256.Create(c.B0), b1 = Vector256.Create(c.B1), b2 = Vector256.Create(c.B2),
                a1 = Vector256.Create(c.A1), a2 = Vector256.Create(c.A2), s1 = _s1, s2 = _s2;
            x0 = Shelf(x0, ref s1, ref s2, b0, b1, b2, a1, a2);
            x1 = Shelf(x1, ref s1, ref s2, b0, b1, b2, a1, a2);
            x2 = Shelf(x2, ref s1, ref s2, b0, b1, b2, a1, a2);
            x3 = Shelf(x3, ref s1, ref s2, b0, b1, b2, a1, a2);
            (_s1, _s2) = (s1, s2);
            Vector256<double> c1 = Vector256.Create(c.C1), c2 = Vector256.Create(c.C2), h1 = _h1, h2 = _h2, sum = _sum;
            HighPass(x0, ref h1, ref h2, c1, c2, ref sum);
            HighPass(x1, ref h1, ref h2, c1, c2, ref sum);
            HighPass(x2, ref h1, ref h2, c1, c2, ref sum);
            HighPass(x3, ref h1, ref h2, c1, c2, ref sum);
            (_h1, _h2, _sum) = (h1, h2, sum);
        }

        /// <summary>One sample.</summary>
        public void Run1(ref float samples, nint stride, in Sections c)
        {
            Vector256<double> x = Vector256.Create(
                (double)samples,
                Unsafe.Add(ref samples, stride),
                Unsafe.Add(ref samples, 2 * stride),
                Unsafe.Add(ref samples, 3 * stride));
            x = Shelf(
                x,
                ref _s1,
                ref _s2,
                Vector256.Create(c.B0),
                Vector256.Create(c.B1),
                Vector256.Create(c.B2),
                Vector256.Create(c.A1),
                Vector256.Create(c.A2));
            HighPass(x, ref _h1, ref _h2, Vector256.Create(c.C1), Vector256.Create(c.C2), ref _sum);
        }

        /// <summary>Σy² since the last end; what has decayed is forgotten.</summary>
        public Vector256<double> End(double gain)
        {
            Vector256<double> sum = _sum;
            _sum = default;
            (_s1, _s2) = (Denormals.Flush(_s1), Denormals.Flush(_s2));
            (_h1, _h2) = (Denormals.Flush(_h1), Denormals.Flush(_h2));
            return sum * gain * gain;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<double> Shelf(
            Vector256<double> x, ref Vector256<double> s1, ref Vector256<double> s2, Vector256<double> b0,
            Vector256<double> b1, Vector256<double> b2, Vector256<double> a1, Vector256<double> a2)
        {
            Vector256<double> y = Vector256.FusedMultiplyAdd(b0, x, s1);
            s1 = Vector256.FusedMultiplyAdd(a1, y, Vector256.FusedMultiplyAdd(b1, x, s2));
            s2 = Vector256.FusedMultiplyAdd(a2, y, b2 * x);
            return y;
        }

        // The numerator is g·(1, −2, 1): g is taken out of the loop.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void HighPass(
            Vector256<double> x, ref Vector256<double> h1, ref Vector256<double> h2, Vector256<double> c1,
            Vector256<double> c2, ref Vector256<double> sum)
        {
            Vector256<double> y = x + h1;
            h1 = Vector256.FusedMultiplyAdd(c1, y, h2 - (x + x));
            h2 = Vector256.FusedMultiplyAdd(c2, y, x);
            sum = Vector256.FusedMultiplyAdd(y, y, sum);
        }
    }
}
