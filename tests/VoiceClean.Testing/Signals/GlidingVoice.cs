namespace VoiceClean.Testing.Signals;

/// <summary>A voice whose pitch never stays, as none does.</summary>
public static class GlidingVoice
{
    /// <summary>
    /// Syllables of a gliding fundamental with 20 falling harmonics, 0.35 s long, and pauses of 0.15 s with faint
    /// noise.
    /// </summary>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="seconds">Length.</param>
    /// <param name="fundamentalHz">The middle of the pitch [Hz].</param>
    public static float[] Make(int sampleRate, int seconds, double fundamentalHz = 115)
    {
        var random = new Random(1);
        float[] x = new float[sampleRate * seconds];
        double phase = 0;
        for (int n = 0; n < x.Length; n++)
        {
            double t = (double)n / sampleRate, within = t % 0.5;
            phase += fundamentalHz * (1 + (0.12 * Math.Sin(2 * Math.PI * 1.3 * t))) / sampleRate;
            double envelope = within < 0.35 ? Math.Pow(Math.Sin(Math.PI * within / 0.35), 2) : 0, sum = 0;
            for (int h = 1; h <= 20 && envelope > 0; h++)
            {
                sum += Math.Sin(2 * Math.PI * h * phase) / h;
            }

            x[n] = (float)((0.1 * envelope * sum) + (0.0005 * (random.NextDouble() - 0.5)));
        }

        return x;
    }
}
