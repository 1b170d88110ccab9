using VoiceClean.Audio;
using VoiceClean.Inspection.Removable;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Stages.RemoveHum;

/// <summary>
/// Removes mains hum and its harmonics where it finds them, by subtracting them (<see cref="HumRemover"/>); a clip
/// without hum keeps every bit. Sets <see cref="MainsHum"/>.
/// </summary>
internal sealed class RemoveHumStage : IStage
{
    private readonly RemoveHumOptions _options;

    /// <summary>Makes the stage.</summary>
    public RemoveHumStage(RemoveHumOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => "remove-hum";

    /// <inheritdoc/>
    public void Process(AudioClip clip, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clip);
        Span<float> sounding = clip.Samples[DigitalSilence.Of(clip).Sound];
        clip.Findings.Set(HumRemover.Run(sounding, clip.SampleRate, _options.ThresholdDb, cancellation));
    }
}
