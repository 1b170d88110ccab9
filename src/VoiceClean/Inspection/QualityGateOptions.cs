using System.Text.Json.Serialization;
using VoiceClean.Errors;

namespace VoiceClean.Inspection;

/// <summary>Which recordings are refused.</summary>
public sealed record QualityGateOptions
{
    /// <summary>What happens to a hopeless recording, by default it is refused.</summary>
    [JsonIgnore]
    public GatePolicy Policy { get; init; } = GatePolicy.Reject;

    [JsonInclude]
    [JsonPropertyName("policy")]
    internal string PolicyWord
    {
        get => JsonWords.Of(Policy);
        init => Policy = JsonWords.Read<GatePolicy>(value);
    }

    /// <summary>Lowest signal-to-noise ratio [dB], -20 to 60, default 0.</summary>
    public double MinSnrDb { get; init => field = MinSnrDbRange.Checked(value); }

    internal static ValueRange MinSnrDbRange => new(-20, 60);

    /// <summary>Least speech, 0 to 60 s, default 0.5 s.</summary>
    public TimeSpan MinSpeech { get; init => field = MinSpeechRange.Checked(value); } = TimeSpan.FromSeconds(0.5);

    internal static ValueRange MinSpeechRange => new(0, 60);

    /// <summary>Largest share of clipped samples, 0 to 1, default 0.01.</summary>
    public double MaxClippedShare { get; init => field = MaxClippedShareRange.Checked(value); } = 0.01;

    internal static ValueRange MaxClippedShareRange => new(0, 1);
}

/// <summary>What the quality gate does with a hopeless recording.</summary>
public enum GatePolicy
{
    /// <summary>Refuses it: no output.</summary>
    Reject,

    /// <summary>Processes it with a warning.</summary>
    Warn,

    /// <summary>Does not look.</summary>
    Off,
}
