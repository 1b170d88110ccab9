namespace VoiceClean.Formats.Flac;

/// <summary>
/// Turns what is left of a prediction back into samples. Arithmetic is that of the format: 64 bits for the sums, 32 for
/// the result, wrapping only where a file is damaged. Source: RFC 9639 §9.2.5, §9.2.6.
/// </summary>
internal static class FlacPrediction
{
    /// <summary>Undoes a fixed predictor; the first samples are there already.</summary>
    /// <param name="samples">First <paramref name="order"/> samples, then residuals; become samples.</param>
    /// <param name="order">0 to 4.</param>
    public static void RestoreFixed(Span<int> samples, int order)
    {
        int a, b, c, d;
        switch (order)
        {
            case 1:
                a = samples[0];
                for (int i = 1; i < samples.Length; i++)
                {
                    a += samples[i];
                    samples[i] = a;
                }

                break;
            case 2:
                (a, b) = (samples[1], samples[0]);
                for (int i = 2; i < samples.Length; i++)
                {
                    (a, b) = (samples[i] + 2 * a - b, a);
                    samples[i] = a;
                }

                break;
            case 3:
                (a, b, c) = (samples[2], samples[1], samples[0]);
                for (int i = 3; i < samples.Length; i++)
                {
                    (a, b, c) = (samples[i] + 3 * (a - b) + c, a, b);
                    samples[i] = a;
                }

                break;
            case 4:
                (a, b, c, d) = (samples[3], samples[2], samples[1], samples[0]);
                for (int i = 4; i < samples.Length; i++)
                {
                    (a, b, c, d) = (samples[i] + 4 * (a + c) - 6 * b - d, a, b, c);
                    samples[i] = a;
                }

                break;
        }
    }

    /// <summary>Undoes a linear predictor whose sums fit 32 bits.</summary>
    /// <param name="samples">First as many samples as there are coefficients, then residuals; become samples.</param>
    /// <param name="reversed">The coefficient of the oldest sample first; 1 to 32.</param>
    /// <param name="shift">0 to 15.</param>
    public static void RestoreNarrow(Span<int> samples, ReadOnlySpan<int> reversed, int shift)
    {
        for (int i = reversed.Length; i < samples.Length; i++)
        {
            ReadOnlySpan<int> past = samples.Slice(i - reversed.Length, reversed.Length);
            int sum = 0;
            for (int j = 0; j < reversed.Length; j++)
            {
                sum += reversed[j] * past[j];
            }

            samples[i] += sum >> shift;
        }
    }

    /// <summary>As <see cref="RestoreNarrow"/> with sums of 64 bits.</summary>
    public static void Restore(Span<int> samples, ReadOnlySpan<int> reversed, int shift)
    {
        for (int i = reversed.Length; i < samples.Length; i++)
        {
            ReadOnlySpan<int> past = samples.Slice(i - reversed.Length, reversed.Length);
            long sum = 0;
            for (int j = 0; j < reversed.Length; j++)
            {
                sum += (long)reversed[j] * past[j];
            }

            samples[i] += (int)(sum >> shift);
        }
    }

    /// <summary>
    /// As <see cref="Restore"/> for the side channel of 32-bit stereo, whose samples have 33 bits.
    /// </summary>
    /// <param name="samples">First the warm-up samples; receives the others.</param>
    /// <param name="residuals">One for each sample behind them.</param>
    /// <param name="reversed">The coefficient of the oldest sample first; 0 to 32.</param>
    /// <param name="shift">0 to 15.</param>
    public static void RestoreWide(
        Span<long> samples,
        ReadOnlySpan<int> residuals,
        ReadOnlySpan<int> reversed,
        int shift)
    {
        for (int i = reversed.Length; i < samples.Length; i++)
        {
            ReadOnlySpan<long> past = samples.Slice(i - reversed.Length, reversed.Length);
            long sum = 0;
            for (int j = 0; j < reversed.Length; j++)
            {
                sum += reversed[j] * past[j];
            }

            samples[i] = residuals[i] + (sum >> shift);
        }
    }
}
