using System.Numerics;
using System.Runtime.InteropServices;
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
    private const int HeldFrames = 12, BlockFrames = 100, Strongest = 5, MostSeconds = 60;

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
        using var cells = new TonalCells(samples.Slice((samples.Length - most) / 2, most), sampleRate, cancellation);
        return cells.Frames == 0 ? (double.NaN, double.NaN) : (Held(cells), Steadiness(cells));
    }

    private static double Held(TonalCells cells)
    {
        long all = 0, held = 0;
        for (int k = 0; k < cells.Bins; k++)
        {
            int run = 0;
            foreach (ulong word in cells.Of(k))
            {
                all += BitOperations.PopCount(word);
                for (int at = 0; at < 64;)
                {
                    int ones = Math.Min(64 - at, BitOperations.TrailingZeroCount(~(word >> at)));
                    run += ones;
                    at += ones;
                    if (at < 64)
                    {
                        held += run >= HeldFrames ? run : 0;
                        run = 0;
                        at += BitOperations.TrailingZeroCount(word >> at);
                    }
                }
            }

            held += run >= HeldFrames ? run : 0;
        }

        return (double)held / Math.Max(1, all);
    }

    private static double Steadiness(TonalCells cells)
    {
        int block = Math.Min(BlockFrames, cells.Frames);
        float[] ofCount = new float[block + 1],        // the share that so many frames are
            shares = new float[cells.Bins];
        for (int i = 1; i <= block; i++)
        {
            ofCount[i] = ofCount[i - 1] + (1f / block);
        }

        var found = new List<double>();
        for (int start = 0; start + block <= cells.Frames; start += Math.Max(1, block / 2))
        {
            for (int k = 0; k < shares.Length; k++)
            {
                shares[k] = ofCount[Count(cells.Of(k), start, start + block)];
            }

            double strongest = SumOfPeaks(shares);
            found.Add(strongest - (Strongest * OrderStatistics.Quantile(shares.AsSpan(), 0.5)));
        }

        return OrderStatistics.Quantile(CollectionsMarshal.AsSpan(found), 0.5);
    }

    // Bits from one to before another.
    private static int Count(ReadOnlySpan<ulong> words, int from, int to)
    {
        int count = 0;
        for (int w = from / 64; w * 64 < to; w++)
        {
            ulong word = words[w];
            word = w * 64 < from ? word >> (from - (w * 64)) << (from - (w * 64)) : word;
            word = (w + 1) * 64 > to ? word << (((w + 1) * 64) - to) : word;
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    // Of the highest, from the highest on.
    private static double SumOfPeaks(ReadOnlySpan<float> shares)
    {
        Span<float> highest = stackalloc float[Strongest];
        highest.Clear();
        for (int k = 1; k < shares.Length - 1; k++)
        {
            if (shares[k] >= shares[k - 1] && shares[k] > shares[k + 1])
            {
                float share = shares[k];
                for (int i = 0; i < Strongest; i++)
                {
                    (highest[i], share) = share > highest[i] ? (share, highest[i]) : (highest[i], share);
                }
            }
        }

        double sum = 0;
        foreach (float share in highest)
        {
            sum += share;
        }

        return sum;
    }
}
