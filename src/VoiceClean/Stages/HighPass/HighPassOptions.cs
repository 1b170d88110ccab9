using VoiceClean.Errors;

namespace VoiceClean.Stages.HighPass;

/// <summary>How DC and rumble are removed.</summary>
public sealed record HighPassOptions
{
    /// <summary>The -3 dB frequency [Hz], 5 to 200, default 20 (DC and infrasound only; 60 takes rumble too).</summary>
    public double CutoffHz { get; init => field = CutoffHzRange.Checked(value); } = 20;

    internal static ValueRange CutoffHzRange => new(5, 200);
}
