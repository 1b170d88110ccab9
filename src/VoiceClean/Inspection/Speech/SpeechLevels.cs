using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Inspection.Speech;

/// <summary>The levels that decide what is speech in one clip. Powers are mean squares of 20 ms frames.</summary>
internal sealed record SpeechLevels
{
    private const double OverNoiseDb = 6, UnderLoudnessDb = 35, LeastUnderLoudnessDb = 15;
    private const double FricativeOverNoiseDb = 3, FricativeUnderLoudnessDb = 45;
    // [1/s]; 2500 = Rabiner and Sambur's 25 per 10 ms
    private const int LowestCrossingLimit = 1000, HighestCrossingLimit = 2500;

    // Frames below count as digital silence and say nothing about the background; above is a histogram in tenths of a
    // decibel.
    private const double LowestDb = -120, StepDb = 0.1;
    private const int Steps = 1600;
    private const double NoiseShare = 0.1;

    /// <summary>Background [dBFS]; -∞ if there is nothing but digital silence.</summary>
    public required double NoiseDb { get; init; }

    /// <summary>Loudness [LUFS]; NaN = undefined.</summary>
    public required double LoudnessLufs { get; init; }

    /// <summary>Frames of at least this level are speech [dBFS].</summary>
    public required double ThresholdDb { get; init; }

    /// <summary>Frames with many crossings and at least this power may be weak fricatives.</summary>
    public required float FricativePower { get; init; }

    /// <summary>How many crossings are many [1/s].</summary>
    public required int CrossingLimit { get; init; }

    /// <summary>
    /// True if the threshold was brought down to 15 dB below the loudness: then frames above it prove nothing.
    /// </summary>
    public required bool IsNoisy { get; init; }

    /// <summary>Background + 6 dB as a power.</summary>
    public float EvidencePower => (float)Decibels.ToPower(NoiseDb + OverNoiseDb);

    /// <summary><see cref="ThresholdDb"/> as a power.</summary>
    public float ThresholdPower => (float)Decibels.ToPower(ThresholdDb);

    /// <summary>Derives the levels of a clip of this loudness [LUFS, NaN = undefined].</summary>
    /// <param name="frames">Of the clip.</param>
    /// <param name="loudness">[LUFS]</param>
    /// <param name="thresholdReLoudnessDb">A fixed threshold; null = adaptive.</param>
    /// <param name="hasBackground">False if even its quietest frames are known to be speech.</param>
    public static SpeechLevels Measure(
        SpeechFrames frames,
        double loudness,
        double? thresholdReLoudnessDb,
        bool hasBackground = true)
    {
        double noise = hasBackground ? NoiseLevel(frames) : double.NegativeInfinity;
        double adaptive = Math.Max(noise + OverNoiseDb, loudness - UnderLoudnessDb);
        double highest = loudness - LeastUnderLoudnessDb;
        return new SpeechLevels
        {
            NoiseDb = noise,
            LoudnessLufs = loudness,
            ThresholdDb = thresholdReLoudnessDb is { } fixedDb ? loudness + fixedDb : Math.Min(adaptive, highest),
            FricativePower = (float)
                Decibels.ToPower(Math.Max(noise + FricativeOverNoiseDb, loudness - FricativeUnderLoudnessDb)),
            CrossingLimit = CrossingLimitOf(frames, noise),
            IsNoisy = adaptive > highest,
        };
    }

    private static double NoiseLevel(SpeechFrames frames)
    {
        ReadOnlySpan<float> powers = frames.Powers.Span;
        var levels = new LevelHistogram(LowestDb, StepDb, Steps);
        for (int k = 0; k < powers.Length; k++)
        {
            double db = Decibels.FromPower(powers[k]);
            if (db > LowestDb && !frames.IsSilent(k))
            {
                levels.Add(db);
            }
        }

        return levels.Count == 0
            ? double.NegativeInfinity
            : levels.LevelDb(levels.StepFromBelow(NoiseShare) + 0.5);
    }

    // Between the crossings of the background plus two deviations and the classic limit, which steady hiss would
    // exceed.
    private static int CrossingLimitOf(SpeechFrames frames, double noiseDb)
    {
        ReadOnlySpan<float> powers = frames.Powers.Span;
        float highest = (float)Decibels.ToPower(noiseDb + FricativeOverNoiseDb);
        double sum = 0, squares = 0;
        int count = 0;
        for (int k = 0; k < powers.Length; k++)
        {
            if (powers[k] <= highest && !frames.IsSilent(k))
            {
                double rate = frames.CrossingRate(k);
                sum += rate;
                squares += rate * rate;
                count++;
            }
        }

        double mean = count == 0 ? 0 : sum / count;
        double deviation = count == 0 ? 0 : Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean)));
        return (int)Math.Clamp(mean + (2 * deviation), LowestCrossingLimit, HighestCrossingLimit);
    }
}
