using VoiceClean.Errors;

namespace VoiceClean.Stages.Noisereduce;

/// <summary>How the stage that agrees with the Python package noisereduce 3.0.3 works.</summary>
public sealed record NoisereduceOptions
{
    /// <summary>The package's prop_decrease, 0 (bit-transparent) to 1.</summary>
    public double Strength { get; init => field = StrengthRange.Checked(value); } = 0.6;

    internal static ValueRange StrengthRange => new(0, 1);

    /// <summary>
    /// True: a fixed threshold per bin from the noise profile; false: each bin against its own moving average.
    /// </summary>
    public bool Stationary { get; init; } = true;
}
