using VoiceClean.Audio;
using VoiceClean.Dsp.Filters;

namespace VoiceClean.Stages.HighPass;

/// <summary>
/// Removes DC and rumble with a second-order Butterworth high-pass run forward and backward, so that no phase is
/// turned. Both ends are continued by their mirror image, so that an offset does not ring there. (The point reflection
/// of scipy.signal.filtfilt would continue a loud end with an offset of its own.)
/// </summary>
internal sealed class HighPassStage : IStage
{
    // Two passes must have lost 3 dB at the corner: (1 + r⁴)² = 2 for r = corner of one pass / corner.
    private static readonly double s_cornerRatio = Math.Pow(Math.Sqrt(2) - 1, 0.25);

    // The filter forgets within some periods of its corner.
    private const double MemoryPeriods = 3;
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
        Span<float> samples = clip.Samples;
        if (samples.IsEmpty || _options.CutoffHz >= clip.SampleRate / 4.0)
        {
            return;
        }

        int reach = Math.Min(samples.Length - 1, (int)(MemoryPeriods * clip.SampleRate / _options.CutoffHz));
        var coefficients = BiquadCoefficients.HighPass(
            _options.CutoffHz * s_cornerRatio,
            Math.Sqrt(0.5),
            clip.SampleRate);
        float[] before = new float[reach],
            after = new float[reach];
        double sum = 0;
        for (int n = 0; n < reach; n++)
        {
            sum += samples[n];
            before[reach - 1 - n] = samples[n + 1];
            after[n] = samples[samples.Length - 2 - n];
        }

        // A constant passes as zero, so it may be taken off first: the filter then starts at rest.
        float constant = reach > 0 ? (float)(sum / reach) : samples[0];
        ZeroPhaseFilter.Run(samples, before, after, constant, coefficients, cancellation);
    }
}
