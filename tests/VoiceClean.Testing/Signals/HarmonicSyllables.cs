using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Testing.Signals;

/// <summary>
/// Seeded stand-ins for speech in noise: harmonic syllables with a moving pitch, pauses, and Gaussian noise.
/// </summary>
public static class HarmonicSyllables
{
    /// <summary>
    /// Half a second of noise, then syllables of 0.3 s and pauses of 0.2 s, then noise again; the noise lies <paramref
    /// name="snrDb"/> below the syllables.
    /// </summary>
    /// <param name="rate">[Hz]</param>
    /// <param name="seconds">Of speech; the noise before and behind it comes on top.</param>
    /// <param name="snrDb">[dB]</param>
    /// <param name="seed">Another voice and another noise.</param>
    /// <param name="lead">Noise before and behind the speech [s].</param>
    /// <returns>The mixture, and a stretch of noise alone within it.</returns>
    public static (float[] Mixture, SampleRange Pause) Noisy(
        int rate,
        double seconds,
        double snrDb,
        int seed,
        double lead = 0.7)
    {
        float[] speech = Speech(rate, seconds, seed, lead);
        float[] noise = WhiteNoise.Gaussian(speech.Length, seed + 100, 0.1 * Math.Pow(10, -snrDb / 20));
        float[] mixture = new float[speech.Length];
        for (int n = 0; n < mixture.Length; n++)
        {
            mixture[n] = speech[n] + noise[n];
        }

        return (mixture, new SampleRange((int)(0.1 * rate), (int)(0.5 * rate)));
    }

    /// <summary>Syllables with a root mean square of about 0.1 each, without noise.</summary>
    /// <param name="rate">[Hz]</param>
    /// <param name="seconds">Of speech; the silence before and behind it comes on top.</param>
    /// <param name="seed">Another voice.</param>
    /// <param name="lead">Silence before and behind the speech [s].</param>
    public static float[] Speech(int rate, double seconds, int seed, double lead = 0.7)
    {
        var random = new Random(seed);
        float[] speech = new float[(int)((seconds + (2 * lead)) * rate)];
        for (double start = lead; start + 0.3 <= seconds + lead; start += 0.5)
        {
            double pitch = 110 + (80 * random.NextDouble()), formant = 400 + (600 * random.NextDouble());
            int from = (int)(start * rate), count = (int)(0.3 * rate);
            for (int h = 1; h * pitch * 1.3 < Math.Min(4000, 0.45 * rate); h++)
            {
                double weight = 0.1 / (1 + Math.Pow((h * pitch - formant) / 400, 2)),
                    phase = 2 * Math.PI * random.NextDouble();
                for (int n = 0; n < count; n++)
                {
                    double t = (double)n / rate,
                        swell = Math.Sin(Math.PI * n / count);
                    speech[from + n] += (float)(
                        weight * swell * Math.Sin((2 * Math.PI * h * pitch * (t + (0.5 * t * t))) + phase));
                }
            }
        }

        return speech;
    }

    /// <summary>Level of a stretch [dBFS].</summary>
    public static double PowerDb(ReadOnlySpan<float> samples, SampleRange range)
    {
        double sum = 0;
        foreach (float x in samples[range.Start..range.End])
        {
            sum += (double)x * x;
        }

        return Decibels.FromPower(sum / range.Length);
    }
}
