using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Testing.Signals;

/// <summary>
/// Something like a voice, made from nothing: glottal pulses through three resonances, syllables of changing strength,
/// pauses. Peaky as close-miked speech is, so the limiter has work.
/// </summary>
public static class PulseVoice
{
    /// <summary>Makes one.</summary>
    /// <param name="seconds">Length.</param>
    /// <param name="lufs">Integrated loudness it is scaled to.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="seed">Another voice and another text.</param>
    public static float[] Make(double seconds, double lufs, int sampleRate = 32_000, int seed = 1)
    {
        var random = new Random(seed);
        float[] x = new float[(int)(seconds * sampleRate)];
        double pitch = 90 + 80 * random.NextDouble(), phase = 0, syllable = 0, strength = 0, next = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double t = (double)i / sampleRate;
            if (t >= next)
            {
                next = t + 0.12 + 0.2 * random.NextDouble();
                strength = random.Next(6) == 0 ? 0 : Math.Pow(10, -0.4 * random.NextDouble());
                pitch *= Math.Exp(0.1 * (random.NextDouble() - 0.5));
            }

            syllable += (strength - syllable) * 40.0 / sampleRate;
            phase += pitch * (1 + 0.02 * Math.Sin(31 * t)) / sampleRate;
            double pulse = phase >= 1 ? 1 : 0;
            phase -= pulse;
            x[i] = (float)(syllable * (pulse + 0.004 * (random.NextDouble() - 0.5)));
        }

        foreach ((double frequency, double bandwidth) in ((double, double)[])[(600, 150), (1300, 200), (2600, 300)])
        {
            double r = Math.Exp(-Math.PI * bandwidth / sampleRate);
            new Biquad(
                new BiquadCoefficients(1, 0, -1, -2 * r * Math.Cos(2 * Math.PI * frequency / sampleRate), r * r)
            ).Process(x, x);
        }

        return Scaled(x, sampleRate, lufs);
    }

    /// <summary>The samples at another loudness.</summary>
    public static float[] Scaled(float[] x, int sampleRate, double lufs)
    {
        float gain = (float)Decibels.ToAmplitude(lufs - LoudnessMeasurement.Measure(x, sampleRate).IntegratedLufs);
        return [.. x.Select(v => v * gain)];
    }
}
