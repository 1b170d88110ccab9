using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Formats.Downmix;

/// <summary>
/// Which of two channels carries the clearer speech: the distance between its loud and its quiet moments in the speech
/// band.
/// </summary>
internal static class SpeechBandSnr
{
    // The band of telephone speech [Hz], by one pole each: enough to keep rumble and hiss from deciding.
    private const double Lowest = 300, Highest = 3400;
    private const double BlockSeconds = 0.05;

    /// <summary>
    /// The channel with the higher SNR; <paramref name="preferred"/> if they are within half a decibel.
    /// </summary>
    public static int Better(ReadOnlySpan<float> interleaved, int sampleRate, int preferred)
    {
        double first = Measure(interleaved, 0, sampleRate), second = Measure(interleaved, 1, sampleRate);
        return Math.Abs(first - second) < 0.5 ? preferred : first > second ? 0 : 1;
    }

    /// <summary>The 95th percentile of the levels of 50 ms blocks less the 10th [dB].</summary>
    internal static double Measure(ReadOnlySpan<float> interleaved, int channel, int sampleRate)
    {
        int block = Math.Max(1, (int)(BlockSeconds * sampleRate)), frames = interleaved.Length / 2;
        double[] levels = new double[frames / block];
        double highPass = Math.Exp(-2 * Math.PI * Lowest / sampleRate),
            lowPass = Math.Exp(-2 * Math.PI * Math.Min(Highest, 0.45 * sampleRate) / sampleRate);
        double low = 0,
            smooth = 0;
        for (int b = 0; b < levels.Length; b++)
        {
            double energy = 1e-20;      // digital silence is as quiet as can be, not infinitely quiet
            for (int i = b * block; i < (b + 1) * block; i++)
            {
                double s = interleaved[2 * i + channel];
                low = highPass * low + (1 - highPass) * s;
                smooth = lowPass * smooth + (1 - lowPass) * (s - low);
                energy += smooth * smooth;
            }

            levels[b] = 10 * Math.Log10(energy / block);
        }

        return levels.Length == 0
            ? 0
            : OrderStatistics.Quantile(levels.AsSpan(), 0.95) - OrderStatistics.Quantile(levels.AsSpan(), 0.1);
    }
}
