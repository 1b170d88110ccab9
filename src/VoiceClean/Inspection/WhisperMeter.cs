using System.Runtime.InteropServices;
using VoiceClean.Dsp.Speech;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Inspection;

/// <summary>
/// Whether a recording without a voice is whispered. Whispered speech has the envelope of speech and its changes
/// between hissing and other sounds; noise mostly has neither: steady noise does not swell, strokes and drops are
/// short.
/// </summary>
/// <remarks>
/// On the levels and zero crossings of 20 ms between 100 Hz and 10 kHz. Of 110 whispers made of real recordings (their
/// LPC filters driven by noise; with room noise 50, 30 and 20 dB below) 102 have the first four marks, 98 the steps of
/// syllables too. Of breath, panting, surf and noise that swells or trembles, 67 pieces of 4 to 10 s that had the four,
/// 7 have the steps (noise in two bands, each with a level of its own); of 156 pieces of 5 s of 34 real noises 2, which
/// were 4. Whether there is a voice is asked before.
/// </remarks>
internal static class WhisperMeter
{
    private const int FrameHops = 4;
    private const double LeastS = 1.5, RangeDb = 30, LoudShare = 0.95, QuietShare = 0.1;
    private const double OverQuietDb = 6, UnderLoudDb = 25, MostSounding = 0.9;

    // Deviation of the level [dB], share of the frames that stand out, how far the loud ones stand above the middle and
    // the quiet ones [dB], and deviation of the crossings [octave].
    private const double LeastDeviationDb = 6.5, LeastForeground = 0.34, MostOverMiddleDb = 30, MostRangeDb = 75;
    private const double LeastCrossingsDeviation = 0.36;
    private const float CrossingsOffset = 100;

    // Syllables: within 80 ms the hissing changes by half of its deviation and the level by 3 dB, but not by nearly all
    // of its deviation. Breath and surf are slower, what is switched or trembles is faster.
    private const int SmoothHops = 8, StepHops = 16;
    private const double LeastQuickHiss = 0.5, LeastStepDb = 3, MostQuick = 0.88;

    /// <summary>Whether it is; false for recordings shorter than 1.5 s.</summary>
    public static bool IsWhispered(SpeechBandTrack track)
    {
        ArgumentNullException.ThrowIfNull(track);
        float[] hops = track.MeanSquares;
        var levels = new List<float>(hops.Length);
        var crossings = new List<int>(hops.Length);
        for (int k = 0; k + FrameHops <= hops.Length; k++)
        {
            if (track.IsSilent.AsSpan(k, FrameHops).Contains(true))
            {
                continue;
            }

            double power = 0;
            int changes = 0;
            for (int h = k; h < k + FrameHops; h++)
            {
                power += hops[h] / FrameHops;
                changes += track.Crossings[h];
            }

            levels.Add((float)Decibels.FromPower(power + 1e-12));
            crossings.Add(changes * SpeechBand.HopsPerSecond / FrameHops);
        }

        return levels.Count >= LeastS * SpeechBand.HopsPerSecond
            && IsLikeSpeech(levels, crossings, hasPauses: levels.Count > MostSounding * hops.Length);
    }

    private static bool IsLikeSpeech(List<float> levels, List<int> crossings, bool hasPauses)
    {
        Span<float> sorted = CollectionsMarshal.AsSpan([.. levels]);
        double loud = OrderStatistics.Quantile(sorted, LoudShare),
            middle = OrderStatistics.Quantile(sorted, 0.5),
            quiet = OrderStatistics.Quantile(sorted, QuietShare);
        float[] shown = [.. levels.Select(l => Math.Max(l, (float)(loud - RangeDb)))];
        double deviation = Deviation(shown);
        if (loud - quiet > MostRangeDb || loud - middle > MostOverMiddleDb || deviation < LeastDeviationDb)
        {
            return false;
        }

        // Where the pauses are digital silence, even the quietest is speech.
        double least = hasPauses ? Math.Max(quiet + OverQuietDb, loud - UnderLoudDb) : loud - UnderLoudDb;
        bool[] isLoud = [.. levels.Select(l => l > least)];
        float[] hiss = [.. crossings.Select(c => MathF.Log2(c + CrossingsOffset))];
        double ofHiss = Deviation([.. hiss.Where((_, k) => isLoud[k])]), steps = Steps(shown, null);
        return isLoud.AsSpan().Count(true) > LeastForeground * levels.Count
            && ofHiss > LeastCrossingsDeviation
            && Steps(hiss, isLoud) > LeastQuickHiss * ofHiss
            && steps > LeastStepDb
            && steps < MostQuick * deviation;
    }

    // How far it moves in 80 ms, as a deviation; between frames that both count.
    private static double Steps(float[] values, bool[]? counts)
    {
        float[] smooth = new float[Math.Max(0, values.Length - SmoothHops + 1)];
        for (int k = 0; k < smooth.Length; k++)
        {
            foreach (float value in values.AsSpan(k, SmoothHops))
            {
                smooth[k] += value / SmoothHops;
            }
        }

        double squares = 0;
        int count = 0;
        for (int k = 0; k + StepHops < smooth.Length; k++)
        {
            int middle = k + (SmoothHops / 2);
            if (counts is null || (counts[middle] && counts[middle + StepHops]))
            {
                double step = smooth[k + StepHops] - smooth[k];
                squares += step * step / 2;
                count++;
            }
        }

        return Math.Sqrt(squares / Math.Max(1, count));
    }

    private static double Deviation(float[] values)
    {
        double sum = 0, squares = 0;
        foreach (float value in values)
        {
            sum += value;
            squares += (double)value * value;
        }

        double mean = sum / Math.Max(1, values.Length);
        return Math.Sqrt(Math.Max(0, (squares / Math.Max(1, values.Length)) - (mean * mean)));
    }
}
