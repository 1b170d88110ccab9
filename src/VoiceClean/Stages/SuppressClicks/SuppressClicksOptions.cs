using VoiceClean.Errors;

namespace VoiceClean.Stages.SuppressClicks;

/// <summary>How keyboard and mouse clicks are turned down.</summary>
public sealed record SuppressClicksOptions
{
    /// <summary>
    /// How far a click is turned down at most, 0 (bit-transparent) to 1 (by 40 dB), never below what surrounds it.
    /// </summary>
    public double Strength { get; init => field = StrengthRange.Checked(value); } = 0.6;

    internal static ValueRange StrengthRange => new(0, 1);
}
