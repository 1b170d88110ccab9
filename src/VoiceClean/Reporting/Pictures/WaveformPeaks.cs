namespace VoiceClean.Reporting.Pictures;

/// <summary>The least and the greatest sample of each column of a stretch.</summary>
internal static class WaveformPeaks
{
    /// <summary>Finds them.</summary>
    /// <param name="samples">Mono, full scale ±1; silence before and after.</param>
    /// <param name="from">Where the stretch begins [sample].</param>
    /// <param name="length">How long it is [sample], more than 0.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <returns>Pairs of signed bytes, least and greatest, rounded away from 0; ±127 = full scale, and what lies
    /// beyond is shown as that. A column without samples shows the one that it lies in.</returns>
    public static byte[] Of(ReadOnlySpan<float> samples, double from, double length, int width)
    {
        byte[] pairs = new byte[2 * width];
        for (int x = 0; x < width; x++)
        {
            double start = Math.Floor(from + (x * length / width));
            double end = Math.Max(start + 1, Math.Floor(from + ((x + 1) * length / width)));
            int first = (int)Math.Clamp(start, 0, samples.Length), last = (int)Math.Clamp(end, first, samples.Length);
            (float low, float high) = (0, 0);
            if (last > first)
            {
                (low, high) = (samples[first], samples[first]);
                foreach (float s in samples[first..last])
                {
                    low = Math.Min(low, s);
                    high = Math.Max(high, s);
                }
            }

            pairs[2 * x] = Signed(low);
            pairs[(2 * x) + 1] = Signed(high);
        }

        return pairs;
    }

    private static byte Signed(float sample)
    {
        double scaled = 127 * (double)sample;
        return unchecked((byte)(sbyte)Math.Clamp(sample < 0 ? Math.Floor(scaled) : Math.Ceiling(scaled), -127, 127));
    }
}
