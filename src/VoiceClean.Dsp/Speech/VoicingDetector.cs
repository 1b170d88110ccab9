using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Lanes;
using VoiceClean.Dsp.Resampling;

namespace VoiceClean.Dsp.Speech;

/// <summary>
/// How periodic a signal is from frame to frame, at the pitches of human voices: the largest normalised autocorrelation
/// of 40 ms of the band up to 1 kHz at lags of 2.5 to 14 ms (70 to 400 Hz), every 20 ms (the classic pitch measure;
/// Rabiner, "On the use of autocorrelation analysis for pitch detection", 1977). Works on the signal decimated to about
/// 4 kHz.
/// </summary>
public static class VoicingDetector
{
    private const int WorkRate = 4000, FrameLength = 160, FrameStep = 80, LongestLag = 57;

    /// <summary>The shortest lag that is looked at.</summary>
    internal const int ShortestLag = 10;

    // What a frame looks at, itself and its shifted self; the lags between are whole groups of eight.
    private const int Window = FrameLength + LongestLag, Padded = (Window + 7) & ~7;
    private const int BlockFrames = 256, MeansAtOnce = 8;

    /// <summary>Frames of a recording; 0 if it is shorter than about 60 ms.</summary>
    public static int CountFrames(int length, int sampleRate)
    {
        int decimated = length / Factor(sampleRate);
        return Math.Max(0, (decimated - FrameLength - LongestLag) / FrameStep);
    }

    /// <summary>
    /// The sample with which a frame begins: about 50 frames are a second, exactly so at multiples of 4 kHz.
    /// </summary>
    public static long FrameStart(long frame, int sampleRate) => frame * FrameStep * Factor(sampleRate);

    /// <summary>Measures every frame.</summary>
    /// <param name="samples">[sample] mono</param>
    /// <param name="sampleRate">[Hz], at least 8,000.</param>
    /// <param name="periodicity">One per frame (<see cref="CountFrames"/>): -1 to 1; voiced speech reads 0.6 to 1,
    /// noise below 0.5.</param>
    /// <param name="energies">One per frame: mean square of the band.</param>
    /// <param name="cancellation">Looked at every few seconds of audio.</param>
    public static void Measure(
        ReadOnlySpan<float> samples,
        int sampleRate,
        Span<float> periodicity,
        Span<float> energies,
        CancellationToken cancellation = default) =>
        Measure(samples, sampleRate, periodicity, energies, lags: default, emphasis: 0, cancellation);

    /// <summary>The same with what else there is to know.</summary>
    /// <param name="samples">[sample] mono</param>
    /// <param name="sampleRate">[Hz], at least 8,000.</param>
    /// <param name="periodicity">One per frame.</param>
    /// <param name="energies">One per frame.</param>
    /// <param name="lags">One per frame, or empty: the lag of the largest correlation, 10 to 57 in units of about
    /// 0.25 ms; 0 where nothing correlates.</param>
    /// <param name="emphasis">How much of its neighbour is subtracted from each sample of the band, 0 to 1: noise that
    /// falls towards high frequencies becomes flat, and hides less of a voice.</param>
    /// <param name="cancellation">Looked at every few seconds of audio.</param>
    public static void Measure(
        ReadOnlySpan<float> samples,
        int sampleRate,
        Span<float> periodicity,
        Span<float> energies,
        Span<byte> lags,
        float emphasis,
        CancellationToken cancellation) =>
        Measure(samples, sampleRate, periodicity, energies, lags, emphasis, passes: 1, cancellation);

    // What falls by more than 6 dB per octave is flattened by two passes of the emphasis.
    internal static void Measure(
        ReadOnlySpan<float> samples,
        int sampleRate,
        Span<float> periodicity,
        Span<float> energies,
        Span<byte> lags,
        float emphasis,
        int passes,
        CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 8000);
        int frames = CountFrames(samples.Length, sampleRate);
        Decimator decimator = MakeDecimator(Factor(sampleRate));
        float[] band = new float[(BlockFrames * FrameStep) + Padded], means = new float[BlockFrames];
        for (int done = 0; done < frames; done += BlockFrames)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(BlockFrames, frames - done), needed = ((count - 1) * FrameStep) + Window + passes;
            decimator.Run(samples, (long)done * FrameStep, band.AsSpan(0, needed));
            for (int pass = 0; pass < passes; pass++)
            {
                Emphasize(band.AsSpan(0, needed), emphasis);
            }

            MeasureMeans(band, means.AsSpan(0, count));
            for (int i = 0; i < count; i++)
            {
                (periodicity[done + i], energies[done + i], byte lag) =
                    Correlate(band.AsSpan(i * FrameStep, Padded), means[i]);
                if (!lags.IsEmpty)
                {
                    lags[done + i] = lag;
                }
            }
        }
    }

    private static int Factor(int sampleRate) => Math.Max(1, (int)Math.Round((double)sampleRate / WorkRate));

    // By the sample behind, not the one before: periodicity is the same backwards, and the block begins where it is.
    private static void Emphasize(Span<float> band, float emphasis)
    {
        for (int i = 0; emphasis > 0 && i + 1 < band.Length; i++)
        {
            band[i] -= emphasis * band[i + 1];
        }
    }

    // Low pass at 1 kHz, centred.
    private static Decimator MakeDecimator(int factor)
    {
        double[] low = KaiserFilter.LowPass((16 * factor) | 1, 0.3 / factor, KaiserFilter.Beta(50));
        double sum = low.Sum();
        return new Decimator(factor, Array.ConvertAll(low, tap => tap / sum), low.Length / 2);
    }

    // The mean of each window, added up sample by sample; several windows at once, since a sum waits for itself.
    private static void MeasureMeans(ReadOnlySpan<float> band, Span<float> means)
    {
        int t = 0;
        for (; t <= means.Length - MeansAtOnce; t += MeansAtOnce)
        {
            ReadOnlySpan<float> b0 = band.Slice(t * FrameStep, Window), b1 = band.Slice((t + 1) * FrameStep, Window),
                b2 = band.Slice((t + 2) * FrameStep, Window), b3 = band.Slice((t + 3) * FrameStep, Window),
                b4 = band.Slice((t + 4) * FrameStep, Window), b5 = band.Slice((t + 5) * FrameStep, Window),
                b6 = band.Slice((t + 6) * FrameStep, Window), b7 = band.Slice((t + 7) * FrameStep, Window);
            float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
            for (int i = 0; i < Window; i++)
            {
                s0 += b0[i];
                s1 += b1[i];
                s2 += b2[i];
                s3 += b3[i];
                s4 += b4[i];
                s5 += b5[i];
                s6 += b6[i];
                s7 += b7[i];
            }

            (Vector256.Create(s0, s1, s2, s3, s4, s5, s6, s7) / Vector256.Create((float)Window)).CopyTo(means[t..]);
        }

        for (; t < means.Length; t++)
        {
            float sum = 0;
            foreach (float b in band.Slice(t * FrameStep, Window))
            {
                sum += b;
            }

            means[t] = sum / Window;
        }
    }

    // Each window without its own mean: rumble far below the pitch would correlate at any lag.
    [SkipLocalsInit]
    private static unsafe (float Periodicity, float MeanSquare, byte Lag) Correlate(
        ReadOnlySpan<float> band,
        float mean)
    {
        float* a = stackalloc float[Padded];
        float* shifted = stackalloc float[LongestLag + 1];
        for (int i = 0; i < Padded; i += 8)
        {
            (Vector256.Create(band.Slice(i, 8)) - Vector256.Create(mean)).Store(a + i);
        }

        float power = InnerProduct.One(a, a, FrameLength), energy = power;
        for (int lag = 1; lag <= LongestLag; lag++)
        {
            energy += (a[FrameLength + lag - 1] * a[FrameLength + lag - 1]) - (a[lag - 1] * a[lag - 1]);
            shifted[lag] = energy;
        }

        Vector256<float> best = default, bestLags = default;
        for (int lag = ShortestLag; lag <= LongestLag; lag += 8)
        {
            Vector256<float> energies = Vector256.Load(shifted + lag),
                periodicity =
                    InnerProduct.Eight(a + lag, 1, a, FrameLength)
                    / Vector256.Sqrt((Vector256.Create(power) * energies) + Vector256.Create(1e-30f));
            Vector256<float> isBetter =
                Vector256.GreaterThan(energies, default) & Vector256.GreaterThan(periodicity, best);
            best = Vector256.ConditionalSelect(isBetter, periodicity, best);
            bestLags = Vector256.ConditionalSelect(isBetter, Vector256.CreateSequence((float)lag, 1), bestLags);
        }

        float most = 0, mostLag = 0;
        for (int lane = 0; lane < Vector256<float>.Count; lane++)
        {
            (most, mostLag) = best[lane] > most ? (best[lane], bestLags[lane]) : (most, mostLag);
        }

        return (Math.Min(most, 1), power / FrameLength, (byte)mostLag);
    }
}
