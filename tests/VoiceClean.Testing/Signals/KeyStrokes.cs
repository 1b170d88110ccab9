namespace VoiceClean.Testing.Signals;

/// <summary>Somebody types.</summary>
public static class KeyStrokes
{
    /// <summary>Four decaying bursts of noise a second.</summary>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="seconds">Length.</param>
    /// <param name="level">Twice the largest sample.</param>
    public static float[] Make(int sampleRate, int seconds, float level)
    {
        var random = new Random(3);
        float[] x = new float[sampleRate * seconds];
        for (int click = 0; click < 4 * seconds; click++)
        {
            int at = (int)((click + 0.2 + (0.6 * random.NextDouble())) * sampleRate / 4);
            for (int n = 0; n < sampleRate / 50 && at + n < x.Length; n++)
            {
                x[at + n] += (float)(level * (random.NextDouble() - 0.5) * Math.Exp(-n / (0.0015 * sampleRate)));
            }
        }

        return x;
    }
}
