using VoiceClean.Audio;
using VoiceClean.Pipeline;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// The default denoiser: a soft spectral gate by speech presence over a two-way decision-directed MMSE-LSA gain. Needs the <see cref="NoiseProfile"/> of
/// an earlier stage and does nothing without one; strength 0 leaves the samples bit for bit.
/// </summary>
public sealed class SpectralGateStage : IStage
{
    private readonly SpectralGateOptions _options;

    /// <summary>Makes the stage.</summary>
    public SpectralGateStage(SpectralGateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => "spectral-gate";

    /// <inheritdoc/>
    public void Process(AudioClip clip, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clip);
        NoiseProfile? profile = clip.Findings.TryGet<NoiseProfile>();
        if (_options.Strength == 0 || profile is null || profile.SampleRate != clip.SampleRate || clip.Samples.Length == 0)
        {
            return;
        }

        var framing = new SpeechFraming(clip.SampleRate);
        using var noise = new NoiseTrack(framing, profile, clip.Samples, cancellation);
        double attenuation = Attenuation(profile, noise.ActiveOverNoiseDb());
        if (attenuation > 0)
        {
            new GateRun(framing, noise, clip.Samples.Length, attenuation).Process(clip.Samples, clip.Samples, cancellation);
        }
    }

    // A·strength, less where the clip is already clean or what was found is hardly noise
    private double Attenuation(NoiseProfile profile, double snrDb)
    {
        double wanted = GateSettings.MaxAttenuationDb * _options.Strength;
        if (profile.IsScarce)
        {
            wanted = Math.Min(wanted, GateSettings.ScarceAttenuationDb);
        }

        double likeNoise = Math.Clamp((GateSettings.SpeechScatterDb - profile.ScatterDb) / (GateSettings.SpeechScatterDb - GateSettings.NoiseScatterDb), 0, 1);
        return Math.Clamp(GateSettings.TargetSnrDb - snrDb, 0, wanted) * likeNoise;
    }
}
