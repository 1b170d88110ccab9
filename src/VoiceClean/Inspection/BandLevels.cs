using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Inspection;

/// <summary>Levels of the band of speech, 100 Hz to 10 kHz: where there is sound, and of the background.</summary>
internal static class BandLevels
{
    private const double FloorShare = 0.1;
    private const int BlockHops = 80, BlockStep = 20;
    private const double AbsoluteGate = 1e-7, UnderLoudest = 1e-5, RelativeGate = 0.1;

    /// <summary>
    /// Mean level where there is sound, as the integrated loudness of BS.1770: blocks of 400 ms, an absolute gate of
    /// -70 dB and one 10 dB below the mean of what passes it; but hops count at most as much as a loud voice [dBFS].
    /// </summary>
    /// <param name="hops">Mean squares of hops of the band.</param>
    /// <param name="most">What one of them counts at most.</param>
    /// <returns>Not-a-number without sound.</returns>
    public static double GatedDb(float[] hops, double most)
    {
        int length = Math.Min(BlockHops, hops.Length);
        var blocks = new List<double>();
        for (int start = 0; length > 0 && start + length <= hops.Length; start += BlockStep)
        {
            double sum = 0;
            foreach (float hop in hops.AsSpan(start, length))
            {
                sum += Math.Min(hop, most);
            }

            blocks.Add(sum / length);
        }

        // ... which a quiet recording has 50 dB below its loudest block
        double absolute = Math.Min(AbsoluteGate, UnderLoudest * blocks.DefaultIfEmpty().Max()), gate = absolute;
        for (int pass = 0; pass < 2; pass++)
        {
            double sum = 0;
            int count = 0;
            foreach (double block in blocks)
            {
                sum += block > gate ? block : 0;
                count += block > gate ? 1 : 0;
            }

            if (count == 0)
            {
                return double.NaN;
            }

            if (pass == 1)
            {
                return Decibels.FromPower(sum / count);
            }

            gate = Math.Max(absolute, RelativeGate * sum / count);
        }

        return double.NaN;
    }

    /// <summary>The level of 20 ms that the quietest tenth does not exceed, without digital silence [dBFS].</summary>
    public static double FloorDb(SpeechBandTrack track)
    {
        float[] hops = track.MeanSquares, frames = new float[hops.Length / 4];
        bool[] isSilent = new bool[frames.Length];
        for (int i = 0; i < frames.Length; i++)
        {
            frames[i] = 0.25f * (hops[4 * i] + hops[(4 * i) + 1] + hops[(4 * i) + 2] + hops[(4 * i) + 3]);
            isSilent[i] = track.IsSilent.AsSpan(4 * i, 4).Contains(true);
        }

        float[] sounding = [.. Sequence.Range(0, isSilent.Length).Where(t => !isSilent[t]).Select(t => frames[t])];
        return Decibels.FromPower(sounding.Length == 0 ? 0 : OrderStatistics.Quantile(sounding.AsSpan(), FloorShare));
    }
}
