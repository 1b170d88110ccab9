namespace VoiceClean.Testing.Signals;

/// <summary>Sines, and arithmetic on signals.</summary>
public static class Waves
{
    /// <summary>amplitude · sin(2π f t + phase), computed in double precision.</summary>
    /// <param name="length">[sample]</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="frequency">[Hz]</param>
    /// <param name="amplitude">Peak, full scale 1.</param>
    /// <param name="phase">[rad]</param>
    public static float[] Sine(int length, int sampleRate, double frequency, double amplitude, double phase = 0)
    {
        float[] samples = new float[length];
        for (int i = 0; i < length; i++)
        {
            samples[i] = (float)(amplitude * Math.Sin((2 * Math.PI * frequency * i / sampleRate) + phase));
        }

        return samples;
    }

    /// <summary>A sine whose level changes abruptly; every stretch begins at the sample nearest to its time.</summary>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="frequency">[Hz]</param>
    /// <param name="phase">[rad]</param>
    /// <param name="stretches">Length [s] and peak [dBFS] of each; minus infinity is silence.</param>
    public static float[] Stretches(
        int sampleRate,
        double frequency,
        double phase,
        params (double Seconds, double PeakDb)[] stretches)
    {
        ArgumentNullException.ThrowIfNull(stretches);
        double total = stretches.Sum(s => s.Seconds), time = 0;
        float[] samples = new float[(int)Math.Round(total * sampleRate)];
        foreach ((double seconds, double peakDb) in stretches)
        {
            int from = (int)Math.Round(time * sampleRate);
            time += seconds;
            int to = Math.Min(samples.Length, (int)Math.Round(time * sampleRate));
            double amplitude = Math.Pow(10, peakDb / 20);
            for (int i = from; i < to; i++)
            {
                samples[i] = (float)(amplitude * Math.Sin((2 * Math.PI * frequency * i / sampleRate) + phase));
            }
        }

        return samples;
    }

    /// <summary>The sum, sample by sample; as long as the shorter one.</summary>
    public static float[] Sum(float[] a, float[] b) => [.. a.Zip(b, (x, y) => x + y)];

    /// <summary>The first minus the second, sample by sample.</summary>
    /// <param name="a">As long as the second or shorter.</param>
    /// <param name="b">What is taken away.</param>
    public static float[] Difference(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float[] difference = a.ToArray();
        for (int i = 0; i < difference.Length; i++)
        {
            difference[i] -= b[i];
        }

        return difference;
    }

    /// <summary>Every sample times the same.</summary>
    public static float[] Scaled(float[] samples, double gain) => [.. samples.Select(s => (float)(gain * s))];

    /// <summary>Channels of equal length as one signal of whole frames.</summary>
    public static float[] Interleave(params float[][] channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        return [.. Enumerable.Range(0, channels[0].Length).SelectMany(i => channels.Select(c => c[i]))];
    }

    /// <summary>Sum of the squares.</summary>
    public static double Energy(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        foreach (float s in samples)
        {
            sum += (double)s * s;
        }

        return sum;
    }
}
