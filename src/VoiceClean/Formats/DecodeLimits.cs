using VoiceClean.Errors;

namespace VoiceClean.Formats;

/// <summary>Bounds on what an input may make us do, whatever it claims about itself.</summary>
public sealed record DecodeLimits
{
    /// <summary>Longest recording; decoding stops with <c>too_long</c> beyond it. 1 s to 18 h, default 4 h.</summary>
    public TimeSpan MaxDuration { get; init => field = MaxDurationRange.Checked(value); } = TimeSpan.FromHours(4);

    internal static ValueRange MaxDurationRange => new(1, 64_800);

    /// <summary>Most channels, 1 to 64, default 64.</summary>
    public int MaxChannels { get; init => field = MaxChannelsRange.Checked(value); } = 64;

    internal static ValueRange MaxChannelsRange => new(1, 64);

    /// <summary>Highest sampling rate [Hz], default 768,000.</summary>
    public int MaxSampleRate { get; init => field = MaxSampleRateRange.Checked(value); } = 768_000;

    internal static ValueRange MaxSampleRateRange => new(1, 768_000);

    /// <summary>
    /// How long an external decoder may stay silent before it is killed with <c>timeout</c>, default 60 s.
    /// </summary>
    public TimeSpan DecoderTimeout { get; init => field = DecoderTimeoutRange.Checked(value); } =
        TimeSpan.FromSeconds(60);

    internal static ValueRange DecoderTimeoutRange => new(1, 3600);
}
