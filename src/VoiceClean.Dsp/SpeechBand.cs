using System.Numerics;
using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp;

/// <summary>
/// What an energy and zero-crossing speech detector looks at (Rabiner and Sambur, "An algorithm for determining the endpoints of isolated
/// utterances", BSTJ 54(2), 1975), adapted to wide-band recordings: the signal between 100 Hz and 10 kHz in hops of 5 ms. The band keeps mains hum
/// and rumble from counting as level, and hiss above speech from counting as crossings.
/// </summary>
public static class SpeechBand
{
    /// <summary>Hops per second.</summary>
    public const int HopsPerSecond = 200;

    private const double LowHz = 100, HighHz = 10_000;
    private const double Negligible = 1e-30;       // a state below -600 dB is forgotten, or it would end in slow denormals

    /// <summary>Hops in a recording, a last incomplete one included.</summary>
    public static int CountHops(int length, int sampleRate)
        => length == 0 ? 0 : (int)((((long)length * HopsPerSecond) + sampleRate - 1) / sampleRate);

    /// <summary>The sample with which a hop begins; exact without drift at rates that 200 does not divide.</summary>
    public static long HopStart(long hop, int sampleRate) => hop * sampleRate / HopsPerSecond;

    /// <summary>Measures every hop.</summary>
    /// <param name="samples">[sample]</param>
    /// <param name="sampleRate">[Hz], 1,000 to 768,000.</param>
    /// <param name="meanSquares">One per hop: mean square of the band-limited samples.</param>
    /// <param name="crossings">One per hop: how often the band-limited signal changes its sign.</param>
    /// <param name="cancellation">Looked at once per second of audio.</param>
    /// <exception cref="ArgumentException">An array has not <see cref="CountHops"/> places.</exception>
    public static void Measure(ReadOnlySpan<float> samples, int sampleRate, Span<float> meanSquares, Span<ushort> crossings, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, 768_000);
        int hops = CountHops(samples.Length, sampleRate);
        if (meanSquares.Length != hops || crossings.Length != hops)
        {
            throw new ArgumentException($"{hops} hops need as many places, not {meanSquares.Length} and {crossings.Length}.", nameof(meanSquares));
        }

        var filter = new BandFilter(sampleRate);
        // One place in front carries the last sample of the previous hop, for the crossing between the two.
        float[] band = new float[1 + (sampleRate / HopsPerSecond) + 2];
        for (int hop = 0; hop < hops; hop++)
        {
            if (hop % HopsPerSecond == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            int start = (int)HopStart(hop, sampleRate), end = (int)Math.Min(samples.Length, HopStart(hop + 1L, sampleRate));
            Span<float> block = band.AsSpan(0, 1 + end - start);
            filter.Process(samples[start..end], block[1..]);
            if (end > start)
            {
                meanSquares[hop] = (float)(SumOfSquares(block[1..]) / (end - start));
                crossings[hop] = (ushort)CountSignChanges(block);
                band[0] = block[^1];
            }
        }
    }

    /// <summary>Σ x² in double: eight partial sums, added pairwise, so the result does not depend on the processor.</summary>
    public static double SumOfSquares(ReadOnlySpan<float> samples)
    {
        Vector256<double> low = default, high = default;
        int i = 0;
        for (; i <= samples.Length - 8; i += 8)
        {
            Vector256<float> x = Vector256.Create(samples.Slice(i, 8));
            Vector256<double> a = Vector256.WidenLower(x), b = Vector256.WidenUpper(x);
            low += a * a;
            high += b * b;
        }

        double rest = 0;
        for (; i < samples.Length; i++)
        {
            rest += (double)samples[i] * samples[i];
        }

        Vector256<double> sum = low + high;
        return (sum[0] + sum[2]) + (sum[1] + sum[3]) + rest;
    }

    /// <summary>How many neighbouring samples differ in sign; zero counts as positive.</summary>
    public static int CountSignChanges(ReadOnlySpan<float> samples)
    {
        int count = 0, i = 0;
        for (; i < samples.Length - 8; i += 8)
        {
            uint now = Vector256.LessThan(Vector256.Create(samples.Slice(i, 8)), Vector256<float>.Zero).ExtractMostSignificantBits();
            uint next = Vector256.LessThan(Vector256.Create(samples.Slice(i + 1, 8)), Vector256<float>.Zero).ExtractMostSignificantBits();
            count += BitOperations.PopCount(now ^ next);
        }

        for (; i < samples.Length - 1; i++)
        {
            count += samples[i] < 0 != samples[i + 1] < 0 ? 1 : 0;
        }

        return count;
    }

    // A Butterworth high-pass of fourth order and, where the rate leaves room, a low-pass of second order; bilinear, prewarped, direct form II transposed.
    private sealed class BandFilter
    {
        private readonly Section _first, _second, _third;
        private double _a1, _a2, _b1, _b2, _c1, _c2;

        public BandFilter(int sampleRate)
        {
            _first = Section.HighPass(LowHz / sampleRate, 0.541196100146197);       // Q of the pole pairs: 1 / (2 cos(π/8)), 1 / (2 cos(3π/8))
            _second = Section.HighPass(LowHz / sampleRate, 1.30656296487638);
            _third = sampleRate > 2.2 * HighHz ? Section.LowPass(HighHz / sampleRate, Math.Sqrt(0.5)) : new Section(1, 0, 0, 0, 0);
        }

        public void Process(ReadOnlySpan<float> input, Span<float> output)
        {
            (Section p, Section q, Section r) = (_first, _second, _third);
            double a1 = _a1, a2 = _a2, b1 = _b1, b2 = _b2, c1 = _c1, c2 = _c2;
            output = output[..input.Length];
            for (int i = 0; i < input.Length; i++)
            {
                double x = input[i];
                double y = (p.B0 * x) + a1;
                a1 = ((p.B1 * x) - (p.A1 * y)) + a2;
                a2 = (p.B2 * x) - (p.A2 * y);
                double z = (q.B0 * y) + b1;
                b1 = ((q.B1 * y) - (q.A1 * z)) + b2;
                b2 = (q.B2 * y) - (q.A2 * z);
                double w = (r.B0 * z) + c1;
                c1 = ((r.B1 * z) - (r.A1 * w)) + c2;
                c2 = (r.B2 * z) - (r.A2 * w);
                output[i] = (float)w;
            }

            (_a1, _a2, _b1, _b2, _c1, _c2) = (Settle(a1), Settle(a2), Settle(b1), Settle(b2), Settle(c1), Settle(c2));
        }

        private static double Settle(double state) => Math.Abs(state) < Negligible ? 0 : state;
    }

    private readonly record struct Section(double B0, double B1, double B2, double A1, double A2)
    {
        public static Section HighPass(double frequency, double quality)
        {
            double k = Math.Tan(Math.PI * frequency), d = 1 + (k / quality) + (k * k);
            return new Section(1 / d, -2 / d, 1 / d, 2 * ((k * k) - 1) / d, (1 - (k / quality) + (k * k)) / d);
        }

        public static Section LowPass(double frequency, double quality)
        {
            double k = Math.Tan(Math.PI * frequency), d = 1 + (k / quality) + (k * k), g = k * k / d;
            return new Section(g, 2 * g, g, 2 * ((k * k) - 1) / d, (1 - (k / quality) + (k * k)) / d);
        }
    }
}
