using System.Runtime.InteropServices;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Inspection;

/// <summary>
/// The reverberation time of a recording, where sound can be heard to die away: the slope of the free decays behind
/// words, as in blind estimates of it (Ratnam et al., "Blind estimation of reverberation time", JASA 114(5), 2003).
/// What is left of a faint room behind a near microphone is found too, which <see cref="RoomDecay"/> cannot see.
/// </summary>
/// <remarks>
/// The level of 50 ms, 100 Hz to 10 kHz, every 10 ms, falls as long as nothing in the next 80 ms exceeds it by 1 dB.
/// Of such a fall that begins within 15 dB of what a twentieth of the recording exceeds, the part from 8 dB below its
/// start to 5 dB above the background counts, if it lasts 0.12 s, falls by 12 dB and is straight. One fall may be a
/// word that fades or a knob that is turned; of two or more the slope in the middle is that of the room. Dry speech in
/// pieces of 6 s: none of 30 with two falls reads 0.8 s or more; of synthetic rooms of 0.3 and 0.5 s none of 172, of
/// 1 s 94 of 98, of 1.5 and 2 s 82 of 82, with the direct sound 0 or 6 dB above the room's. Of 2,700 dry recordings one
/// is called reverberant. The dialogues of a game, of which 1 in 20 is, are: Schroeder's integral of the last fall of
/// each gives 1.3 s (Czech) and 1.6 s (Dutch) in the middle and 0.8 s or more in 97 of 100, of other voices 0.4 s.
/// </remarks>
internal static class LongFalls
{
    private const int FramesPerSecond = 100, Reach = 2, Ahead = 8, LeastFalls = 2, LeastFrames = 12, LeastAll = 30;
    private const double QuietShare = 0.03, LoudShare = 0.95, UnderLoud = 0.0316, Rise = 1.259;
    private const double TopDb = 8, OverQuietDb = 5, LeastDropDb = 12, MostDeviationDb = 2.5;

    /// <summary>The time in which sound dies away by 60 dB [s]; not-a-number with fewer than two falls.</summary>
    public static double MeasureS(SpeechBandTrack track)
    {
        ArgumentNullException.ThrowIfNull(track);
        float[] powers = Powers(track.MeanSquares);
        bool[] silent = Silent(track.IsSilent, powers.Length);
        var sounding = new List<float>(powers.Length);
        for (int k = 0; k < powers.Length; k++)
        {
            if (!silent[k])
            {
                sounding.Add(powers[k]);
            }
        }

        if (sounding.Count < LeastAll)
        {
            return double.NaN;
        }

        Span<float> sorted = CollectionsMarshal.AsSpan(sounding);
        float quiet = OrderStatistics.Quantile(sorted, QuietShare), loud = OrderStatistics.Quantile(sorted, LoudShare);
        List<float> slopes = Slopes(powers, silent, quiet, loud);
        // of two the steeper: nothing falls faster than the room lets it
        slopes.Sort();
        return slopes.Count < LeastFalls ? double.NaN : 60 / slopes[slopes.Count / 2];
    }

    private static List<float> Slopes(float[] powers, bool[] silent, float quiet, float loud)
    {
        var slopes = new List<float>();
        for (int start = 0, end; start < powers.Length - LeastFrames; start = end)
        {
            end = start + 1;
            if (powers[start] <= loud * UnderLoud || silent[start])
            {
                continue;
            }

            while (end < powers.Length && !silent[end] && Highest(powers, end) < powers[end - 1] * Rise)
            {
                end++;
            }

            double slope = SlopeDbPerS(powers.AsSpan(start..end), quiet);
            if (!double.IsNaN(slope))
            {
                slopes.Add((float)slope);
            }
        }

        return slopes;
    }

    // Together with the frame behind, so that the edge of digital silence is no fall.
    private static bool[] Silent(bool[] hops, int frames)
    {
        bool[] silent = new bool[frames];
        for (int k = 0; k < frames; k++)
        {
            silent[k] = hops.AsSpan(2 * k, Math.Min(4, (frames - k) * 2)).Contains(true);
        }

        return silent;
    }

    private static float[] Powers(float[] hops)
    {
        float[] powers = new float[hops.Length / 2];
        for (int k = 0; k < powers.Length; k++)
        {
            int from = 2 * Math.Max(0, k - Reach), to = 2 * Math.Min(powers.Length, k + Reach + 1);
            double sum = 0;
            for (int h = from; h < to; h++)
            {
                sum += hops[h];
            }

            powers[k] = (float)(sum / (2 * ((2 * Reach) + 1)));
        }

        return powers;
    }

    private static float Highest(float[] powers, int from)
    {
        float highest = 0;
        for (int k = from; k < Math.Min(powers.Length, from + Ahead); k++)
        {
            highest = Math.Max(highest, powers[k]);
        }

        return highest;
    }

    // Of what counts of a fall, by least squares; not-a-number where it is too short, too flat or not straight.
    private static double SlopeDbPerS(ReadOnlySpan<float> fall, double quiet)
    {
        double top = fall[0] * Decibels.ToPower(-TopDb), least = quiet * Decibels.ToPower(OverQuietDb);
        int from = 0, to = 0;
        while (from < fall.Length && fall[from] >= top)
        {
            from++;
        }

        while (to < fall.Length && fall[to] >= least)
        {
            to++;
        }

        int count = to - from;
        if (count < LeastFrames || fall[from] < fall[to - 1] * Decibels.ToPower(LeastDropDb))
        {
            return double.NaN;
        }

        double sum = 0, products = 0, squares = 0, middle = (count - 1) / 2.0;
        for (int i = 0; i < count; i++)
        {
            double level = Decibels.FromPower(fall[from + i]);
            sum += level;
            squares += level * level;
            products += (i - middle) * level;
        }

        double spread = count * (((double)count * count) - 1) / 12,
            variance = (squares - (sum * sum / count) - (products * products / spread)) / count;
        return variance > MostDeviationDb * MostDeviationDb
            ? double.NaN
            : -FramesPerSecond * products / spread;
    }
}
