using System.Numerics;
using VoiceClean.Dsp.Fourier;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Inspection;

/// <summary>
/// Slopes of the mean spectra of speech and of what is between: regression of third-octave levels of the spectral
/// density over octaves.
/// </summary>
internal static class SpectrumSlopes
{
    private const double SpeechLowHz = 200, SpeechHighHz = 6300, NoiseLowHz = 100, NoiseHighHz = 8000;

    /// <summary>
    /// Spectral tilt of speech and colour of the background [dB per octave]; not-a-number where there is none of it.
    /// </summary>
    public static (double Speech, double Noise) Measure(
        ReadOnlySpan<float> samples,
        SpeechActivity activity,
        CancellationToken cancellation)
    {
        int rate = activity.SampleRate, length = (int)BitOperations.RoundUpToPowerOf2((uint)(rate / 40));
        MeanSpectrum speech = new(length), noise = new(length);
        int next = 0;
        for (int start = 0; start + length <= samples.Length; start += length)
        {
            if ((start / length & 31) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            while (next < activity.Speech.Count && activity.Speech[next].End <= start)
            {
                next++;
            }

            bool isIn =
                next < activity.Speech.Count
                && activity.Speech[next].Start <= start
                && activity.Speech[next].End >= start + length;
            bool isOut = next >= activity.Speech.Count || activity.Speech[next].Start >= start + length;
            if (isIn == isOut)
            {
                continue;                // an edge of a word belongs to neither
            }

            (isIn ? speech : noise).Add(samples.Slice(start, length));
        }

        double width = (double)rate / length;
        return (Slope(speech.Sum, width, SpeechLowHz, SpeechHighHz), Slope(noise.Sum, width, NoiseLowHz, NoiseHighHz));
    }

    private static double Slope(ReadOnlySpan<double> power, double width, double low, double high)
    {
        double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
        for (double f = low; f <= high * 1.01; f *= Math.Pow(2, 1.0 / 3))
        {
            int from = Math.Max(1, (int)Math.Round(f / Math.Pow(2, 1.0 / 6) / width)),
                to = Math.Max(from + 1, (int)Math.Round(f * Math.Pow(2, 1.0 / 6) / width));
            double sum = 0;
            for (int k = from; k < Math.Min(to, power.Length); k++)
            {
                sum += power[k] / (to - from);
            }

            if (sum > 0)
            {
                double x = Math.Log2(f), y = Decibels.FromPower(sum);
                n++;
                sx += x;
                sy += y;
                sxx += x * x;
                sxy += x * y;
            }
        }

        return n >= 6 ? ((n * sxy) - (sx * sy)) / ((n * sxx) - (sx * sx)) : double.NaN;
    }
}
