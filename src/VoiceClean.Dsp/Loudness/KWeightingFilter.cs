using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Filters;

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
    [MethodImpl(MethodImplOptions.NoInlining)]     // alone in its method the loop keeps its state in registers
    public Vector256<double> Run(ReadOnlySpan<float> samples, int start, int stride, int count)
    {
        if (count == 0)
        {
            return default;
        }

        ref float x = ref First(samples, start, stride, count, lanes: 4);
        Sections sections = _sections;
        State state = _low;
        Vector256<double> sum = default;
        for (nint i = 0; i < count; i++)
        {
            state.Advance(Gather(ref Unsafe.Add(ref x, i), stride), in sections, ref sum);
        }

        _low = state.Flushed;
        return sum * sections.Gain * sections.Gain;
    }

    /// <summary>The same with eight lanes: the sums of the first four and of the others.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public (Vector256<double> Low, Vector256<double> High) RunEight(
        ReadOnlySpan<float> samples,
        int start,
        int stride,
        int count)
    {
        if (count == 0)
        {
            return default;
        }

        ref float x = ref First(samples, start, stride, count, lanes: 8);
        ref float others = ref Unsafe.Add(ref x, 4 * (nint)stride);
        Sections sections = _sections;
        State low = _low, high = _high;
        Vector256<double> lowSum = default, highSum = default;
        for (nint i = 0; i < count; i++)
        {
            low.Advance(Gather(ref Unsafe.Add(ref x, i), stride), in sections, ref lowSum);
            high.Advance(Gather(ref Unsafe.Add(ref others, i), stride), in sections, ref highSum);
        }

        (_low, _high) = (low.Flushed, high.Flushed);
        return (lowSum * sections.Gain * sections.Gain, highSum * sections.Gain * sections.Gain);
    }

    private static ref float First(ReadOnlySpan<float> samples, int start, int stride, int count, int lanes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(stride);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            start + ((long)(lanes - 1) * stride) + count,
            samples.Length,
            nameof(count));
        return ref MemoryMarshal.GetReference(samples[start..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Gather(ref float x, nint stride) =>
        Vector256.WidenLower(
            Vector128.Create(
                x,
                Unsafe.Add(ref x, stride),
                Unsafe.Add(ref x, 2 * stride),
                Unsafe.Add(ref x, 3 * stride)).ToVector256Unsafe());

    /// <summary>The coefficients, once per lane; those of the feedback with their sign.</summary>
    private readonly struct Sections
    {
        public readonly Vector256<double> B0, B1, B2, A1, A2, Gain, C1, C2;

        public Sections(int sampleRate)
        {
            (BiquadCoefficients shelf, BiquadCoefficients highPass) = KWeighting.Design(sampleRate);
            (B0, B1, B2) = (Vector256.Create(shelf.B0), Vector256.Create(shelf.B1), Vector256.Create(shelf.B2));
            (A1, A2) = (Vector256.Create(-shelf.A1), Vector256.Create(-shelf.A2));
            Gain = Vector256.Create(highPass.B0);
            (C1, C2) = (Vector256.Create(-highPass.A1), Vector256.Create(-highPass.A2));
        }
    }

    /// <summary>What both sections remember of four lanes.</summary>
    private struct State
    {
        private Vector256<double> _s1, _s2, _h1, _h2;

        public readonly State Flushed => new()
        {
            _s1 = Denormals.Flush(_s1),
            _s2 = Denormals.Flush(_s2),
            _h1 = Denormals.Flush(_h1),
            _h2 = Denormals.Flush(_h2),
        };

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Advance(Vector256<double> x, in Sections c, ref Vector256<double> sum)
        {
            Vector256<double> u = Vector256.FusedMultiplyAdd(c.B0, x, _s1);
            _s1 = Vector256.FusedMultiplyAdd(c.A1, u, Vector256.FusedMultiplyAdd(c.B1, x, _s2));
            _s2 = Vector256.FusedMultiplyAdd(c.A2, u, c.B2 * x);

            // The numerator of the high-pass is g·(1, −2, 1): g is taken out of the loop.
            Vector256<double> y = u + _h1;
            _h1 = Vector256.FusedMultiplyAdd(c.C1, y, _h2 - (u + u));
            _h2 = Vector256.FusedMultiplyAdd(c.C2, y, u);
            sum = Vector256.FusedMultiplyAdd(y, y, sum);
        }
    }
}
