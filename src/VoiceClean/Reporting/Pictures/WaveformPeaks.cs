using System.Numerics;

namespace VoiceClean.Reporting.Pictures;

/// <summary>The least and the greatest sample of each column of a stretch.</summary>
internal static class WaveformPeaks
{
    private const int BlockSamples = 8192;

    /// <summary>Finds them.</summary>
    /// <param name="read">Reads the recording; silence before and after.</param>
    /// <param name="count">How long that is [sample].</param>
    /// <param name="from">Where the stretch begins [sample].</param>
    /// <param name="length">How long it is [sample], more than 0.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <returns>Pairs of signed bytes, least and greatest, rounded away from 0; ±127 = full scale, and what lies
    /// beyond is shown as that. A column without samples shows the one that it lies in.</returns>
    public static byte[] Of(SampleReader read, int count, double from, double length, int width)
    {
        byte[] pairs = new byte[2 * width];
        float[] block = new float[BlockSamples];
        for (int x = 0; x < width; x++)
        {
            double start = Math.Floor(from + (x * length / width));
            double end = Math.Max(start + 1, Math.Floor(from + ((x + 1) * length / width)));
            int first = (int)Math.Clamp(start, 0, count), last = (int)Math.Clamp(end, first, count);
            (float low, float high) = last > first ? (float.MaxValue, float.MinValue) : (0, 0);
            for (int at = first; at < last; at += BlockSamples)
            {
                Span<float> samples = block.AsSpan(0, Math.Min(BlockSamples, last - at));
                read(at, samples);
                (float least, float most) = Extremes(samples);
                (low, high) = (Math.Min(low, least), Math.Max(high, most));
            }

            pairs[2 * x] = Signed(low);
            pairs[(2 * x) + 1] = Signed(high);
        }

        return pairs;
    }

    private static (float, float) Extremes(ReadOnlySpan<float> samples)
    {
        (float low, float high) = (samples[0], samples[0]);
        if (samples.Length >= Vector<float>.Count)
        {
            (Vector<float> least, Vector<float> most) = (new(samples), new(samples));
            for (; samples.Length >= Vector<float>.Count; samples = samples[Vector<float>.Count..])
            {
                var some = new Vector<float>(samples);
                (least, most) = (Vector.Min(least, some), Vector.Max(most, some));
            }

            for (int i = 0; i < Vector<float>.Count; i++)
            {
                (low, high) = (Math.Min(low, least[i]), Math.Max(high, most[i]));
            }
        }

        foreach (float s in samples)
        {
            (low, high) = (Math.Min(low, s), Math.Max(high, s));
        }

        return (low, high);
    }

    private static byte Signed(float sample)
    {
        double scaled = 127 * (double)sample;
        return unchecked((byte)(sbyte)Math.Clamp(sample < 0 ? Math.Floor(scaled) : Math.Ceiling(scaled), -127, 127));
    }
}
