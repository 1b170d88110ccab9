using VoiceClean.Audio;

namespace VoiceClean.Stages.SuppressClicks;

/// <summary>What <see cref="SuppressClicksStage"/> found and turned down.</summary>
/// <param name="Count">Clicks turned down; 0 = the samples were not touched.</param>
/// <param name="PerSecond">The same per second of the clip [1/s].</param>
internal sealed record SuppressedClicks(int Count, double PerSecond) : IReportedFinding
{
    /// <summary>The frames of the clicks, ascending.</summary>
    public IReadOnlyList<int> Frames { get; init; } = [];

    /// <inheritdoc/>
    public void Report(FigureList figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        figures.Add("clicks", (double)Count);
        figures.Add("clicks_per_s", PerSecond);
    }
}
