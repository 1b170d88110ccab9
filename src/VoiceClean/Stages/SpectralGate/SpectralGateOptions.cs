using VoiceClean.Errors;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>How the default denoiser works.</summary>
public sealed record SpectralGateOptions
{
    /// <summary>How far gated bins are turned down, 0 (bit-transparent) to 1 (by 24 dB).</summary>
    public double Strength { get; init => field = StrengthRange.Checked(value); } = 0.6;

    internal static ValueRange StrengthRange => new(0, 1);
}
