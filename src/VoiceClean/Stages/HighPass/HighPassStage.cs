using VoiceClean.Audio;
using VoiceClean.Inspection.Removable;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Stages.HighPass;

/// <summary>Removes DC and rumble without turning the phase (<see cref="RumbleFilter"/>).</summary>
internal sealed class HighPassStage : IStage
{
    private readonly HighPassOptions _options;

    /// <summary>Makes the stage.</summary>
    public HighPassStage(HighPassOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => "high-pass";

    /// <inheritdoc/>
    public void Process(AudioClip clip, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clip);
        _ = DigitalSilence.Of(clip);        // before anything rings into it
        RumbleFilter.Run(clip.Samples, clip.SampleRate, _options.CutoffHz, cancellation);
        clip.Findings.Set(new RumbleRemoved(_options.CutoffHz));
    }
}
