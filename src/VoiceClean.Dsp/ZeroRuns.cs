namespace VoiceClean.Dsp;

/// <summary>Finds digital silence: long runs of samples that are exactly zero.</summary>
public static class ZeroRuns
{
    /// <summary>
    /// The first run of zeros of more than <paramref name="minLength"/> samples that ends after <paramref name="from"/>.
    /// Looks only at every <paramref name="minLength"/>-th sample, since a longer run must contain one of them.
    /// </summary>
    /// <param name="samples">[sample]</param>
    /// <param name="from">Where to begin, 0 to the length; not inside an earlier run.</param>
    /// <param name="minLength">At least 1 [sample].</param>
    /// <returns>Start and end (exclusive) of the whole run; both the length of <paramref name="samples"/> if there is none.</returns>
    public static (int Start, int End) Next(ReadOnlySpan<float> samples, int from, int minLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minLength, 1);
        for (long probe = from; probe < samples.Length; probe += minLength)
        {
            if (samples[(int)probe] != 0)
            {
                continue;
            }

            int start = (int)probe, end = start + 1;
            while (start > from && samples[start - 1] == 0)
            {
                start--;
            }

            while (end < samples.Length && samples[end] == 0)
            {
                end++;
            }

            if (end - start > minLength)
            {
                return (start, end);
            }

            probe = end - 1L;      // the next run begins behind this one; never step over more than minLength
        }

        return (samples.Length, samples.Length);
    }
}
