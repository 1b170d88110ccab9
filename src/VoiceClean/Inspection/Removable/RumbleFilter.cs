using VoiceClean.Dsp.Filters;

namespace VoiceClean.Inspection.Removable;

/// <summary>
/// Removes DC and rumble with a second-order Butterworth high-pass run forward and backward, so that no phase is
/// turned. Both ends are continued by their mirror image, so that an offset does not ring there. (The point reflection
/// of scipy.signal.filtfilt would continue a loud end with an offset of its own.)
/// </summary>
internal static class RumbleFilter
{
    // Two passes must have lost 3 dB at the corner: (1 + r⁴)² = 2 for r = corner of one pass / corner.
    private static readonly double s_cornerRatio = Math.Pow(Math.Sqrt(2) - 1, 0.25);

    // The filter forgets within some periods of its corner.
    private const double MemoryPeriods = 3;

    /// <summary>
    /// Filters in place; a corner above a quarter of the sampling rate, or no samples at all, leaves them alone.
    /// </summary>
    /// <param name="samples">[sample] mono, full scale ±1.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="cutoffHz">The -3 dB frequency [Hz].</param>
    /// <param name="cancellation">Looked at every few seconds of audio.</param>
    public static void Run(Span<float> samples, int sampleRate, double cutoffHz, CancellationToken cancellation)
    {
        if (samples.IsEmpty || cutoffHz >= sampleRate / 4.0)
        {
            return;
        }

        int reach = Math.Min(samples.Length - 1, (int)(MemoryPeriods * sampleRate / cutoffHz));
        var coefficients = BiquadCoefficients.HighPass(cutoffHz * s_cornerRatio, Math.Sqrt(0.5), sampleRate);
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

/// <summary>Says that rumble has been taken out of a clip's samples.</summary>
/// <param name="CutoffHz">The -3 dB frequency [Hz].</param>
internal sealed record RumbleRemoved(double CutoffHz);
