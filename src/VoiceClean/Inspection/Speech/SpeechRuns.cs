using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Inspection.Speech;

/// <summary>From levels of frames to stretches of speech.</summary>
internal static class SpeechRuns
{
    private const int LeastFrames = 3;             // a run must last so long
    private const int GapFrames = 20;              // shorter pauses (closures of stops) belong to the word: 100 ms
    // a click of up to 30 ms lifts 30 + 20 ms of frames above the threshold
    private const int ClickFrames = 11;
    private const int ClickDistance = 60;          // farther than 300 ms from anything else it is no burst of a stop
    private const int BreathDistance = 100;        // a breath within 500 ms of a word belongs to it
    private const double BreathUnderLoudnessDb = 10;
    private const int VoicedCrossings = 1500;      // [1/s] vowels have fewer, breath more
    private const int FricativeReach = 50;         // 250 ms
    private const int FricativeGap = 8;            // two frames of 20 ms
    private const int LeastEvidence = 20;          // 100 ms

    /// <summary>The stretches of speech in hops, ascending; empty = none.</summary>
    public static List<HopRange> Find(SpeechFrames frames, SpeechLevels levels)
    {
        ReadOnlySpan<float> powers = frames.Powers.Span;
        if (
            !double.IsFinite(levels.LoudnessLufs)
            || (levels.IsNoisy && CountEvidence(powers, levels.EvidencePower) < LeastEvidence))
        {
            return [];
        }

        List<HopRange> runs = Join(Above(powers, levels.ThresholdPower, LeastFrames), GapFrames);
        DropClicks(runs);
        DropBreaths(runs, frames, levels);
        for (int i = 0; i < runs.Count; i++)
        {
            runs[i] = new HopRange(
                Extend(frames, levels, runs[i].Start, -1, i == 0 ? 0 : runs[i - 1].End),
                Extend(
                    frames,
                    levels,
                    runs[i].End - 1,
                    1,
                    i == runs.Count - 1 ? frames.Count - 1 : runs[i + 1].Start - 1) + 1);
        }

        runs = Join(runs, GapFrames);
        for (int i = 0; i < runs.Count; i++)
        {
            // Frame k stands for its two middle hops; the first and the last one also for what no frame is centred on.
            runs[i] = new HopRange(
                runs[i].Start == 0 ? 0 : runs[i].Start + 1,
                runs[i].End == frames.Count ? frames.HopCount : runs[i].End + 2);
        }

        return runs;
    }

    // In a clip without pauses or with much noise, frames above the threshold prove nothing: something must stand out
    // of the background.
    private static int CountEvidence(ReadOnlySpan<float> powers, float power)
        => Above(powers, power, ClickFrames + 1).Sum(r => r.Length);

    private static List<HopRange> Above(ReadOnlySpan<float> powers, float threshold, int leastFrames)
    {
        var runs = new List<HopRange>();
        for (int k = 0; k < powers.Length; k++)
        {
            int start = k;
            while (k < powers.Length && powers[k] >= threshold)
            {
                k++;
            }

            if (k - start >= leastFrames)
            {
                runs.Add(new HopRange(start, k));
            }
        }

        return runs;
    }

    private static List<HopRange> Join(List<HopRange> runs, int gap)
    {
        var joined = new List<HopRange>();
        foreach (HopRange run in runs)
        {
            if (joined.Count > 0 && run.Start - joined[^1].End <= gap)
            {
                joined[^1] = new HopRange(joined[^1].Start, Math.Max(joined[^1].End, run.End));
            }
            else
            {
                joined.Add(run);
            }
        }

        return joined;
    }

    private static void DropClicks(List<HopRange> runs)
    {
        for (int i = runs.Count - 1; i >= 0; i--)
        {
            bool isFarBefore = i == 0 || runs[i].Start - runs[i - 1].End > ClickDistance;
            bool isFarBehind = i == runs.Count - 1 || runs[i + 1].Start - runs[i].End > ClickDistance;
            if (runs[i].Length <= ClickFrames && isFarBefore && isFarBehind)
            {
                runs.RemoveAt(i);
            }
        }
    }

    // Before the first and after the last word: something weak and without voice, farther than 500 ms from anything
    // else, is breath.
    private static void DropBreaths(List<HopRange> runs, SpeechFrames frames, SpeechLevels levels)
    {
        float weak = (float)Decibels.ToPower(levels.LoudnessLufs - BreathUnderLoudnessDb);
        while (runs.Count > 1 && runs[1].Start - runs[0].End > BreathDistance && IsBreath(runs[0], frames, weak))
        {
            runs.RemoveAt(0);
        }

        while (runs.Count > 1 && runs[^1].Start - runs[^2].End > BreathDistance && IsBreath(runs[^1], frames, weak))
        {
            runs.RemoveAt(runs.Count - 1);
        }
    }

    private static bool IsBreath(HopRange run, SpeechFrames frames, float weak)
    {
        ReadOnlySpan<float> powers = frames.Powers.Span[run.Start..run.End];
        int voiced = 0;
        for (int k = 0; k < powers.Length; k++)
        {
            if (powers[k] > weak)
            {
                return false;
            }

            voiced += frames.CrossingRate(run.Start + k) < VoicedCrossings ? 1 : 0;
        }

        return voiced * 10 <= powers.Length;
    }

    // The farthest frame from `from` on in `direction` that looks like a weak fricative, not beyond `limit`.
    private static int Extend(SpeechFrames frames, SpeechLevels levels, int from, int direction, int limit)
    {
        ReadOnlySpan<float> powers = frames.Powers.Span;
        int last = from;
        for (
            int k = from + direction;
            k * direction <= limit * direction
                && Math.Abs(k - from) <= FricativeReach
                && Math.Abs(k - last) <= FricativeGap + 1;
            k += direction)
        {
            if (powers[k] >= levels.FricativePower && frames.CrossingRate(k) >= levels.CrossingLimit)
            {
                last = k;
            }
        }

        return last;
    }
}
