using System.Text.Json.Serialization;
using VoiceClean.Errors;

namespace VoiceClean.Stages.EstimateNoise;

/// <summary>Where the noise is learnt.</summary>
public sealed record EstimateNoiseOptions
{
    /// <summary>Where to look; by default the head if it proves to be noise, else the quietest frames.</summary>
    [JsonIgnore]
    public NoiseSource Source { get; init; } = NoiseSource.Auto;

    [JsonInclude]
    [JsonPropertyName("source")]
    internal string SourceWord
    {
        get => JsonWords.Of(Source);
        init => Source = JsonWords.Read<NoiseSource>(value);
    }

    /// <summary>How much of the beginning is tried as noise, 50 ms to 60 s, default 0.5 s.</summary>
    public TimeSpan HeadLength { get; init => field = HeadLengthRange.Checked(value); } = TimeSpan.FromSeconds(0.5);

    internal static ValueRange HeadLengthRange => new(0.05, 60);

    /// <summary>Start of the stretch for <see cref="NoiseSource.Range"/>, from the start of the recording.</summary>
    public TimeSpan RangeStart { get; init => field = RangeStartRange.Checked(value); }

    internal static ValueRange RangeStartRange => new(0, 64_800);

    /// <summary>End of the stretch for <see cref="NoiseSource.Range"/>; after its start.</summary>
    public TimeSpan RangeEnd { get; init => field = RangeEndRange.Checked(value); }

    internal static ValueRange RangeEndRange => new(0, 64_800);

    /// <summary>A recording of the noise alone, for <see cref="NoiseSource.File"/>.</summary>
    public string? FilePath { get; init; }
}

/// <summary>Where the noise profile comes from.</summary>
public enum NoiseSource
{
    /// <summary>The head if it proves to be noise, else the quietest frames.</summary>
    Auto,

    /// <summary>The first <see cref="EstimateNoiseOptions.HeadLength"/>, unchecked.</summary>
    Head,

    /// <summary>A stretch of the recording, unchecked.</summary>
    Range,

    /// <summary>A recording of its own.</summary>
    File,

    /// <summary>No profile: denoising stages do nothing.</summary>
    Off,
}
