using VoiceClean.Errors;

namespace VoiceClean.Stages.NormalizeLoudness;

/// <summary>How loud the result is.</summary>
public sealed record NormalizeLoudnessOptions
{
    /// <summary>
    /// Target integrated loudness (ITU-R BS.1770-5) [LUFS], -50 to -5, default -16; null = leave the level alone.
    /// </summary>
    public double? TargetLufs { get; init => field = value is { } v ? TargetLufsRange.Checked(v) : null; } = -16;

    internal static ValueRange TargetLufsRange => new(-50, -5);

    /// <summary>Ceiling of the true peak [dBTP], -20 to 0, default -1.</summary>
    public double TruePeakDb { get; init => field = TruePeakDbRange.Checked(value); } = -1;

    internal static ValueRange TruePeakDbRange => new(-20, 0);

    /// <summary>
    /// Most gain reduction by the limiter [dB], 0 to 20, default 6; beyond it the loudness falls short and says so. A
    /// few moments far louder than all else (a bump, a slam) may be limited more, unless this is 0.
    /// </summary>
    public double MaxReductionDb { get; init => field = MaxReductionDbRange.Checked(value); } = 6;

    internal static ValueRange MaxReductionDbRange => new(0, 20);

    /// <summary>
    /// Reads the target as that of the same signal on two loudspeakers (podcast practice): a mono file then aims 3.01
    /// LU lower.
    /// </summary>
    public bool DualMono { get; init; }

    /// <summary>
    /// A gain to apply instead of the clip's own [dB], -80 to 80, null = the gain that reaches the target. One gain for
    /// all clips of a session keeps their differences, where clips of 1 s normalised one by one would scatter by 1 to 2
    /// LU. The ceiling is guarded all the same.
    /// </summary>
    public double? FixedGainDb { get; init => field = value is { } v ? FixedGainDbRange.Checked(v) : null; }

    internal static ValueRange FixedGainDbRange => new(-80, 80);
}
