using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Stages.SuppressClicks;

/// <summary>A frame that stands out.</summary>
/// <param name="Frame">Its number.</param>
/// <param name="Time">The same without the frames that touch digital silence.</param>
/// <param name="Score">Its score [dB].</param>
/// <param name="LevelDb">Its level between 1 and 10 kHz [dB].</param>
/// <param name="Levels">Levels of its bands [dB] [Lanes].</param>
/// <param name="Excess">How far its bands stand above their surroundings [dB] [Lanes].</param>
internal readonly record struct ClickCandidate(
    int Frame,
    int Time,
    float Score,
    float LevelDb,
    float[] Levels,
    float[] Excess);

/// <summary>
/// Collects candidates and decides which are clicks. A plosive stands out like a click, but it does not come three
/// times a second at the level of a vowel: where such strong events are frequent, somebody types, and weaker ones count
/// too; elsewhere only one far above the speech is taken for a click. What stands out where somebody types but does not
/// sound like the other clicks (<see cref="ClickSpectrum"/>) is a plosive all the same. (Thresholds: chosen while
/// looking at 24 mixtures of three recordings of typing with speech and at 12 clean recordings; of speech that played
/// no part, 48 synthetic utterances keep every bit. No other recording of a keyboard has been tried.)
/// </summary>
internal sealed class ClickList
{
    /// <summary>Least score of a candidate [dB].</summary>
    public const float LeastScore = 10;

    // of an event that is evidence of typing; level relative to the speech
    private const float StrongScore = 12, StrongLevelDb = -6;
    // Of an event turned down where somebody types, and elsewhere; plosives of clean speech reach +7.5.
    private const float TypingLevelDb = -14, LoneLevelDb = 11;
    private const double WindowSeconds = 4, LeastPerSecond = 5 / 8.0;
    private const int LeastCount = 3;

    // How far a click may lie from the spectrum that clicks have in common: at least 9 dB (half of them lie within 5,
    // nine tenths within 8; two thirds of the plosives lie further), and more where there are several keyboards.
    private const double MostDistanceDb = 9, MostDistance = 1.7;
    // louder ones, relative to the speech, are clicks however they sound
    private const float PlosiveLevelDb = 3;
    private const int LeastToLearn = 6;

    // The level that so many frames exceed is that of loud vowels, or of the clicks themselves, which then have to be
    // frequent.
    private const double LoudShare = 0.05;
    private readonly List<ClickCandidate> _candidates = [];
    private readonly LevelHistogram _levels = new(lowestDb: -110, stepDb: 0.25, steps: 800);     // of all frames

    /// <summary>Counts the level of a frame that touches no digital silence; returns how many came before.</summary>
    public int CountLevel(float levelDb)
    {
        _levels.Add(levelDb);
        return (int)_levels.Count - 1;
    }

    /// <summary>Adds a local maximum of the score; frames ascend.</summary>
    public void Add(ClickCandidate candidate) => _candidates.Add(candidate);

    /// <summary>The frames of the clicks, ascending.</summary>
    /// <param name="hopSeconds">Step from frame to frame [s].</param>
    public List<int> Decide(double hopSeconds)
    {
        float reference = (float)_levels.LevelDb(_levels.StepFromAbove(LoudShare));
        int window = (int)(WindowSeconds / hopSeconds);
        List<int> strong =
        [
            .. _candidates
                .Where(c => c.Score > StrongScore && c.LevelDb > reference + StrongLevelDb)
                .Select(c => c.Time),
        ];
        var clicks = new List<int>();
        var typed = new List<ClickCandidate>();
        int from = 0, to = 0;       // strong events within the window around the candidate
        foreach (ClickCandidate c in _candidates)
        {
            while (from < strong.Count && strong[from] <= c.Time - window)
            {
                from++;
            }

            while (to < strong.Count && strong[to] < c.Time + window)
            {
                to++;
            }

            double seconds = (Math.Min((int)_levels.Count, c.Time + window) - Math.Max(0, c.Time - window)) * hopSeconds;
            bool typing = to - from >= Math.Max(LeastCount, LeastPerSecond * seconds);
            if (c.LevelDb > reference + LoneLevelDb && !typing)
            {
                clicks.Add(c.Frame);
            }
            else if (typing && c.LevelDb > reference + TypingLevelDb)
            {
                typed.Add(c);
            }
        }

        AddAlike(typed, reference, clicks);
        clicks.Sort();
        return clicks;
    }

    // Adds the events that sound like the others, and those too loud for a plosive.
    private static void AddAlike(List<ClickCandidate> typed, float reference, List<int> clicks)
    {
        if (typed.Count < LeastToLearn)
        {
            clicks.AddRange(typed.Select(c => c.Frame));
            return;
        }

        var common = ClickSpectrum.Learn(typed);
        double[] distance = [.. typed.Select(common.DistanceDb)];
        double median = OrderStatistics.Select<double>([.. distance], distance.Length / 2),
            most = Math.Max(MostDistanceDb, MostDistance * median);
        for (int i = 0; i < distance.Length; i++)
        {
            if (distance[i] <= most || typed[i].LevelDb > reference + PlosiveLevelDb)
            {
                clicks.Add(typed[i].Frame);
            }
        }
    }
}
