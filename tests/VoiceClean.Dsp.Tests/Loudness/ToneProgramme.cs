using VoiceClean.Dsp.Filters;
using VoiceClean.Testing.Signals;

namespace VoiceClean.Dsp.Tests.Loudness;

/// <summary>
/// Generators of the test signals of EBU Tech 3341 and 3342 (v4, 2023): stretches of a phase-continuous sine, and peaks
/// between samples. "Stereo in phase" needs one channel only: its energies count twice.
/// </summary>
internal static class ToneProgramme
{
    /// <summary>A silent stretch.</summary>
    public const double Silence = double.NegativeInfinity;

    /// <summary>A sine whose level changes abruptly; every stretch begins at the sample nearest to its time.</summary>
    public static float[] Make(
        int sampleRate,
        double frequencyHz,
        params (double Seconds, double PeakDb)[] stretches) =>
        Waves.Stretches(sampleRate, frequencyHz, phase: 0, stretches);

    /// <summary>Repeats a pattern.</summary>
    public static (double, double)[] Repeat(int times, params (double, double)[] pattern)
        => [.. Enumerable.Repeat(pattern, times).SelectMany(p => p)];

    /// <summary>Cases 15–19: a sine at a fraction of the rate with 10 ms fades, 1 s.</summary>
    public static float[] Tone(int sampleRate, double cyclesPerSample, double amplitude, double phaseDegrees)
    {
        float[] samples = new float[sampleRate];
        int fade = sampleRate / 100;
        for (int i = 0; i < samples.Length; i++)
        {
            double gain = Math.Min(1, Math.Min((double)i / fade, (double)(samples.Length - 1 - i) / fade));
            samples[i] = (float)(
                gain * amplitude * Math.Sin(2 * Math.PI * cyclesPerSample * i + phaseDegrees * Math.PI / 180));
        }

        return samples;
    }

    /// <summary>
    /// Cases 20–23: at four times the rate a sine of 24 samples per cycle and amplitude 0.5 with one cycle of 16
    /// samples and amplitude 1, inserted at a rising zero crossing; low-passed (513 taps, Kaiser β 8.6, 0.49 of the
    /// final rate), then every fourth sample from <paramref name="offset"/>.
    /// </summary>
    public static float[] InsertedCycle(int sampleRate, int offset)
    {
        int half = sampleRate / 12 * 24;
        double[] fine = new double[2 * half + 16];
        for (int i = 0; i < fine.Length; i++)
        {
            int k = i - half;
            fine[i] = k is >= 0 and < 16
                ? Math.Sin(2 * Math.PI * k / 16.0)
                : 0.5 * Math.Sin(2 * Math.PI * (k < 0 ? k : k - 16) / 24.0);
        }

        double[] taps = KaiserFilter.LowPass(513, 0.49 / 4, 8.6);
        float[] samples = new float[fine.Length / 4];
        for (int n = 0; n < samples.Length; n++)
        {
            double sum = 0;
            for (int k = 0; k < taps.Length; k++)
            {
                int i = 4 * n + offset - 256 + k;
                sum += i >= 0 && i < fine.Length ? fine[i] * taps[k] : 0;
            }

            samples[n] = (float)sum;
        }

        // The signal begins and ends in mid-cycle; fades keep those edges out of the measurement.
        int fade = sampleRate / 100;
        for (int i = 0; i < fade; i++)
        {
            samples[i] *= (float)i / fade;
            samples[^(i + 1)] *= (float)i / fade;
        }

        return samples;
    }
}
