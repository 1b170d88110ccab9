using VoiceClean.Audio;
using VoiceClean.Dsp.Speech;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Datasets.Slicing;

/// <summary>A stretch of speech that is never cut further.</summary>
/// <param name="Range">Where it is [sample].</param>
/// <param name="CutCost">What it costs to end a clip behind it, if no pause follows; see
/// <see cref="SliceCosts"/>.</param>
internal readonly record struct SpeechPiece(SampleRange Range, double CutCost);

/// <summary>
/// Cuts the speech of a recording wherever a clip might end: in every pause, and at every point that is quieter than
/// its surroundings. Pieces follow each other with a pause between them, or touch where no pause is.
/// </summary>
internal static class SpeechPieces
{
    // In noise the detector takes pauses for speech, because it must not lose any. A stretch that stays at the
    // background for this long is a pause all the same; what the pads keep around it protects weak ends of words.
    private const int PauseHops = 60;            // 300 ms

    // Where speech goes on without pauses, the detector takes its weak parts for background. What it calls a pause
    // begins only where the level has been at the background for so long.
    private const int QuietHops = 12;            // 60 ms
    private const int LongestTail = 100;         // 500 ms
    private const int LeastTail = 4;             // 20 ms: less is what smoothing adds at every edge

    private const double PauseOverFloorDb = 3, TailOverFloorDb = 2;

    // Sound that never changes its level is no background: something must be louder than a pause by so much.
    private const double PauseUnderLoudnessDb = 6;

    private const double NoisyUnderLoudnessDb = 30;

    private const int Neighbourhood = 50;        // a quiet point is the quietest within 250 ms on both sides

    /// <summary>The pieces, ascending.</summary>
    /// <param name="activity">The speech.</param>
    /// <param name="levels">The level over time.</param>
    /// <param name="longest">No piece is longer than this [sample].</param>
    public static List<SpeechPiece> Find(SpeechActivity activity, LevelCurve levels, int longest)
    {
        var pieces = new List<SpeechPiece>();
        double floor = Decibels.ToPower(levels.FloorDb);
        double pauseDb = Math.Min(levels.FloorDb + PauseOverFloorDb, activity.LoudnessLufs - PauseUnderLoudnessDb);
        foreach (
            SampleRange stretch in Grow(
                [.. activity.Speech.SelectMany(s => SplitAtPauses(s, levels, (float)Decibels.ToPower(pauseDb)))],
                levels,
                activity,
                pauseDb))
        {
            AddPieces(pieces, stretch, levels, floor, longest);
        }

        return pieces;
    }

    private static List<SampleRange> Grow(
        List<SampleRange> stretches,
        LevelCurve levels,
        SpeechActivity activity,
        double pauseDb)
    {
        // In noise weak ends of words show only in a longer mean; in quiet the edges are seen sharply.
        double quietDb = Math.Min(activity.ThresholdDb, activity.LoudnessLufs - 35);
        bool isNoisy = levels.FloorDb > activity.LoudnessLufs - NoisyUnderLoudnessDb;
        ReadOnlySpan<float> curve = isNoisy ? levels.Slow : levels.Fine;
        float quiet = (float)
            Decibels.ToPower(
                isNoisy ? Math.Min(pauseDb, levels.FloorDb + TailOverFloorDb) : Math.Max(pauseDb, quietDb));
        for (int i = 0; i < stretches.Count; i++)
        {
            SampleRange stretch = stretches[i];
            int lowest = i == 0 ? 0 : stretches[i - 1].End,
                highest = i == stretches.Count - 1 ? activity.Length : stretches[i + 1].Start;
            int first = levels.HopOf(stretch.Start),
                last = levels.HopOf(stretch.End - 1);
            int start = Reach(curve, first, -1, quiet),
                end = Reach(curve, last, 1, quiet);
            stretches[i] = new SampleRange(
                first - start < LeastTail ? stretch.Start : Math.Max(lowest, levels.SampleOf(start)),
                end - last < LeastTail ? stretch.End : Math.Min(highest, levels.SampleOf(end + 1)));
        }

        return Join(stretches);
    }

    // The hop before the first run of quiet ones in a direction.
    private static int Reach(ReadOnlySpan<float> levels, int from, int direction, float quiet)
    {
        int run = 0,
            last = from;
        for (
            int k = from + direction;
            k >= 0 && k < levels.Length && Math.Abs(k - from) <= LongestTail && run < QuietHops;
            k += direction)
        {
            run = levels[k] <= quiet ? run + 1 : 0;
            last = run == 0 ? k : last;
        }

        return last;
    }

    private static List<SampleRange> Join(List<SampleRange> stretches)
    {
        var joined = new List<SampleRange>();
        foreach (SampleRange stretch in stretches)
        {
            if (joined.Count > 0 && stretch.Start <= joined[^1].End)
            {
                joined[^1] = new SampleRange(joined[^1].Start, Math.Max(joined[^1].End, stretch.End));
            }
            else
            {
                joined.Add(stretch);
            }
        }

        return joined;
    }

    private static List<SampleRange> SplitAtPauses(SampleRange speech, LevelCurve levels, float pauseLevel)
    {
        ReadOnlySpan<float> slow = levels.Slow;
        var stretches = new List<SampleRange>();
        int start = speech.Start, endHop = levels.HopOf(speech.End);
        for (int k = levels.HopOf(speech.Start); k < endHop; k++)
        {
            int first = k;
            while (k < endHop && slow[k] <= pauseLevel)
            {
                k++;
            }

            if (k - first >= PauseHops)
            {
                // At the very ends this trims what the detector let in; never to nothing.
                if (levels.SampleOf(first) > start)
                {
                    stretches.Add(new SampleRange(start, levels.SampleOf(first)));
                }

                start = levels.SampleOf(k);
            }
        }

        if (start < speech.End)
        {
            stretches.Add(new SampleRange(start, speech.End));
        }

        return stretches;
    }

    private static void AddPieces(
        List<SpeechPiece> pieces,
        SampleRange stretch,
        LevelCurve levels,
        double floor,
        int longest)
    {
        double voice = levels.VoicePower(stretch);
        int start = stretch.Start, end = levels.HopOf(stretch.End);
        for (int k = levels.HopOf(stretch.Start) + Neighbourhood; k <= end - Neighbourhood; k++)
        {
            if (IsQuietest(levels.Smoothed, k))
            {
                int at =
                    levels.SampleOf(levels.Quietest(Math.Max(0, k - 6), Math.Min(levels.Count, k + 7)))
                    + (levels.SampleRate / SpeechBand.HopsPerSecond / 2);
                Split(pieces, new SampleRange(start, at), levels, longest, voice, floor);
                start = at;
                k += Neighbourhood;
            }
        }

        Split(pieces, new SampleRange(start, stretch.End), levels, longest, voice, floor);
    }

    // The last resort for sound without any dip, such as a held tone: the quietest point in the middle third.
    private static void Split(
        List<SpeechPiece> pieces,
        SampleRange range,
        LevelCurve levels,
        int longest,
        double voice,
        double floor)
    {
        if (range.Length > longest)
        {
            int third = range.Length / 3;
            int at = levels.SampleOf(
                levels.Quietest(levels.HopOf(range.Start + third) + 1, levels.HopOf(range.End - third)));
            Split(pieces, new SampleRange(range.Start, at), levels, longest, voice, floor);
            Split(pieces, new SampleRange(at, range.End), levels, longest, voice, floor);
            return;
        }

        pieces.Add(new SpeechPiece(range, SliceCosts.QuietCut(levels.Smoothed[levels.HopOf(range.End)], voice, floor)));
    }

    private static bool IsQuietest(ReadOnlySpan<float> levels, int k)
    {
        float level = levels[k];
        for (int d = 1; d <= Neighbourhood; d++)
        {
            // Of equal levels the first counts, so that digital silence has one quietest point.
            if (levels[Math.Max(0, k - d)] <= level || levels[Math.Min(levels.Length - 1, k + d)] < level)
            {
                return false;
            }
        }

        return true;
    }
}
