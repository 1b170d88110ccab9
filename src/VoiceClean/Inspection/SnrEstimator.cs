using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;
using VoiceClean.Dsp.Speech;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Inspection;

/// <summary>
/// Blind signal-to-noise ratio of a recording of speech from two independent clues: the distribution of its amplitudes
/// (WADA) and the energy of its voiced frames. One pass each; allocates a few numbers per 20 ms.
/// </summary>
internal static class SnrEstimator
{
    // Voice is a frame whose pitch correlates so well and that stands out of the quietest 15 % by 6 dB: a hum or a
    // motor is as periodic, but never rests.
    private const float LeastPeriodicity = 0.6f, LeastOverQuiet = 4;
    private const double QuietShare = 0.15, FloorShare = 0.1;

    // g = ln E|x| - E ln|x| of Gamma(0.4) speech in Gaussian noise at these SNRs: C. Kim and R. M. Stern, "Robust
    // signal-to-noise ratio estimation based on waveform amplitude distribution analysis", Interspeech 2008; the values
    // from a simulation of that model.
    private static readonly double[] s_wadaDb = [-20, -10, 0, 5, 10, 15, 20, 30, 40];
    private static readonly double[] s_wadaG = [0.4098, 0.4122, 0.4619, 0.5433, 0.6673, 0.8122, 0.9553, 1.193, 1.357];

    // Medians of the voiced ratio over mixtures of real speech and real noise at these SNRs; above the last one it says
    // nothing.
    private static readonly double[] s_ratioDb = [-14.9, -7.8, -2.5, 0.5];
    private static readonly double[] s_ratioSnrDb = [-10, -5, 0, 5];

    /// <summary>Measures a recording.</summary>
    /// <param name="samples">[sample] mono, full scale ±1.</param>
    /// <param name="sampleRate">[Hz], at least 8,000.</param>
    /// <param name="cancellation">Looked at every few seconds of audio.</param>
    public static SnrEstimate Estimate(
        ReadOnlySpan<float> samples,
        int sampleRate,
        CancellationToken cancellation = default
    ) => Estimate(samples, sampleRate, SpeechBandTrack.Measure(samples, sampleRate, cancellation), cancellation);

    /// <summary>Measures a recording whose band is measured already.</summary>
    internal static SnrEstimate Estimate(
        ReadOnlySpan<float> samples,
        int sampleRate,
        SpeechBandTrack track,
        CancellationToken cancellation)
    {
        float[] hops = track.MeanSquares;
        int frames = Math.Min(
            VoicingDetector.CountFrames(samples.Length, sampleRate),
            Math.Max(0, (hops.Length - 8) / 4));
        float[] periodicity = new float[VoicingDetector.CountFrames(samples.Length, sampleRate)],
            energies = new float[periodicity.Length];
        VoicingDetector.Measure(samples, sampleRate, periodicity, energies, cancellation);

        float quiet = Percentile(energies.AsSpan(0, frames), QuietShare);
        double voice = 0, rest = 0;
        int voiced = 0;
        for (int t = 0; t < frames; t++)
        {
            double energy = 0;
            for (int h = 4 * t; h < (4 * t) + 8; h++)
            {
                energy += hops[h];
            }

            if (periodicity[t] > LeastPeriodicity && energies[t] > LeastOverQuiet * quiet)
            {
                voice += energy;
                voiced++;
            }
            else
            {
                rest += energy;
            }
        }

        double ratio = Decibels.FromPower(voice / Math.Max(rest, 1e-30)),
            wada = WadaDb(samples);
        double byVoice =
            ratio >= s_ratioDb[^1]
                ? double.PositiveInfinity
                : Interpolate(s_ratioDb, s_ratioSnrDb, ratio, extend: true);
        return new SnrEstimate(
            Math.Clamp(Math.Min(wada, byVoice), -20, 40),
            wada,
            ratio,
            TimeSpan.FromSeconds((double)voiced / VoicingDetector.FramesPerSecond),
            Decibels.FromPower(Floor(hops)));
    }

    /// <summary>The SNR that the distribution of amplitudes speaks for [dB], -20 to 40; -20 for silence.</summary>
    internal static double WadaDb(ReadOnlySpan<float> samples)
    {
        const float least = 1e-9f, most = 1e9f;       // so that the product of four is an ordinary number
        ref float x = ref MemoryMarshal.GetReference(samples);
        Vector256<float> centre = Vector256.Create((float)SampleStatistics.Measure(samples).Mean),
            zero = Vector256<float>.Zero,
            one = Vector256<float>.One;
        Vector256<double> lowSum = default,
            highSum = default,
            lowLogs = default,
            highLogs = default;
        Vector256<int> zeros = default;
        int n = 0;
        for (; n <= samples.Length - 32; n += 32)
        {
            Vector256<float> sumOfFour = default, product = one;
            for (int j = 0; j < 32; j += 8)
            {
                // Exact zeros are silence of a gate, not amplitudes; they count in neither mean.
                Vector256<float> raw = Vector256.LoadUnsafe(ref x, (nuint)(n + j)),
                    isZero = Vector256.Equals(raw, zero);
                Vector256<float> a = Vector256.MinNative(
                    Vector256.MaxNative(Vector256.Abs(raw - centre), Vector256.Create(least)),
                    Vector256.Create(most));
                sumOfFour += Vector256.AndNot(a, isZero);
                product *= Vector256.ConditionalSelect(isZero, one, a);       // one logarithm serves four samples
                zeros -= isZero.AsInt32();
            }

            Vector256<float> logs = VectorMath.Log2(product);
            lowSum += Vector256.WidenLower(sumOfFour);
            highSum += Vector256.WidenUpper(sumOfFour);
            lowLogs += Vector256.WidenLower(logs);
            highLogs += Vector256.WidenUpper(logs);
        }

        // The last samples, fewer than 32, are too few to matter.
        long count = n - Vector256.Sum(zeros);
        double sum = Vector256.Sum(lowSum + highSum), logSum = Vector256.Sum(lowLogs + highLogs);
        if (count == 0 || sum <= least * count * 1.001)
        {
            return -20;
        }

        return Interpolate(s_wadaG, s_wadaDb, Math.Log(sum / count) - (logSum / count * Math.Log(2)), extend: false);
    }

    private static double Interpolate(double[] x, double[] y, double at, bool extend)
    {
        if (double.IsNegativeInfinity(at) || (!extend && at <= x[0]))
        {
            return extend ? double.NegativeInfinity : y[0];
        }

        if (!extend && at >= x[^1])
        {
            return y[^1];
        }

        int i = 1;
        while (i < x.Length - 1 && at > x[i])
        {
            i++;
        }

        return y[i - 1] + ((y[i] - y[i - 1]) * (at - x[i - 1]) / (x[i] - x[i - 1]));
    }

    // Mean square of 20 ms that the quietest tenth does not exceed, without digital silence.
    private static float Floor(float[] hops)
    {
        float[] frames = new float[hops.Length / 4];
        int count = 0;
        for (int i = 0; i < frames.Length; i++)
        {
            float power = 0.25f * (hops[4 * i] + hops[(4 * i) + 1] + hops[(4 * i) + 2] + hops[(4 * i) + 3]);
            if (power > 1e-12f)
            {
                frames[count++] = power;
            }
        }

        return Percentile(frames.AsSpan(0, count), FloorShare);
    }

    private static float Percentile(ReadOnlySpan<float> values, double share)
    {
        if (values.Length == 0)
        {
            return 0;
        }

        return OrderStatistics.Quantile(values.ToArray().AsSpan(), share);
    }
}
