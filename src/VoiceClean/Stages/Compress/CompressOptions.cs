using VoiceClean.Errors;

namespace VoiceClean.Stages.Compress;

/// <summary>
/// How strongly loud passages are turned down. The stage is not part of the standard chain: for voice cloning the
/// dynamics of a voice belong to it.
/// </summary>
public sealed record CompressOptions
{
    /// <summary>Whether the standard chain has the stage; off by default.</summary>
    public bool Enabled { get; init; }

    /// <summary>
    /// Where compression begins, above the clip's own integrated loudness [dB], -20 to 20, default 2: -18 dBFS for a
    /// clip of -20 LUFS.
    /// </summary>
    public double AboveLoudnessDb { get; init => field = AboveLoudnessDbRange.Checked(value); } = 2;

    internal static ValueRange AboveLoudnessDbRange => new(-20, 20);

    /// <summary>
    /// A fixed place where compression begins instead [dBFS, peak], -80 to 0, null (the default) = relative to the
    /// loudness.
    /// </summary>
    public double? ThresholdDb { get; init => field = value is { } v ? ThresholdDbRange.Checked(v) : null; }

    internal static ValueRange ThresholdDbRange => new(-80, 0);

    /// <summary>
    /// By how many decibels the input must rise above the threshold for the output to rise by one, 1 to 3, default 2.
    /// </summary>
    public double Ratio { get; init => field = RatioRange.Checked(value); } = 2;

    internal static ValueRange RatioRange => new(1, 3);

    /// <summary>Width of the soft transition around the threshold [dB], 0 to 24, default 6.</summary>
    public double KneeDb { get; init => field = KneeDbRange.Checked(value); } = 6;

    internal static ValueRange KneeDbRange => new(0, 24);

    /// <summary>Time constant with which the gain falls, 1 to 50 ms, default 5 ms.</summary>
    public TimeSpan Attack { get; init => field = AttackRange.Checked(value); } = TimeSpan.FromMilliseconds(5);

    internal static ValueRange AttackRange => new(0.001, 0.05);

    /// <summary>Time constant with which the gain recovers, 20 ms to 1 s, default 100 ms.</summary>
    public TimeSpan Release { get; init => field = ReleaseRange.Checked(value); } = TimeSpan.FromMilliseconds(100);

    internal static ValueRange ReleaseRange => new(0.02, 1);

    /// <summary>Most reduction [dB], 0 to 24, default 8.</summary>
    public double MaxReductionDb { get; init => field = MaxReductionDbRange.Checked(value); } = 8;

    internal static ValueRange MaxReductionDbRange => new(0, 24);
}
