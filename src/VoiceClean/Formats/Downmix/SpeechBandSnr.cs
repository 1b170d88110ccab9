using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Formats.Downmix;

/// <summary>
/// Which of two channels carries the clearer speech: the distance between its loud and its quiet moments in the speech
/// band.
/// </summary>
internal static class SpeechBandSnr
{
    // The band of telephone speech [Hz], by one pole each: enough to keep rumble and hiss from deciding.
    private const double Lowest = 300, Highest = 3400;
    private const double BlockSeconds = 0.05;

    // A channel that is active so much longer carries the speech, if it stands out at all [times, dB].
    private const double MuchLonger = 3, StandsOutDb = 12;

    // So much clearer is much, and so clear is clear; nothing is looked at closely where the ranges of the whole bands
    // are closer than this [dB].
    private const double MuchClearerDb = 12, ClearDb = 40, LeastRangeApartDb = 6;

    // So much more than the mean of all has to be gained by one [dB].
    private const double ClearerThanMeanDb = 3;

    private const int RoughStep = 8;

    // Blocks that are no further below the loud ones count as active [dB].
    private const double ActiveDb = 30;

    /// <summary>
    /// The channel that is active much longer, as a voice is beside a few dings in digital silence; else the one with
    /// the higher SNR; <paramref name="preferred"/> if they are within half a decibel.
    /// </summary>
    public static int Better(ReadOnlySpan<float> interleaved, int sampleRate, int preferred)
    {
        (double first, int firstActive) = Examine(interleaved, 0, sampleRate);
        (double second, int secondActive) = Examine(interleaved, 1, sampleRate);
        if (first >= StandsOutDb && firstActive >= MuchLonger * secondActive)
        {
            return 0;
        }

        if (second >= StandsOutDb && secondActive >= MuchLonger * firstActive)
        {
            return 1;
        }

        return Math.Abs(first - second) < 0.5 ? preferred : first > second ? 0 : 1;
    }

    /// <summary>
    /// The channel that stands out of its background by 12 dB more than the other: adding the two would add the noise.
    /// Null if there is none. Beyond 40 dB no channel is clearer than another: pauses may be gated.
    /// </summary>
    public static int? MuchClearer(ReadOnlySpan<float> interleaved, int sampleRate)
    {
        double apart = RoughRangeDb(interleaved, 0, sampleRate) - RoughRangeDb(interleaved, 1, sampleRate);
        if (Math.Abs(apart) < LeastRangeApartDb)
        {
            return null;
        }

        double first = Math.Min(ClearDb, Measure(interleaved, 0, sampleRate)),
            second = Math.Min(ClearDb, Measure(interleaved, 1, sampleRate));
        return first >= second + MuchClearerDb ? 0
            : second >= first + MuchClearerDb ? 1
            : null;
    }

    /// <summary>The 95th percentile of the levels of 50 ms blocks less the 10th [dB].</summary>
    internal static double Measure(ReadOnlySpan<float> interleaved, int channel, int sampleRate) =>
        Examine(interleaved, channel, sampleRate).Snr;

    // The same in the whole band and of every eighth sample: it costs next to nothing.
    private static double RoughRangeDb(ReadOnlySpan<float> interleaved, int channel, int sampleRate)
    {
        int block = Math.Max(1, (int)(BlockSeconds * sampleRate)), count = interleaved.Length / 2 / block;
        double[] levels = new double[count];
        for (int b = 0; b < count; b++)
        {
            double energy = 1e-20;
            for (int i = b * block; i < (b + 1) * block; i += RoughStep)
            {
                energy += (double)interleaved[(2 * i) + channel] * interleaved[(2 * i) + channel];
            }

            levels[b] = Decibels.FromPower(energy * RoughStep / block);
        }

        return count == 0
            ? 0
            : OrderStatistics.Quantile(levels.AsSpan(), 0.95) - OrderStatistics.Quantile(levels.AsSpan(), 0.1);
    }

    /// <summary>
    /// The one of several channels that stands out of its background by 3 dB more than their mean does, as a voice on
    /// one track of a recorder with more: the mean would add what the others hold, or cancel. Null if there is none.
    /// </summary>
    /// <param name="interleaved">Whole frames.</param>
    /// <param name="counts">Which channels hold sound.</param>
    /// <param name="sampleRate">[Hz]</param>
    public static int? ClearerThanMean(ReadOnlySpan<float> interleaved, bool[] counts, int sampleRate)
    {
        int channels = counts.Length;
        float[] mean = new float[interleaved.Length / channels];
        ChannelWeights.Mean(counts).Apply(interleaved, mean);
        (double Snr, int Active)[] each = new (double, int)[channels];
        for (int c = 0; c < channels; c++)
        {
            each[c] = counts[c] ? Examine(interleaved, c, sampleRate, channels) : default;
        }

        // a few dings in digital silence are no voice
        int longest = each.Where(e => e.Snr >= StandsOutDb).Select(e => e.Active).DefaultIfEmpty().Max();
        int best = -1;
        for (int c = 0; c < channels; c++)
        {
            bool isVoice = each[c].Snr >= StandsOutDb && MuchLonger * each[c].Active > longest;
            best = isVoice && (best < 0 || each[c].Snr > each[best].Snr) ? c : best;
        }

        return best >= 0
            && Math.Min(ClearDb, each[best].Snr) >= Examine(mean, 0, sampleRate, 1).Snr + ClearerThanMeanDb
                ? best
                : null;
    }

    /// <summary>What <see cref="Measure"/> says, and how many of the blocks are active.</summary>
    private static (double Snr, int Active) Examine(
        ReadOnlySpan<float> interleaved,
        int channel,
        int sampleRate,
        int channels = 2)
    {
        int block = Math.Max(1, (int)(BlockSeconds * sampleRate)), frames = interleaved.Length / channels;
        double[] levels = new double[frames / block];
        double highPass = Math.Exp(-2 * Math.PI * Lowest / sampleRate),
            lowPass = Math.Exp(-2 * Math.PI * Math.Min(Highest, 0.45 * sampleRate) / sampleRate);
        double low = 0,
            smooth = 0;
        for (int b = 0; b < levels.Length; b++)
        {
            double energy = 1e-20;      // digital silence is as quiet as can be, not infinitely quiet
            for (int i = b * block; i < (b + 1) * block; i++)
            {
                double s = interleaved[channels * i + channel];
                low = highPass * low + (1 - highPass) * s;
                smooth = lowPass * smooth + (1 - lowPass) * (s - low);
                energy += smooth * smooth;
            }

            levels[b] = 10 * Math.Log10(energy / block);
        }

        if (levels.Length == 0)
        {
            return (0, 0);
        }

        double most = levels.Max(), quiet = OrderStatistics.Quantile(levels.AsSpan(), 0.1);
        double loud = OrderStatistics.Quantile(levels.AsSpan(), 0.95);
        return (loud - quiet, levels.Count(l => l > most - ActiveDb));
    }
}
