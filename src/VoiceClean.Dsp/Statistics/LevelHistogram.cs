namespace VoiceClean.Dsp.Statistics;

/// <summary>
/// Counts levels in steps of a fraction of a decibel, so that quantiles of any number of frames need only a few
/// kilobytes.
/// </summary>
/// <param name="lowestDb">Where the first step begins [dB]; lower levels count in it.</param>
/// <param name="stepDb">Width of a step [dB], above 0.</param>
/// <param name="steps">Number of steps, at least 1; higher levels count in the last.</param>
internal sealed class LevelHistogram(double lowestDb, double stepDb, int steps)
{
    private readonly long[] _counts = new long[steps];

    /// <summary>Levels counted so far.</summary>
    public long Count { get; private set; }

    /// <summary>Counts a level.</summary>
    /// <param name="levelDb">[dB] not not-a-number.</param>
    public void Add(double levelDb)
    {
        _counts[(int)Math.Clamp((levelDb - lowestDb) / stepDb, 0, _counts.Length - 1)]++;
        Count++;
    }

    /// <summary>The lowest step with which more than this share of the levels, from below, is counted.</summary>
    /// <param name="share">0 to below 1.</param>
    /// <returns>0 to the number of steps - 1.</returns>
    public int StepFromBelow(double share)
    {
        long counted = 0, enough = (long)(share * Count);
        int step = 0;
        while (step < _counts.Length - 1 && (counted += _counts[step]) <= enough)
        {
            step++;
        }

        return step;
    }

    /// <summary>The highest step with which more than this share of the levels, from above, is counted.</summary>
    /// <param name="share">0 to below 1.</param>
    /// <returns>0 to the number of steps - 1.</returns>
    public int StepFromAbove(double share)
    {
        long counted = 0, enough = (long)(share * Count);
        int step = _counts.Length - 1;
        while (step > 0 && (counted += _counts[step]) <= enough)
        {
            step--;
        }

        return step;
    }

    /// <summary>The level at which a step begins [dB].</summary>
    /// <param name="step">Number of the step; a half more is its centre.</param>
    public double LevelDb(double step) => lowestDb + (step * stepDb);
}
