using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Fourier;
using VoiceClean.Dsp.Resampling;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Inspection.Removable;

/// <summary>
/// Decides whether a clip carries mains hum, and at which frequency exactly. In spectra over 4 s hum is a comb of lines
/// 0.5 Hz wide at multiples of one frequency near 50 or 60 Hz, while the harmonics of a voice glide; dividing the sound
/// by its level in blocks of 0.1 s first lets the pauses count as much as the speech. At least three of the first eight
/// harmonics must stand out.
/// </summary>
internal static class HumDetector
{
    private const int MaxHarmonic = 20, Assumed = 12, Tested = 8, Needed = 3, MaxSegments = 64;
    private const double HighestHz = 1100, NearHz = 3, FarHz = 9, LowestRate = 4000;
    private const double HalfRangeHz = 0.5, StepHz = 0.01, EnoughDb = 40, HigherDb = 5;

    /// <summary>The frequency and the harmonics to remove; 0 and none if there is no hum.</summary>
    public static (double FrequencyHz, int[] Harmonics) Detect(
        ReadOnlySpan<float> samples,
        int sampleRate,
        double thresholdDb,
        CancellationToken cancellation)
    {
        if (samples.Length < sampleRate || sampleRate < 2.2 * HighestHz)
        {
            return (0, []);
        }

        int factor = (int)(sampleRate / LowestRate);
        double rate = (double)sampleRate / factor;
        int length = 1 << (int)Math.Round(Math.Log2(rate * 4));
        double width = rate / length;
        double[] power = Spectrum(samples, factor, rate, length, cancellation), known = new double[power.Length];
        Array.Fill(known, double.NaN);
        (double best, double largest) = (0, 0);
        foreach (double mains in (double[])[50, 60])
        {
            for (int step = -(int)(HalfRangeHz / StepHz); step <= HalfRangeHz / StepHz; step++)
            {
                double candidate = mains + (StepHz * step), sum = 0;
                int found = 0;
                for (int h = 1; h <= Tested; h++)
                {
                    double p = At(power, known, candidate * h, width);
                    // Higher harmonics tell the frequency more exactly; one strong line must not outvote the others.
                    sum += Math.Clamp(p, 0, EnoughDb);
                    found += p > thresholdDb ? 1 : 0;
                }

                if (found >= Needed && sum > largest)
                {
                    (best, largest) = (candidate, sum);
                }
            }
        }

        if (best == 0)
        {
            return (0, []);
        }

        var harmonics = new List<int>();
        for (int h = 1; h <= MaxHarmonic && best * h <= HighestHz; h++)
        {
            // The first ones are taken off seen or not: weak ones hide under the voice, and where there is none little
            // is taken.
            if (h <= Assumed || At(power, known, best * h, width) > thresholdDb - HigherDb)
            {
                harmonics.Add(h);
            }
        }

        return (best, [.. harmonics]);
    }

    // Power per bin up to HighestHz, summed over windows of about 4 s spread over the clip, at a rate of 4 to 8 kHz.
    private static double[] Spectrum(
        ReadOnlySpan<float> samples,
        int factor,
        double rate,
        int length,
        CancellationToken cancellation)
    {
        int count = samples.Length / factor, window = Math.Min(length, count);
        var decimator = new Decimator(factor, LowPass(factor), lead: 0);
        var spectrum = new MeanSpectrum(window, length);
        float[] time = new float[window];
        int segments = Math.Clamp(((count - window) / (window / 2)) + 1, 1, MaxSegments);
        for (int s = 0; s < segments; s++)
        {
            cancellation.ThrowIfCancellationRequested();
            int start = segments == 1 ? 0 : (int)((long)(count - window) * s / (segments - 1));
            decimator.Run(samples, start, time);
            Level(time, (int)(rate / 10));
            spectrum.Add(time);
        }

        return spectrum.Sum[..(int)((HighestHz + (2 * FarHz)) * length / rate)].ToArray();
    }

    // Hann-windowed sinc of 8 periods with its corner at half the new rate (at least 2 kHz): -44 dB from 2.9 kHz on,
    // where images of what lies below 1.1 kHz begin.
    private static double[] LowPass(int factor)
    {
        if (factor == 1)
        {
            return [1];
        }

        double[] taps = new double[8 * factor];
        double sum = 0;
        for (int n = 0; n < taps.Length; n++)
        {
            double x = (n - ((taps.Length - 1) / 2.0)) / factor;
            taps[n] = KaiserFilter.Sinc(x) * (0.5 + (0.5 * Math.Cos(Math.PI * x / 4)));
            sum += taps[n];
        }

        return Array.ConvertAll(taps, tap => (float)tap / sum);
    }

    // Divides by the level of blocks of 0.1 s, from centre to centre in straight lines; digital silence stays.
    private static void Level(Span<float> x, int block)
    {
        int blocks = Math.Max(1, x.Length / block);
        double[] gain = new double[blocks];
        for (int b = 0; b < blocks; b++)
        {
            double energy = SampleStatistics.SumOfSquares(
                x.Slice(b * block, Math.Min(block, x.Length - (b * block))));
            gain[b] = energy > 1e-12 * block ? 1 / Math.Sqrt(energy / block) : 0;
        }

        // from centre to centre; the first half block belongs to the first, what is behind the last centre to the last
        int done = 0;
        for (int b = 0; b < blocks; b++)
        {
            int end = b == blocks - 1 ? x.Length : Math.Min(x.Length, ((b + 1) * block) + (block / 2) + (block % 2));
            Multiply(x[done..end], done, block, b, gain[b], gain[Math.Min(b + 1, blocks - 1)]);
            done = end;
        }
    }

    // A straight line from one centre to the next, flat beyond both. Number of the first sample: first.
    private static void Multiply(Span<float> x, int first, int block, int b, double from, double to)
    {
        Vector256<double> length = Vector256.Create((double)block), half = Vector256.Create(0.5),
            centre = Vector256.Create((double)b), start = Vector256.Create(from), rise = Vector256.Create(to - from);
        int n = 0;
        for (; n <= x.Length - 4; n += 4)
        {
            Vector256<double> at =
                ((Vector256.Create((double)(first + n)) + Vector256.Create(0.0, 1, 2, 3)) / length) - half;
            Vector256<double> part = Vector256.MinNative(
                Vector256.MaxNative(at - centre, Vector256<double>.Zero),
                Vector256<double>.One);
            Vector256<double> gain = start + (part * rise);
            for (int lane = 0; lane < 4; lane++)
            {
                x[n + lane] *= (float)gain[lane];
            }
        }

        for (; n < x.Length; n++)
        {
            double part = Math.Clamp((((double)(first + n) / block) - 0.5) - b, 0, 1);
            x[n] *= (float)(from + (part * (to - from)));
        }
    }

    // A bin over the median of what lies 3 to 9 Hz away [dB]; kept, because neighbouring candidates ask for the same
    // bins.
    private static double Prominence(double[] power, double[] known, int k, double width)
    {
        int near = (int)Math.Ceiling(NearHz / width), far = (int)(FarHz / width);
        if (k < far || k >= power.Length - far)
        {
            return 0;
        }

        if (double.IsNaN(known[k]))
        {
            double[] around = new double[2 * (far - near + 1)];
            int i = 0;
            for (int d = near; d <= far; d++)
            {
                around[i++] = power[k - d];
                around[i++] = power[k + d];
            }

            known[k] = Decibels.FromPower(
                (power[k] + 1e-9) / (OrderStatistics.Select(around.AsSpan(), around.Length / 2) + 1e-9));
        }

        return known[k];
    }

    // The parabola through three bins: what the main lobe of a Hann window is in decibels.
    private static double At(double[] power, double[] known, double frequencyHz, double width)
    {
        int k = (int)Math.Round(frequencyHz / width);
        double d = (frequencyHz / width) - k,
            below = Prominence(power, known, k - 1, width),
            at = Prominence(power, known, k, width),
            above = Prominence(power, known, k + 1, width);
        return at + (d * (above - below) / 2) + (d * d * (above - (2 * at) + below) / 2);
    }
}
