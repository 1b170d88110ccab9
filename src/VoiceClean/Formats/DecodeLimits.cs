using VoiceClean.Errors;

namespace VoiceClean.Formats;

/// <summary>Bounds on what an input may make us do, whatever it claims about itself.</summary>
public sealed record DecodeLimits
{
    /// <summary>Longest recording; decoding stops with <c>too_long</c> beyond it. 1 s to 18 h, default 4 h.</summary>
    public TimeSpan MaxDuration
    {
        get;
        init => field = Check.InRange(value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(18));
    } = TimeSpan.FromHours(4);

    /// <summary>Most channels, 1 to 64, default 64.</summary>
    public int MaxChannels { get; init => field = Check.InRange(value, 1, 64); } = 64;

    /// <summary>Highest sampling rate [Hz], default 768,000.</summary>
    public int MaxSampleRate { get; init => field = Check.InRange(value, 1, 768_000); } = 768_000;

    /// <summary>
    /// How long an external decoder may stay silent before it is killed with <c>timeout</c>, default 60 s.
    /// </summary>
    public TimeSpan DecoderTimeout
    {
        get;
        init => field = Check.InRange(value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
    } = TimeSpan.FromSeconds(60);
}
