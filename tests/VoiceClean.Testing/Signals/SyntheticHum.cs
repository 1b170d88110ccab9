namespace VoiceClean.Testing.Signals;

/// <summary>Hum of the mains.</summary>
public static class SyntheticHum
{
    /// <summary>A fundamental at -37 dBFS RMS, and four harmonics 3 to 13 dB below it.</summary>
    /// <param name="frequencyHz">Of the fundamental [Hz].</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="seconds">Length.</param>
    public static float[] Make(double frequencyHz, int sampleRate, int seconds)
    {
        double[] levelsDb = [-37, -43, -40, -50, -47];
        float[] x = new float[sampleRate * seconds];
        for (int n = 0; n < x.Length; n++)
        {
            double sum = 0;
            for (int h = 1; h <= levelsDb.Length; h++)
            {
                sum +=
                    Math.Sqrt(2)
                    * Math.Pow(10, levelsDb[h - 1] / 20)
                    * Math.Cos((2 * Math.PI * frequencyHz * h * n / sampleRate) + h);
            }

            x[n] = (float)sum;
        }

        return x;
    }
}
