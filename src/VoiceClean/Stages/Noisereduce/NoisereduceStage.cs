using VoiceClean.Audio;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.Noisereduce;

/// <summary>
/// Spectral gating exactly as the Python package noisereduce 3.0.3 does it (numpy path), for people who want its
/// result. Parameters are the package's defaults; <see cref="NoisereduceOptions.Strength"/> is its prop_decrease. The
/// noise of the stationary mode is the stretch that estimate-noise found, or else the first 0.5 s of the clip, as in
/// the recipe the package is usually used in. Two differences: strength 0 leaves the samples untouched, and digital
/// silence stays silence (the package returns NaN in its non-stationary mode).
/// </summary>
internal sealed class NoisereduceStage : IStage
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

        HighStrength.Warn(clip, _options.Strength);
        Span<float> samples = clip.Samples;
        SampleRange range = NoiseRange(clip);
        double[] noise = new double[range.Length];
        for (int n = 0; n < noise.Length; n++)
        {
            noise[n] = samples[range.Start + n];
        }

        NoisereduceEngine.Process(samples, noise, samples, clip.SampleRate, _options, cancellation);
    }

    // Where the noise estimate was learnt; without one the head, as the recipe has it; if it was not one stretch, the
    // quietest half second.
    private static SampleRange NoiseRange(AudioClip clip)
    {
        int length = (int)Math.Min(clip.Samples.Length, Math.Max(1, s_head.TotalSeconds * clip.SampleRate));
        NoiseProfile? profile = clip.Findings.TryGet<NoiseProfile>();
        return profile is null
            ? new SampleRange(0, length)
            : profile.Range ?? Quietest(clip.Samples, length, Math.Max(1, clip.SampleRate / 10));
    }

    private static SampleRange Quietest(ReadOnlySpan<float> samples, int length, int step)
    {
        (double minimum, int best) = (double.PositiveInfinity, 0);
        for (int start = 0; start + length <= samples.Length; start += step)
        {
            double energy = 0;
            foreach (float v in samples.Slice(start, length))
            {
                energy += (double)v * v;
            }

            // Digital silence is no noise to learn from.
            if (energy < minimum && energy > 1e-12 * length)
            {
                (minimum, best) = (energy, start);
            }
        }

        return new SampleRange(best, best + length);
    }
}
