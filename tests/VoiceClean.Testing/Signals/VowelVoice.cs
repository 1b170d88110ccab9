namespace VoiceClean.Testing.Signals;

/// <summary>One long vowel.</summary>
public static class VowelVoice
{
    /// <summary>
    /// Pulses of a gliding fundamental of 90 to 130 Hz through two resonances, with a breath of noise: what a vowel is
    /// made of.
    /// </summary>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="seconds">Length.</param>
    public static float[] Make(int sampleRate, int seconds)
    {
        var random = new Random(2);
        double[] a = new double[4];
        float[] x = new float[sampleRate * seconds];
        double phase = 0;
        for (int n = 0; n < x.Length; n++)
        {
            phase += (110 + (20 * Math.Sin(2 * Math.PI * 0.7 * n / sampleRate))) / sampleRate;
            double pulse = phase >= 1 ? 1 : 0;
            phase -= Math.Floor(phase);
            pulse += 0.02 * (random.NextDouble() - 0.5);
            double first = Resonate(a, 0, pulse, 700.0 / sampleRate),
                second = Resonate(a, 2, pulse, 2300.0 / sampleRate);
            x[n] = (float)(0.1 * (first + (0.5 * second)));
        }

        return x;
    }

    private static double Resonate(double[] state, int at, double x, double frequency)
    {
        double r = 0.996, y = x + (2 * r * Math.Cos(2 * Math.PI * frequency) * state[at]) - (r * r * state[at + 1]);
        state[at + 1] = state[at];
        state[at] = y;
        return y * 0.05;
    }
}
