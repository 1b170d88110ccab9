using VoiceClean.Cleaning.Options;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Web.Studio;

/// <summary>What a studio is to be.</summary>
internal sealed record StudioOptions
{
    /// <summary>The languages of its page.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "zh-CN"];

    /// <summary>The recording, or the folder of recordings; null = none, for the microphone alone.</summary>
    public string? Source { get; init; }

    /// <summary>The port, 0 = any free one.</summary>
    public int Port { get; init; }

    /// <summary>The folder in which results are saved; null = nothing is written.</summary>
    public string? Output { get; init; }

    /// <summary>The language of the page, one of <see cref="Languages"/>; null = what the browser prefers.</summary>
    public string? Language { get; init; }

    /// <summary>The values with which it starts.</summary>
    public CleaningOptions Cleaning { get; init; } = new();

    /// <summary>The decoders to choose from; null = those that come with the library.</summary>
    public AudioDecoders? Decoders { get; init; }

    /// <summary>The processors it may use, at least 1.</summary>
    public int Processors { get; init => field = Math.Max(1, value); } = Environment.ProcessorCount;

    /// <summary>How long after the last page was closed it ends; null = never.</summary>
    public TimeSpan? IdleLimit { get; init; }

    /// <summary>The clock of <see cref="IdleLimit"/>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
