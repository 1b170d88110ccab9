using VoiceClean.Errors;

namespace VoiceClean.Stages.RemoveHum;

/// <summary>How mains hum is found and removed.</summary>
public sealed record RemoveHumOptions
{
    /// <summary>
    /// A harmonic must stand this far above its neighbourhood [dB] to count as found, 3 to 40, default 8.
    /// </summary>
    public double ThresholdDb { get; init => field = ThresholdDbRange.Checked(value); } = 8;

    internal static ValueRange ThresholdDbRange => new(3, 40);
}
