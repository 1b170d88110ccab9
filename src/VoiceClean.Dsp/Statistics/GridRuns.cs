namespace VoiceClean.Dsp.Statistics;

/// <summary>
/// Finds long stretches of samples that already lie on the grid of a word length: digital silence, and audio that
/// nobody has touched since it was stored. Rounding loses nothing there, so it needs no dither.
/// </summary>
internal static class GridRuns
{
    /// <summary>
    /// The first run of more than <paramref name="minLength"/> samples on the grid that ends after
    /// <paramref name="from"/>. Looks only at every <paramref name="minLength"/>-th sample, since a longer run must
    /// contain one of them.
    /// </summary>
    /// <param name="samples">[sample] full scale ±1.</param>
    /// <param name="from">Where to begin, 0 to the length; not inside an earlier run.</param>
    /// <param name="minLength">At least 1 [sample].</param>
    /// <param name="bits">Word length, 2 to 24.</param>
    /// <returns>Start and end (exclusive) of the whole run; both the length of <paramref name="samples"/> if there is
    /// none.</returns>
    public static (int Start, int End) Next(ReadOnlySpan<float> samples, int from, int minLength, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minLength, 1);
        float scale = 1 << (bits - 1);
        for (long probe = from; probe < samples.Length; probe += minLength)
        {
            if (!IsOnGrid(samples[(int)probe], scale))
            {
                continue;
            }

            int start = (int)probe, end = start + 1;
            while (start > from && IsOnGrid(samples[start - 1], scale))
            {
                start--;
            }

            while (end < samples.Length && IsOnGrid(samples[end], scale))
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

    private static bool IsOnGrid(float sample, float scale)
    {
        float v = sample * scale;      // exact: a power of two
        return v == MathF.Floor(v) && v >= -scale && v < scale;
    }
}
