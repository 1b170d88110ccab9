
namespace VoiceClean.Stages.Noisereduce;

/// <summary>
/// The chunk driver of noisereduce 3.0.3: 600,000 samples at a time with 30,000 of context (zeros beyond the ends), the
/// frame grid starting anew in each chunk. That bounds the memory to about 50 MB at any length of the recording.
/// </summary>
internal static class NoisereduceEngine
{
    private const int Chunk = 600_000, Padding = 30_000;

    /// <summary>
    /// Processes in double precision; <paramref name="output"/> may be <paramref name="input"/> itself (same start) or
    /// not overlap it.
    /// </summary>
    /// <param name="input">The samples.</param>
    /// <param name="noise">The noise, of which the first 600,000 samples count; null = the first chunk of the input,
    /// unused if not stationary.</param>
    /// <param name="output">Receives as many samples.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="options">Strength above 0, and the variant.</param>
    /// <param name="cancellation">Checked once per second of sound.</param>
    public static void Process<T>(
        ReadOnlySpan<T> input,
        double[]? noise,
        Span<T> output,
        int sampleRate,
        NoisereduceOptions options,
        CancellationToken cancellation)
        where T : struct, System.Numerics.INumberBase<T>
    {
        using var spectra = new NoisereduceSpectra();
        using var mask = new NoisereduceMask(sampleRate);
        int longest = Math.Min(Chunk, input.Length);
        double[] before = new double[Padding], chunk = new double[longest + (2 * Padding)];
        double[]? threshold = null;
        if (options.Stationary)
        {
            noise ??= ToDouble(input[..longest]);
            spectra.Analyze(noise.AsSpan(0, Math.Min(noise.Length, Chunk)), cancellation);
            threshold = NoisereduceMask.Threshold(spectra);
        }

        for (int start = 0; start < input.Length; start += Chunk)
        {
            int kept = Math.Min(Chunk, input.Length - start), behind = Math.Min(Padding, input.Length - start - kept);
            // The package pads a last chunk to full length; its zeros only add silent frames, except that of a single
            // short chunk.
            int length = (input.Length <= Chunk ? kept : Chunk) + (2 * Padding);
            Span<double> x = chunk.AsSpan(0, length);
            x.Clear();
            before.CopyTo(x);
            for (int n = 0; n < kept + behind; n++)
            {
                x[Padding + n] = double.CreateTruncating(input[start + n]);
            }

            x.Slice(kept, Padding).CopyTo(before);      // what lies before the next chunk, before it is overwritten
            spectra.Analyze(x, cancellation);
            if (threshold is not null)
            {
                mask.Stationary(spectra, threshold, options.Strength);
            }
            else
            {
                mask.NonStationary(spectra, options.Strength);
            }

            spectra.Apply(mask.Gain);
            spectra.Synthesize(x);
            for (int n = 0; n < kept; n++)
            {
                output[start + n] = T.CreateTruncating(x[Padding + n]);
            }
        }
    }

    private static double[] ToDouble<T>(ReadOnlySpan<T> samples) where T : struct, System.Numerics.INumberBase<T>
    {
        double[] values = new double[samples.Length];
        for (int n = 0; n < values.Length; n++)
        {
            values[n] = double.CreateTruncating(samples[n]);
        }

        return values;
    }
}
