namespace VoiceClean.Dsp.Statistics;

/// <summary>The mean over a window that is centred on each value in turn.</summary>
internal static class MovingMean
{
    /// <summary>
    /// mean[k] = mean of values[k - half … k + half], of fewer at the ends. Each is added up afresh, in double: a
    /// running sum would carry the rounding of a loud word into the silence behind it.
    /// </summary>
    /// <param name="values">Any number.</param>
    /// <param name="half">Values on either side, 0 and more.</param>
    /// <returns>As many.</returns>
    public static float[] Compute(ReadOnlySpan<float> values, int half)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(half);
        float[] mean = new float[values.Length];
        for (int k = 0; k < mean.Length; k++)
        {
            int from = Math.Max(0, k - half), to = Math.Min(values.Length, k + half + 1);
            double sum = 0;
            foreach (float v in values[from..to])
            {
                sum += v;
            }

            mean[k] = (float)(sum / (to - from));
        }

        return mean;
    }
}
