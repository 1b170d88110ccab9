using VoiceClean.Errors;

namespace VoiceClean.Formats.Loading;

/// <summary>What decides which samples a recording becomes.</summary>
internal sealed record LoadOptions
{
    /// <summary>Sampling rate of the clip [Hz], 8,000 to 192,000, default 32,000.</summary>
    public int SampleRate { get; init => field = SampleRateRange.Checked(value); } = 32_000;

    internal static ValueRange SampleRateRange => new(8_000, 192_000);

    /// <summary>How several channels become one.</summary>
    public ChannelChoice Channel { get; init; } = ChannelChoice.Mix;

    /// <summary>Which of several audio tracks, 1 to 99; null = the one with the speech (default).</summary>
    public int? Track { get; init => field = value is { } n ? TrackRange.Checked(n) : null; }

    internal static ValueRange TrackRange => new(1, 99);

    /// <summary>How much of the beginning is read; null = all (default).</summary>
    public TimeSpan? Stretch { get; init; }

    /// <summary>Bounds on the input.</summary>
    public DecodeLimits Limits { get; init; } = new();
}
