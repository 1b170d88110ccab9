using VoiceClean.Errors;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>How the default denoiser works.</summary>
public sealed record SpectralGateOptions
{
    /// <summary>How far gated bins are turned down, 0 (bit-transparent) to 1 (by 24 dB).</summary>
    public double Strength { get; init => field = Check.InRange(value, 0, 1); } = 0.6;
}
