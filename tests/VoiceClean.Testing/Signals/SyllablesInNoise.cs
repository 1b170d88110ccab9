namespace VoiceClean.Testing.Signals;

/// <summary>The signal of the laws: like speech enough for a stage to have work, and quickly made.</summary>
public static class SyllablesInNoise
{
    /// <summary>
    /// White noise at -50 dBFS with bursts of harmonics of 120 Hz at -20 dBFS that come and go as syllables do, after
    /// 0.6 s of noise alone.
    /// </summary>
    /// <param name="seconds">Length.</param>
    /// <param name="seed">Of the noise.</param>
    /// <param name="rate">[Hz]</param>
    public static float[] Make(double seconds, int seed, int rate = 32_000)
    {
        var random = new Random(seed);
        float[] samples = new float[(int)(seconds * rate)];
        for (int i = 0; i < samples.Length; i++)
        {
            double t = (double)i / rate;
            double syllable = t < 0.6 ? 0 : Math.Max(0, Math.Sin(2 * Math.PI * 2.5 * t));
            double voice = 0;
            for (int k = 1; k <= 8 && syllable > 0; k++)
            {
                voice += Math.Sin(2 * Math.PI * 120 * k * t) / k;
            }

            samples[i] = (float)((0.08 * syllable * voice) + (0.005 * ((random.NextDouble() * 2) - 1)));
        }

        return samples;
    }
}
