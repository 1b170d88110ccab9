namespace VoiceClean.Web.Microphone;

/// <summary>What live checks of microphones may take.</summary>
internal sealed record MicrophoneOptions
{
    /// <summary>Most bytes in one message of sound.</summary>
    public const int MostFrameBytes = 64 * 1024;

    /// <summary>Longest recording [s].</summary>
    public const double LongestS = 600;

    /// <summary>Interim figures are those of the last so many seconds.</summary>
    public const double WindowS = 60;

    /// <summary>Least sound between two interim figures [s].</summary>
    public const double UpdateS = 0.5;

    /// <summary>An update may take one part in so many of a processor's time.</summary>
    public const double CostFactor = 5;

    /// <summary>Microphones at a time.</summary>
    public int Most { get; init; } = 1;

    /// <summary>Microphones of one holder at a time; null = as many as in all.</summary>
    public int? MostPerHolder { get; init; }

    /// <summary>Most bytes of sound of one recording.</summary>
    public long MostBytes { get; init; } = long.MaxValue;

    /// <summary>How long nothing may come from a client.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How much longer than <see cref="LongestS"/> a client may stay in all.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the last figures may wait for somebody to work them out.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
