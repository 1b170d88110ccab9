using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Dsp.Speech;

/// <summary>
/// The band of the speech detector on eight stretches of one recording at once, the same arithmetic in every lane: a
/// Butterworth high-pass of fourth order at 100 Hz and, where the rate leaves room, a low-pass of second order at 10
/// kHz; bilinear, prewarped, direct form II transposed.
/// </summary>
/// <remarks>
/// The recursions are chains of dependent operations: two groups of four lanes side by side keep the processor busy
/// while either waits. All numerators are g·(1, ∓2, 1); the gains g are left out of the loop and put to its result.
/// </remarks>
internal sealed class SpeechBandFilter
{
    /// <summary>Stretches that run at once.</summary>
    public const int Lanes = 8;

    private const double LowHz = 100, HighHz = 10_000;

    private readonly BiquadCoefficients _first, _second, _third;
    private readonly bool _isLowPassed;
    private readonly double _power;                // of the gains left out
    private Group _low, _high;

    public SpeechBandFilter(int sampleRate)
    {
        // Q of the two pole pairs: 1 / (2 cos(π/8)) and 1 / (2 cos(3π/8)).
        _first = BiquadCoefficients.HighPass(LowHz, 0.541196100146197, sampleRate);
        _second = BiquadCoefficients.HighPass(LowHz, 1.30656296487638, sampleRate);
        _isLowPassed = sampleRate > 2.2 * HighHz;
        _third =
            _isLowPassed
                ? BiquadCoefficients.LowPass(HighHz, Math.Sqrt(0.5), sampleRate)
                : new BiquadCoefficients(1, 0, 0, 0, 0);
        double gain = _first.B0 * _second.B0 * _third.B0;
        _power = gain * gain;
    }

    /// <summary>Forgets everything.</summary>
    public void Reset() => _low = _high = default;

    /// <summary>
    /// Filters samples[start + lane·stride …][..count] and gives Σy² of each lane, and how often y changed its sign.
    /// </summary>
    /// <param name="samples">Holds all stretches.</param>
    /// <param name="start">Where the first stretch begins [sample].</param>
    /// <param name="stride">From stretch to stretch [sample]; 0 = all lanes do the same.</param>
    /// <param name="count">[sample]</param>
    /// <param name="energies">Receives one value per lane [<see cref="Lanes"/>].</param>
    /// <param name="changes">Receives one value per lane [<see cref="Lanes"/>].</param>
    public void Run(
        ReadOnlySpan<float> samples,
        int start,
        int stride,
        int count,
        Span<double> energies,
        Span<long> changes)
    {
        _low.Begin();
        _high.Begin();
        if (count > 0)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(
                start + ((long)(Lanes - 1) * stride) + count,
                samples.Length,
                nameof(count));
            Loop(ref MemoryMarshal.GetReference(samples[start..]), stride, count);
        }

        _low.End(_power, energies, changes);
        _high.End(_power, energies[4..], changes[4..]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]     // alone in its method the loop keeps what it can in registers
    private void Loop(ref float samples, nint stride, int count)
    {
        ref float others = ref Unsafe.Add(ref samples, 4 * stride);
        int i = 0;
        if (_isLowPassed)
        {
            for (; i <= count - 4; i += 4)
            {
                _low.Run4(ref Unsafe.Add(ref samples, i), stride, in _first, in _second, in _third);
                _high.Run4(ref Unsafe.Add(ref others, i), stride, in _first, in _second, in _third);
            }
        }

        for (; i < count; i++)
        {
            _low.Run1(ref Unsafe.Add(ref samples, i), stride, in _first, in _second, in _third, _isLowPassed);
            _high.Run1(ref Unsafe.Add(ref others, i), stride, in _first, in _second, in _third, _isLowPassed);
        }
    }

    /// <summary>The states of four lanes.</summary>
    private struct Group
    {
        private Vector256<double> _a1, _a2, _b1, _b2, _c1, _c2, _energy;
        private Vector256<long> _negative, _minusChanges;

        public void Begin() => (_energy, _minusChanges) = (default, default);

        public void End(double power, Span<double> energies, Span<long> changes)
        {
            (_energy * power).CopyTo(energies);
            (-_minusChanges).CopyTo(changes);
            (_a1, _a2, _b1, _b2, _c1, _c2) = (
                Denormals.Flush(_a1),
                Denormals.Flush(_a2),
                Denormals.Flush(_b1),
                Denormals.Flush(_b2),
                Denormals.Flush(_c1),
                Denormals.Flush(_c2));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run4(
            ref float samples,
            nint stride,
            in BiquadCoefficients first,
            in BiquadCoefficients second,
            in BiquadCoefficients third)
        {
            LanePermutations.LoadTransposed4x4(
                ref samples,
                stride,
                out Vector256<double> x0,
                out Vector256<double> x1,
                out Vector256<double> x2,
                out Vector256<double> x3);
            HighPass4(ref x0, ref x1, ref x2, ref x3, ref _a1, ref _a2, in first);
            HighPass4(ref x0, ref x1, ref x2, ref x3, ref _b1, ref _b2, in second);
            Vector256<double> c1 = _c1, c2 = _c2, p1 = Vector256.Create(third.A1), p2 = Vector256.Create(third.A2);
            x0 = LowPassed(x0, ref c1, ref c2, p1, p2);
            x1 = LowPassed(x1, ref c1, ref c2, p1, p2);
            x2 = LowPassed(x2, ref c1, ref c2, p1, p2);
            x3 = LowPassed(x3, ref c1, ref c2, p1, p2);
            (_c1, _c2) = (c1, c2);
            _energy += ((x0 * x0) + (x1 * x1)) + ((x2 * x2) + (x3 * x3));
            Vector256<long> n0 = IsNegative(x0), n1 = IsNegative(x1), n2 = IsNegative(x2), n3 = IsNegative(x3);
            _minusChanges += ((n0 ^ _negative) + (n1 ^ n0)) + ((n2 ^ n1) + (n3 ^ n2));      // all ones is -1
            _negative = n3;
        }

        public void Run1(
            ref float samples,
            nint stride,
            in BiquadCoefficients first,
            in BiquadCoefficients second,
            in BiquadCoefficients third,
            bool isLowPassed)
        {
            Vector256<double> x = Vector256.Create(
                (double)samples,
                Unsafe.Add(ref samples, stride),
                Unsafe.Add(ref samples, 2 * stride),
                Unsafe.Add(ref samples, 3 * stride));
            x = HighPassed(x, ref _a1, ref _a2, Vector256.Create(first.A1), Vector256.Create(first.A2));
            x = HighPassed(x, ref _b1, ref _b2, Vector256.Create(second.A1), Vector256.Create(second.A2));
            x = isLowPassed
                ? LowPassed(x, ref _c1, ref _c2, Vector256.Create(third.A1), Vector256.Create(third.A2))
                : x;
            _energy += x * x;
            Vector256<long> now = IsNegative(x);
            _minusChanges += now ^ _negative;
            _negative = now;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void HighPass4(
            ref Vector256<double> x0, ref Vector256<double> x1, ref Vector256<double> x2, ref Vector256<double> x3,
            ref Vector256<double> state1, ref Vector256<double> state2, in BiquadCoefficients c)
        {
            Vector256<double> s1 = state1, s2 = state2, p1 = Vector256.Create(c.A1), p2 = Vector256.Create(c.A2);
            x0 = HighPassed(x0, ref s1, ref s2, p1, p2);
            x1 = HighPassed(x1, ref s1, ref s2, p1, p2);
            x2 = HighPassed(x2, ref s1, ref s2, p1, p2);
            x3 = HighPassed(x3, ref s1, ref s2, p1, p2);
            (state1, state2) = (s1, s2);
        }

        // (1 - 2z⁻¹ + z⁻²) / (1 + a1·z⁻¹ + a2·z⁻²); what does not wait for y is added first
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<double> HighPassed(
            Vector256<double> x,
            ref Vector256<double> s1,
            ref Vector256<double> s2,
            Vector256<double> a1,
            Vector256<double> a2)
        {
            Vector256<double> y = x + s1;
            s1 = Vector256.FusedMultiplyAdd(-a1, y, s2 - (x + x));
            s2 = Vector256.FusedMultiplyAdd(-a2, y, x);
            return y;
        }

        // (1 + 2z⁻¹ + z⁻²) / (1 + a1·z⁻¹ + a2·z⁻²)
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<double> LowPassed(
            Vector256<double> x,
            ref Vector256<double> s1,
            ref Vector256<double> s2,
            Vector256<double> a1,
            Vector256<double> a2)
        {
            Vector256<double> y = x + s1;
            s1 = Vector256.FusedMultiplyAdd(-a1, y, s2 + (x + x));
            s2 = Vector256.FusedMultiplyAdd(-a2, y, x);
            return y;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<long> IsNegative(Vector256<double> x) =>
            Vector256.LessThan(x, Vector256<double>.Zero).AsInt64();
    }
}
