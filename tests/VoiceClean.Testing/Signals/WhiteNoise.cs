namespace VoiceClean.Testing.Signals;

/// <summary>White noise that is the same every time.</summary>
public static class WhiteNoise
{
    /// <summary>Evenly distributed samples.</summary>
    /// <param name="length">[sample]</param>
    /// <param name="seed">Another noise.</param>
    /// <param name="amplitude">No sample is larger.</param>
    public static float[] Uniform(int length, int seed, double amplitude)
    {
        var random = new Random(seed);
        float[] noise = new float[length];
        for (int i = 0; i < length; i++)
        {
            noise[i] = (float)(amplitude * ((2 * random.NextDouble()) - 1));
        }

        return noise;
    }

    /// <summary>Normally distributed samples, by Box and Muller.</summary>
    /// <param name="length">[sample]</param>
    /// <param name="seed">Another noise.</param>
    /// <param name="rootMeanSquare">Full scale 1.</param>
    public static float[] Gaussian(int length, int seed, double rootMeanSquare)
    {
        var random = new Random(seed);
        float[] noise = new float[length];
        for (int n = 0; n < length; n++)
        {
            noise[n] = (float)(
                rootMeanSquare
                * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()))
                * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return noise;
    }
}
