namespace VoiceClean.Testing.Signals;

/// <summary>
/// Whispers made of speech: its linear prediction filters, frame by frame, driven by noise instead of a voice (Makhoul,
/// "Linear prediction: a tutorial review", Proc. IEEE 63(4), 1975), brighter than a voice is.
/// </summary>
public static class Whisper
{
    private const int Order = 24;
    private const double PreEmphasis = 0.95, DeEmphasis = 0.7;

    /// <summary>The whisper, -28 dBFS, with noise 50 dB below it.</summary>
    /// <param name="speech">[sample] mono.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="seed">Of the noise.</param>
    public static float[] Of(ReadOnlySpan<float> speech, int sampleRate, int seed)
    {
        int length = sampleRate / 40, hop = length / 2;
        var random = new Random(seed);
        double[] whisper = new double[speech.Length + length], frame = new double[length];
        for (int start = 0; start + length < speech.Length; start += hop)
        {
            for (int i = 0; i < length; i++)
            {
                double x = speech[start + i] - (start + i > 0 ? PreEmphasis * speech[start + i - 1] : 0);
                frame[i] = x * Window(i, length);
            }

            (double[] filter, double error) = Predict(frame);
            double gain = Math.Sqrt(error / (0.375 * length));
            double[] past = new double[Order];
            for (int i = -200; i < length; i++)
            {
                double y = gain * Gauss(random);
                for (int k = 0; k < Order; k++)
                {
                    y -= filter[k + 1] * past[k];
                }

                Array.Copy(past, 0, past, 1, Order - 1);
                past[0] = y;
                whisper[start + Math.Max(0, i)] += i < 0 ? 0 : y * Window(i, length);
            }
        }

        for (int i = 1; i < whisper.Length; i++)
        {
            whisper[i] += DeEmphasis * whisper[i - 1];
        }

        double scale = 0.04 / Math.Sqrt(whisper.Sum(v => v * v) / whisper.Length);
        return [.. whisper.Take(speech.Length).Select(v => (float)((scale * v) + (0.00013 * Gauss(random))))];
    }

    private static double Window(int i, int length) => 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / length));

    private static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    // Levinson and Durbin.
    private static (double[] Filter, double Error) Predict(double[] frame)
    {
        double[] r = new double[Order + 1], a = new double[Order + 1];
        for (int k = 0; k <= Order; k++)
        {
            for (int i = k; i < frame.Length; i++)
            {
                r[k] += frame[i] * frame[i - k];
            }
        }

        r[0] = (r[0] * 1.000001) + 1e-12;
        double error = r[0];
        a[0] = 1;
        for (int k = 1; k <= Order; k++)
        {
            double sum = r[k];
            for (int j = 1; j < k; j++)
            {
                sum += a[j] * r[k - j];
            }

            double reflection = -sum / error;
            double[] before = [.. a];
            for (int j = 1; j < k; j++)
            {
                a[j] = before[j] + (reflection * before[k - j]);
            }

            a[k] = reflection;
            error *= 1 - (reflection * reflection);
        }

        return (a, error);
    }
}
