using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Datasets.Slicing;

/// <summary>
/// What a cut costs and what a length costs, on one scale without a unit: about 1 = as bad as a clip of 15 s where 10 s
/// are aimed at. The plan with the least sum wins (<see cref="SlicePlanner"/>).
/// </summary>
internal static class SliceCosts
{
    // A cut in a pause of 100 ms costs 0.67, of 250 ms 0.37, of 1 s 0.02: sentences rather than words.
    private const double PauseScaleSeconds = 0.25;

    // A quiet point at the level of the background is as good as the shortest pause; one at the level of the voice is
    // worse than any length.
    private const double QuietBase = 0.7, QuietSlope = 4;

    private const double ShortWeight = 2, LongWeight = 3, LongSlope = 1.5, CentreWeight = 0.2;
    private const double DistancePerSecond = 0.05, DistanceFromSeconds = 2, LargestDistance = 1;

    /// <summary>Speech left out: never worth it while any clip can hold it.</summary>
    public const double DropBase = 100, DropPerSecond = 1000;

    /// <summary>A cut within a sentence, besides what its place costs: worse than nearly any length.</summary>
    public const double SentenceCut = 3;

    /// <summary>A cut in a pause.</summary>
    public static double PauseCut(double seconds) => Math.Exp(-seconds / PauseScaleSeconds);

    /// <summary>A cut where there is no pause.</summary>
    /// <param name="level">Mean square over 60 ms there.</param>
    /// <param name="voice">Mean square of the voice around.</param>
    /// <param name="floor">Mean square of the background.</param>
    public static double QuietCut(double level, double voice, double floor)
    {
        double range = Decibels.FromPower(voice) - Math.Max(Decibels.FromPower(floor), Decibels.FromPower(voice) - 40);
        double above = Decibels.FromPower(level) - (Decibels.FromPower(voice) - range);
        double share = range > 1 ? Math.Clamp(above / range, 0, 1) : 1;
        return QuietBase + (QuietSlope * share * share);
    }

    /// <summary>
    /// A clip that holds a long pause: words that were said long after each other belong together less.
    /// </summary>
    public static double Distance(double seconds) =>
        Math.Min(LargestDistance, Math.Max(0, seconds - DistanceFromSeconds) * DistancePerSecond);

    /// <summary>A clip of this length [s].</summary>
    public static double Length(double seconds, SliceOptions options)
    {
        double low = options.TargetMin.TotalSeconds, high = options.TargetMax.TotalSeconds, centre = (low + high) / 2;
        if (seconds < low)
        {
            return CentreWeight
                + (ShortWeight * Square((low - seconds) / Math.Max(0.1, low - options.MinLength.TotalSeconds)));
        }

        // Rises at once behind the target, so that cheap quiet points do not all end in clips a little too long.
        double over = (seconds - high) / Math.Max(0.1, options.MaxLength.TotalSeconds - high);
        return over > 0
            ? CentreWeight + (LongSlope * over) + (LongWeight * Square(over))
            : CentreWeight * Square((seconds - centre) / Math.Max(0.1, high - centre));
    }

    private static double Square(double x) => x * x;
}
