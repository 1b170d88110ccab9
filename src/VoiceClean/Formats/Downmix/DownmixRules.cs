using System.Globalization;
using System.Numerics;
using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Downmix;

/// <summary>
/// Decides how channels become one, by listening to the beginning of the recording. Adding channels that do not belong
/// together loses speech: an inverted pair cancels, a delayed pair combs, an empty channel only adds its noise.
/// </summary>
internal static class DownmixRules
{
    /// <summary>A channel this far below the other carries no speech [dB].</summary>
    public const double EmptyDb = 40;

    /// <summary>From this correlation on a pair is added.</summary>
    public const double Correlated = 0.3;

    /// <summary>Down to this correlation one of a pair is taken to be inverted …</summary>
    public const double Inverted = -0.5;

    /// <summary>… if their levels differ by less than this [dB].</summary>
    public const double SameLevelDb = 3;

    private const uint FrontLeftRight = 0x3, Centre = 0x4, Lfe = 0x8;

    /// <summary>Applies the rules.</summary>
    /// <param name="start">Interleaved samples of the beginning; at least one frame.</param>
    /// <param name="format">Of the source; at least two channels.</param>
    /// <param name="choice">What the user wants.</param>
    public static ChannelWeights Decide(ReadOnlySpan<float> start, AudioFormat format, ChannelChoice choice)
    {
        int channels = format.Channels;
        switch (choice)
        {
            case ChannelChoice.Left:
                return ChannelWeights.Only(0, channels);
            case ChannelChoice.Right:
                return ChannelWeights.Only(1, channels);
        }

        var blocks = new ChannelBlocks(start, channels, format.SampleRate);
        double[] levels = [.. Sequence.Range(0, channels).Select(c => Decibels.FromPower(blocks.Energy(c)))];
        int loudest = Array.IndexOf(levels, levels.Max());
        return choice == ChannelChoice.Loudest ? ChannelWeights.Only(loudest, channels)
            : channels == 2 ? DecidePair(start, format, blocks, levels, loudest)
            : BitOperations.PopCount(format.SpeakerMask) == channels ? DecideSurround(format, blocks)
            : DecideUnknown(start, format.SampleRate, levels, loudest);
    }

    private static ChannelWeights DecidePair(
        ReadOnlySpan<float> start,
        AudioFormat format,
        ChannelBlocks blocks,
        double[] levels,
        int loudest)
    {
        double difference = Math.Abs(levels[0] - levels[1]);
        if (levels[loudest] == double.NegativeInfinity)
        {
            return ChannelWeights.Mean([true, true]);
        }

        if (difference >= EmptyDb)
        {
            return ChannelWeights.Only(loudest, 2);
        }

        double correlation = blocks.Correlation(blocks.Active([true, true]));
        // No correlation is above 1, so nothing can stand out of one that nearly is.
        (int lag, double peak) = Math.Abs(correlation) + InterChannelDelay.Margin >= 1
            ? (0, correlation)
            : InterChannelDelay.Find(start, format.SampleRate, blocks);
        if (
            lag != 0
            && Math.Abs(peak) > InterChannelDelay.Prominent
            && Math.Abs(peak) > Math.Abs(correlation) + InterChannelDelay.Margin)
        {
            int better = SpeechBandSnr.Better(start, format.SampleRate, loudest);
            return ChannelWeights.Only(
                better,
                2,
                new Warning(
                    WarningCodes.LowCorrelation,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The channels are {1000.0 * Math.Abs(lag) / format.SampleRate:0.00} ms apart, as from two "
                            + $"microphones; adding them would cancel some frequencies, so only the "
                            + $"{ChannelWeights.NameOf(better, 2)} one is used.")));
        }

        if (correlation >= Correlated)
        {
            if (ClippedCopy.Unclipped(start) is { } unclipped)
            {
                return ChannelWeights.Only(
                    unclipped,
                    2,
                    new Warning(
                        WarningCodes.UnclippedChannel,
                        $"Only the {ChannelWeights.NameOf(unclipped, 2)} channel is used: the other one holds the same "
                            + "sound, but clipped."));
            }

            return SpeechBandSnr.MuchClearer(start, format.SampleRate) is { } clearer
                ? ChannelWeights.Only(
                    clearer,
                    2,
                    new Warning(
                        WarningCodes.ClearerChannel,
                        $"Only the {ChannelWeights.NameOf(clearer, 2)} channel is used: the other one holds the same "
                            + "sound under much more noise."))
                : ChannelWeights.Mean([true, true]);
        }

        if (correlation <= Inverted && difference < SameLevelDb)
        {
            return new ChannelWeights(
                "polarity-corrected mean",
                [0.5f, -0.5f],
                new Warning(
                    WarningCodes.PolarityInverted,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"One channel is inverted (correlation {correlation:0.00}); the right one was turned round "
                            + $"before they were added.")));
        }

        int chosen = SpeechBandSnr.Better(start, format.SampleRate, loudest);
        return ChannelWeights.Only(
            chosen,
            2,
            new Warning(
                WarningCodes.LowCorrelation,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The channels hold different sound (correlation {correlation:0.00}); only the "
                        + $"{ChannelWeights.NameOf(chosen, 2)} one is used, which is the clearer in the speech "
                        + $"band.")));
    }

    private static ChannelWeights DecideSurround(AudioFormat format, ChannelBlocks blocks)
    {
        uint[] places = PlacesOf(format.SpeakerMask);
        bool[] counts = [.. places.Select(p => p != Lfe)];
        bool[] active = blocks.Active(counts);
        double all = 0, centre = 0;
        for (int c = 0; c < places.Length; c++)
        {
            double energy = counts[c] ? blocks.Energy(c, active) : 0;
            all += energy;
            centre += places[c] == Centre ? energy : 0;
        }

        int centreIndex = Array.IndexOf(places, Centre);
        if (centreIndex >= 0 && all > 0 && centre >= 0.5 * all)
        {
            return ChannelWeights.Only(centreIndex, places.Length) with { Name = "centre" };
        }

        // ITU-R BS.775: front 1/√2, centre 1, surround 1/2; here divided by their sum, so that nothing can clip.
        double[] weights =
        [
            .. places.Select(p =>
                p == Lfe ? 0
                : p == Centre ? 1
                : (p & FrontLeftRight) != 0 ? Math.Sqrt(0.5)
                : 0.5),
        ];
        double sum = weights.Sum();
        return sum > 0
            ? new ChannelWeights("weighted mean", [.. weights.Select(w => (float)(w / sum))])
            : ChannelWeights.Mean([.. places.Select(_ => true)]);
    }

    private static ChannelWeights DecideUnknown(
        ReadOnlySpan<float> start,
        int sampleRate,
        double[] levels,
        int loudest)
    {
        bool[] counts = [.. levels.Select((level, c) => c == loudest || level > levels[loudest] - EmptyDb)];
        return SpeechBandSnr.ClearerThanMean(start, counts, sampleRate) is { } clearer
            ? ChannelWeights.Only(
                clearer,
                levels.Length,
                new Warning(
                    WarningCodes.UnknownLayout,
                    $"The file does not say which loudspeakers its {levels.Length} channels belong to; only channel "
                        + $"{clearer + 1} is used, which is clearer in the speech band than their mean."))
            : ChannelWeights.Mean(
                counts,
                new Warning(
                    WarningCodes.UnknownLayout,
                    $"The file does not say which loudspeakers its {levels.Length} channels belong to; the mean of the "
                        + $"{counts.Count(c => c)} that are not silent is used."));
    }

    private static uint[] PlacesOf(uint mask)
    {
        var places = new List<uint>();
        for (int bit = 0; bit < 32; bit++)
        {
            if ((mask & (1u << bit)) != 0)
            {
                places.Add(1u << bit);
            }
        }

        return [.. places];
    }
}
