using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp;

/// <summary>
/// The band of the speech detector on four stretches of one recording at once, the same arithmetic in every lane: a Butterworth high-pass of fourth
/// order at 100 Hz and, where the rate leaves room, a low-pass of second order at 10 kHz; bilinear, prewarped, direct form II transposed.
/// </summary>
internal sealed class SpeechBandFilter
{
    private const double LowHz = 100, HighHz = 10_000;
    private const double Negligible = 1e-30;       // a state below -600 dB is forgotten, or it would end in slow denormals

    private readonly BiquadCoefficients _first, _second, _third;
    private Vector256<double> _a1, _a2, _b1, _b2, _c1, _c2;
    private Vector256<long> _negative;

    public SpeechBandFilter(int sampleRate)
    {
        // Q of the two pole pairs: 1 / (2 cos(π/8)) and 1 / (2 cos(3π/8)).
        _first = BiquadCoefficients.HighPass(LowHz, 0.541196100146197, sampleRate);
        _second = BiquadCoefficients.HighPass(LowHz, 1.30656296487638, sampleRate);
        _third = sampleRate > 2.2 * HighHz ? LowPass(HighHz / sampleRate, Math.Sqrt(0.5)) : new BiquadCoefficients(1, 0, 0, 0, 0);
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _a1 = _a2 = _b1 = _b2 = _c1 = _c2 = default;
        _negative = default;
    }

    /// <summary>Filters samples[start + lane·stride …][..count] and returns Σy² of each lane, and how often y changed its sign.</summary>
    public Vector256<double> Run(ReadOnlySpan<float> samples, int start, int stride, int count, out Vector256<long> changes)
    {
        ReadOnlySpan<float> x0 = samples.Slice(start, count), x1 = samples.Slice(start + stride, count);
        ReadOnlySpan<float> x2 = samples.Slice(start + (2 * stride), count), x3 = samples.Slice(start + (3 * stride), count);
        (Section p, Section q, Section r) = (new(_first), new(_second), new(_third));
        Vector256<double> a1 = _a1, a2 = _a2, b1 = _b1, b2 = _b2, c1 = _c1, c2 = _c2, energy = default;
        Vector256<long> negative = _negative, minusChanges = default;
        for (int i = 0; i < x0.Length; i++)
        {
            Vector256<double> x = Vector256.Create((double)x0[i], x1[i], x2[i], x3[i]);
            Vector256<double> y = (p.B0 * x) + a1;
            a1 = ((p.B1 * x) - (p.A1 * y)) + a2;
            a2 = (p.B2 * x) - (p.A2 * y);
            Vector256<double> z = (q.B0 * y) + b1;
            b1 = ((q.B1 * y) - (q.A1 * z)) + b2;
            b2 = (q.B2 * y) - (q.A2 * z);
            Vector256<double> w = (r.B0 * z) + c1;
            c1 = ((r.B1 * z) - (r.A1 * w)) + c2;
            c2 = (r.B2 * z) - (r.A2 * w);
            energy += w * w;
            Vector256<long> now = Vector256.LessThan(w, Vector256<double>.Zero).AsInt64();
            minusChanges += now ^ negative;      // all ones is -1
            negative = now;
        }

        (_a1, _a2, _b1, _b2, _c1, _c2) = (Settle(a1), Settle(a2), Settle(b1), Settle(b2), Settle(c1), Settle(c2));
        _negative = negative;
        changes = -minusChanges;
        return energy;
    }

    private static Vector256<double> Settle(Vector256<double> state)
        => Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(state), Vector256.Create(Negligible)), Vector256<double>.Zero, state);

    private static BiquadCoefficients LowPass(double frequency, double quality)
    {
        double k = Math.Tan(Math.PI * frequency), d = 1 + (k / quality) + (k * k), g = k * k / d;
        return new BiquadCoefficients(g, 2 * g, g, 2 * ((k * k) - 1) / d, (1 - (k / quality) + (k * k)) / d);
    }

    private readonly struct Section(BiquadCoefficients c)
    {
        public Vector256<double> B0 { get; } = Vector256.Create(c.B0);

        public Vector256<double> B1 { get; } = Vector256.Create(c.B1);

        public Vector256<double> B2 { get; } = Vector256.Create(c.B2);

        public Vector256<double> A1 { get; } = Vector256.Create(c.A1);

        public Vector256<double> A2 { get; } = Vector256.Create(c.A2);
    }
}
