using VoiceClean.Audio;
using VoiceClean.Pipeline;

namespace VoiceClean.Stages.Noisereduce;

/// <summary>
/// Spectral gating exactly as the Python package noisereduce 3.0.3 does it (numpy path), for people who want its result. Parameters are the package's
/// defaults; <see cref="NoisereduceOptions.Strength"/> is its prop_decrease. The noise of the stationary mode is the first 0.5 s of the clip, as in the
/// recipe the package is usually used in. Two differences: strength 0 leaves the samples untouched, and digital silence stays silence (the package
/// returns NaN in its non-stationary mode).
/// </summary>
public sealed class NoisereduceStage : IStage
{
    private static readonly TimeSpan s_head = TimeSpan.FromSeconds(0.5);
    private readonly NoisereduceOptions _options;

    /// <summary>Makes the stage.</summary>
    public NoisereduceStage(NoisereduceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => "noisereduce";

    /// <inheritdoc/>
    public void Process(AudioClip clip, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (_options.Strength == 0)
        {
            return;
        }

        Span<float> samples = clip.Samples;
        SampleRange range = NoiseRange(clip);
        double[] noise = new double[range.Length];
        for (int n = 0; n < noise.Length; n++)
        {
            noise[n] = samples[range.Start + n];
        }

        NoisereduceEngine.Process(samples, noise, samples, clip.SampleRate, _options, cancellation);
    }

    private static SampleRange NoiseRange(AudioClip clip)
        => new(0, (int)Math.Min(clip.Samples.Length, Math.Max(1, s_head.TotalSeconds * clip.SampleRate)));
}
