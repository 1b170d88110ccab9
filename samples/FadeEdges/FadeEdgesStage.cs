using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Stages;

namespace FadeEdges;

/// <summary>
/// A stage that does not come with VoiceClean: raised-cosine fades at both ends of a clip. It is registered in one
/// line,
/// <c>catalog.Add(FadeEdgesStage.StageName, _ => new FadeEdgesStage(new FadeEdgesOptions()))</c>, and then chosen by
/// name.
/// </summary>
public sealed class FadeEdgesStage(FadeEdgesOptions options) : IStage
{
    /// <summary>Its name in the catalogue and in <c>--stages</c>.</summary>
    public const string StageName = "fade-edges";

    /// <inheritdoc/>
    public string Name => StageName;

    /// <inheritdoc/>
    public void Process(AudioClip clip, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clip);
        cancellation.ThrowIfCancellationRequested();
        Span<float> samples = clip.Samples;
        int length = Math.Min(samples.Length / 2, (int)(options.Duration.TotalSeconds * clip.SampleRate));
        for (int i = 0; i < length; i++)
        {
            // Half a period of a raised cosine, sampled between the ends so that no sample becomes exactly zero.
            float gain = (float)(0.5 - (0.5 * Math.Cos(Math.PI * (i + 0.5) / length)));
            samples[i] *= gain;
            samples[^(i + 1)] *= gain;
        }

        clip.Findings.Set(new FadeEdgesFinding(1000.0 * length / clip.SampleRate));
    }
}

/// <summary>How long the fades are.</summary>
public sealed record FadeEdgesOptions
{
    /// <summary>Length of each fade, 0 to 1 s, default 20 ms.</summary>
    public TimeSpan Duration
    {
        get;
        init => field = Check.InRange(value, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    } = TimeSpan.FromMilliseconds(20);
}

/// <summary>What the stage did; goes into the report as <c>fade_ms</c>.</summary>
/// <param name="FadeMs">Length of each fade [ms].</param>
public sealed record FadeEdgesFinding(double FadeMs) : IReportedFinding
{
    /// <inheritdoc/>
    public void Report(FigureList figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        figures.Add("fade_ms", FadeMs);
    }
}
