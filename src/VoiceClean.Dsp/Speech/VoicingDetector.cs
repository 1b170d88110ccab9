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
    private const int WorkRate = 4000, FrameLength = 160, FrameStep = 80, ShortestLag = 10, LongestLag = 57;

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
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 8000);
        int frames = CountFrames(samples.Length, sampleRate);
        Decimator decimator = MakeDecimator(Factor(sampleRate));
        const int BlockFrames = 256;
        float[] band = new float[(BlockFrames * FrameStep) + FrameLength + LongestLag + 8];
        for (int done = 0; done < frames; done += BlockFrames)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(BlockFrames, frames - done),
                needed = ((count - 1) * FrameStep) + FrameLength + LongestLag + 1;
            decimator.Run(samples, (long)done * FrameStep, band.AsSpan(0, needed));
            for (int i = 0; i < count; i++)
            {
                (periodicity[done + i], energies[done + i]) = Correlate(band.AsSpan(i * FrameStep));
            }
        }
    }

    private static int Factor(int sampleRate) => Math.Max(1, (int)Math.Round((double)sampleRate / WorkRate));

    // Low pass at 1 kHz, centred.
    private static Decimator MakeDecimator(int factor)
    {
        double[] low = KaiserFilter.LowPass((16 * factor) | 1, 0.3 / factor, KaiserFilter.Beta(50));
        double sum = low.Sum();
        return new Decimator(factor, Array.ConvertAll(low, tap => tap / sum), low.Length / 2);
    }

    private static unsafe (float Periodicity, float MeanSquare) Correlate(ReadOnlySpan<float> band)
    {
        // Each window without its own mean: rumble far below the pitch would correlate at any lag.
        float* a = stackalloc float[FrameLength + LongestLag + 8];
        float mean = 0;
        for (int i = 0; i < FrameLength + LongestLag; i++)
        {
            mean += band[i];
        }

        mean /= FrameLength + LongestLag;
        for (int i = 0; i < FrameLength + LongestLag; i++)
        {
            a[i] = band[i] - mean;
        }

        float power = InnerProduct.One(a, a, FrameLength), shifted = power, best = 0;
        Vector128<float> products = default;       // with four neighbouring lags at once
        for (int lag = 1; lag <= LongestLag; lag++)
        {
            shifted += (a[FrameLength + lag - 1] * a[FrameLength + lag - 1]) - (a[lag - 1] * a[lag - 1]);
            if (lag >= ShortestLag)
            {
                int lane = (lag - ShortestLag) % 4;
                products = lane == 0 ? InnerProduct.Four(a + lag, 1, a, FrameLength) : products;
                float periodicity = shifted > 0 ? products[lane] / MathF.Sqrt((power * shifted) + 1e-30f) : 0;
                best = periodicity > best ? periodicity : best;
            }
        }

        return (Math.Min(best, 1), power / FrameLength);
    }
}
