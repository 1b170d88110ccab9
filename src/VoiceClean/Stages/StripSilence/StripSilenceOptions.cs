using System.Text.Json.Serialization;
using VoiceClean.Errors;

namespace VoiceClean.Stages.StripSilence;

/// <summary>What happens to silence.</summary>
public sealed record StripSilenceOptions
{
    /// <summary>Which silences are touched; by default those at the ends.</summary>
    [JsonIgnore]
    public SilenceMode Mode { get; init; } = SilenceMode.Ends;

    [JsonInclude]
    [JsonPropertyName("mode")]
    internal string ModeWord
    {
        get => JsonWords.Of(Mode);
        init => Mode = JsonWords.Read<SilenceMode>(value);
    }

    /// <summary>
    /// A fixed threshold [dBFS], -90 to 0, null = adaptive (the default). It applies as if the clip had been normalised
    /// to -16 LUFS first, so that a quiet recording does not lose its consonants.
    /// </summary>
    public double? ThresholdDb { get; init => field = value is { } v ? ThresholdDbRange.Checked(v) : null; }

    internal static ValueRange ThresholdDbRange => new(-90, 0);

    /// <summary>A silence is touched only if it is longer than this, 50 ms to 60 s, default 500 ms.</summary>
    public TimeSpan MinSilence { get; init => field = MinSilenceRange.Checked(value); } = TimeSpan.FromSeconds(0.5);

    internal static ValueRange MinSilenceRange => new(0.05, 60);

    /// <summary>What is kept before speech, 0 to 5 s, default 100 ms.</summary>
    public TimeSpan PadBefore { get; init => field = PadBeforeRange.Checked(value); } = TimeSpan.FromMilliseconds(100);

    internal static ValueRange PadBeforeRange => new(0, 5);

    /// <summary>What is kept after speech, 0 to 5 s, default 200 ms.</summary>
    public TimeSpan PadAfter { get; init => field = PadAfterRange.Checked(value); } = TimeSpan.FromMilliseconds(200);

    internal static ValueRange PadAfterRange => new(0, 5);

    /// <summary>
    /// With <see cref="SilenceMode.All"/>: inner pauses longer than this are shortened, 0.1 to 60 s, default 0.6 s.
    /// </summary>
    public TimeSpan LongPause { get; init => field = LongPauseRange.Checked(value); } = TimeSpan.FromSeconds(0.6);

    internal static ValueRange LongPauseRange => new(0.1, 60);

    /// <summary>
    /// With <see cref="SilenceMode.All"/>: what is left of a long pause, 0.05 to 60 s, default 0.4 s; at most <see
    /// cref="LongPause"/>.
    /// </summary>
    public TimeSpan MaxPause { get; init => field = MaxPauseRange.Checked(value); } = TimeSpan.FromSeconds(0.4);

    internal static ValueRange MaxPauseRange => new(0.05, 60);

    /// <summary>A result shorter than this is kept untrimmed, with a warning; 0 to 60 s, default 0.8 s.</summary>
    public TimeSpan MinSegment { get; init => field = MinSegmentRange.Checked(value); } = TimeSpan.FromSeconds(0.8);

    internal static ValueRange MinSegmentRange => new(0, 60);
}

/// <summary>Which silences are cut.</summary>
public enum SilenceMode
{
    /// <summary>Those before the first and after the last speech.</summary>
    Ends,

    /// <summary>Those, and inner pauses are shortened to a maximum, never to zero.</summary>
    All,

    /// <summary>None.</summary>
    Off,
}
