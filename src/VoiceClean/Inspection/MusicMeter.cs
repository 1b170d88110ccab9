using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Fourier;
using VoiceClean.Dsp.Lanes;
using VoiceClean.Dsp.Resampling;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Inspection;

/// <summary>
/// How far a recording sounds like music: tones stay where they are, while the pitch of speech glides. "Continuous
/// frequency activation" (Seyerlehner, Pohle, Schedl and Widmer, "Automatic music detection in television productions",
/// DAFx 2007), with peaks of 6 dB over the neighbourhood as active cells.
/// </summary>
/// <remarks>
/// Of 304 clean recordings of speech of 3 s and longer none is held above 0.5 (most 0.42 among 645 of any length) or
/// steadier than 3.3. Of 108 pieces of music (synthetic strings, piano, bells, organ, violin, tremolo, drums, and
/// stretches of real pieces) those with tones read 0.44 to 0.88, the real ones 0.06 to 0.54 with a steadiness of 3.6 in
/// the middle.
/// </remarks>
internal static class MusicMeter
{
    private const double WorkRate = 10_000, FrameSeconds = 0.096, HopSeconds = 0.024, HighestHz = 4_150;
    private const double NeighbourhoodHz = 220, ActiveDb = 6, RangeDb = 35;
    private const int HeldFrames = 12, BlockFrames = 100, Strongest = 5, LeastFrames = 60, MostSeconds = 60;

    /// <summary>
    /// The share of the tonal cells that are held for 0.3 s, 0 to 1, and how much the five steadiest frequencies stand
    /// out in 2.4 s, 0 to 5; not-a-number below 1.5 s.
    /// </summary>
    /// <param name="samples">[sample] mono; of a longer recording a minute from the middle.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="cancellation">Looked at every few seconds of audio.</param>
    public static (double Held, double Steadiness) Measure(
        ReadOnlySpan<float> samples,
        int sampleRate,
        CancellationToken cancellation)
    {
        int most = Math.Min(samples.Length, MostSeconds * sampleRate);
        samples = samples.Slice((samples.Length - most) / 2, most);
        bool[][] active = ActiveCells(samples, sampleRate, cancellation);
        return active.Length < LeastFrames ? (double.NaN, double.NaN) : (Held(active), Steadiness(active));
    }

    private static bool[][] ActiveCells(
        ReadOnlySpan<float> samples,
        int sampleRate,
        CancellationToken cancellation)
    {
        int factor = Math.Max(1, (int)(sampleRate / WorkRate));
        double rate = (double)sampleRate / factor;
        int length = 1 << (int)Math.Round(Math.Log2(FrameSeconds * rate)), hop = (int)(HopSeconds * rate);
        double[] low = LowPass(factor);
        var decimator = new Decimator(factor, low, low.Length / 2);
        int frames = ((samples.Length / factor) - length) / hop;
        if (frames < LeastFrames)
        {
            return [];
        }

        int bins = Math.Min((int)(HighestHz * length / rate), (length / 2) - 1),
            reach = Math.Max(1, (int)(NeighbourhoodHz / 2 * length / rate));
        RealFft fft = RealFft.For(length);
        float[] frame = new float[length],
            re = new float[fft.BinCount],
            im = new float[fft.BinCount],
            power = new float[fft.BinCount];
        float[][] levels = new float[frames][];
        float[] totals = new float[frames];
        for (int t = 0; t < frames; t++)
        {
            cancellation.ThrowIfCancellationRequested();
            decimator.Run(samples, (long)t * hop, frame);
            fft.Forward(frame, Windows.SharedPeriodicHann(length), re, im);
            PowerSpectrum.Compute(re, im, power);
            levels[t] = LevelsDb(power, bins);
            double sum = 0;
            foreach (float p in power.AsSpan(0, bins))
            {
                sum += p;
            }

            totals[t] = (float)Decibels.FromPower(sum + 1e-14);
        }

        float least = totals.Max() - (float)RangeDb;
        return [.. levels.Select((l, t) => totals[t] > least ? Peaks(l.AsSpan(0, bins), reach) : new bool[bins])];
    }

    // Levels of the bins, rounded up to whole vectors.
    private static float[] LevelsDb(float[] power, int bins)
    {
        int lanes = Vector256<float>.Count;
        float[] levels = new float[(bins + lanes - 1) / lanes * lanes];
        for (int k = 0; k < levels.Length; k += lanes)
        {
            Vector256<float> p = Vector256.Create(power.AsSpan(k)) + Vector256.Create(1e-14f);
            (VectorMath.Log10(p) * Vector256.Create(10f)).CopyTo(levels.AsSpan(k));
        }

        return levels;
    }

    private static double[] LowPass(int factor)
    {
        double[] low = KaiserFilter.LowPass((16 * factor) | 1, 0.45 / factor, KaiserFilter.Beta(50));
        double sum = low.Sum();
        return Array.ConvertAll(low, tap => tap / sum);
    }

    // Cells that stand out of their neighbourhood.
    private static bool[] Peaks(ReadOnlySpan<float> levels, int reach)
    {
        bool[] active = new bool[levels.Length];
        double sum = 0;
        int from = 0, to = 0;
        for (int k = 0; k < levels.Length; k++)
        {
            for (; to < Math.Min(levels.Length, k + reach + 1); to++)
            {
                sum += levels[to];
            }

            for (; from < k - reach; from++)
            {
                sum -= levels[from];
            }

            active[k] = levels[k] - (sum / (to - from)) > ActiveDb;
        }

        return active;
    }

    private static double Held(bool[][] active)
    {
        long all = 0, held = 0;
        for (int k = 0; k < active[0].Length; k++)
        {
            int run = 0;
            for (int t = 0; t <= active.Length; t++)
            {
                if (t < active.Length && active[t][k])
                {
                    run++;
                    all++;
                    continue;
                }

                held += run >= HeldFrames ? run : 0;
                run = 0;
            }
        }

        return (double)held / Math.Max(1, all);
    }

    private static double Steadiness(bool[][] active)
    {
        int block = Math.Min(BlockFrames, active.Length);
        var found = new List<double>();
        for (int start = 0; start + block <= active.Length; start += Math.Max(1, block / 2))
        {
            float[] shares = new float[active[0].Length];
            for (int k = 0; k < shares.Length; k++)
            {
                for (int t = start; t < start + block; t++)
                {
                    shares[k] += active[t][k] ? 1f / block : 0;
                }
            }

            double[] peaks =
            [
                .. Enumerable
                    .Range(1, shares.Length - 2)
                    .Where(k => shares[k] >= shares[k - 1] && shares[k] > shares[k + 1])
                    .Select(k => (double)shares[k])
                    .OrderDescending()
                    .Take(Strongest),
            ];
            found.Add(peaks.Sum() - (Strongest * OrderStatistics.Quantile(shares.AsSpan(), 0.5)));
        }

        return OrderStatistics.Quantile(CollectionsMarshal.AsSpan(found), 0.5);
    }
}
