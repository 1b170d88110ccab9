using System.Numerics;
using VoiceClean.Dsp.Fourier;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Inspection;

/// <summary>Mains hum of a recording.</summary>
/// <param name="FrequencyHz">50 or 60; null = none found.</param>
/// <param name="LevelDb">Level of its lines together [dBFS, mean square]; -∞ if there is none.</param>
internal readonly record struct Hum(double? FrequencyHz, double LevelDb);

/// <summary>
/// Finds mains hum: narrow lines at multiples of 50 or 60 Hz that stand out of their neighbourhood for most of a
/// recording. Lines of a voice are neither so narrow nor at the same place for long.
/// </summary>
internal static class HumMeter
{
    private const int MostFrames = 240, Harmonics = 8, LineBins = 2, GapBins = 4, NearBins = 12;
    private const double LastingShare = 0.2, LineOverNearby = 8;       // 9 dB in power
    private const double LowestDb = -90;

    /// <summary>Measures a clip; nothing is found in clips below a second.</summary>
    public static Hum Measure(ReadOnlySpan<float> samples, int sampleRate, CancellationToken cancellation)
    {
        int length = (int)BitOperations.RoundUpToPowerOf2((uint)(sampleRate * 3 / 4));
        if (samples.Length < length)
        {
            return new Hum(null, double.NegativeInfinity);
        }

        double[] power = LastingPower(samples, length, sampleRate, cancellation);
        double binWidth = (double)sampleRate / length;
        Hum at50 = Sum(power, 50, binWidth), at60 = Sum(power, 60, binWidth);
        return at50.LevelDb >= at60.LevelDb ? at50 : at60;
    }

    // Per bin the mean square that a fifth of the frames stays below: speech comes and goes, hum stays.
    private static double[] LastingPower(
        ReadOnlySpan<float> samples,
        int length,
        int sampleRate,
        CancellationToken cancellation)
    {
        int hop = length / 2,
            count = ((samples.Length - length) / hop) + 1,
            step = Math.Max(1, (count + MostFrames - 1) / MostFrames);
        int bins = Math.Min((length / 2) + 1, (int)((60 * Harmonics) + 40) * length / sampleRate);
        float[] window = Windows.PeriodicHann(length), frame = new float[length];
        var fft = RealFft.For(length);
        float[] re = new float[fft.BinCount], im = new float[fft.BinCount];
        double scale = 2 / (length * window.Sum(w => (double)w * w));
        var spectra = new List<float[]>();
        for (int k = 0; k < count; k += step)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<float> source = samples.Slice(k * hop, length);
            if (!source.ContainsAnyExcept(0f))
            {
                continue;
            }

            for (int i = 0; i < length; i++)
            {
                frame[i] = source[i] * window[i];
            }

            fft.Forward(frame, re, im);
            float[] spectrum = new float[bins];
            for (int b = 0; b < bins; b++)
            {
                spectrum[b] = (float)(scale * (((double)re[b] * re[b]) + ((double)im[b] * im[b])));
            }

            spectra.Add(spectrum);
        }

        double[] power = new double[bins];
        float[] column = new float[spectra.Count];
        for (int b = 0; b < bins && spectra.Count > 0; b++)
        {
            for (int k = 0; k < column.Length; k++)
            {
                column[k] = spectra[k][b];
            }

            Array.Sort(column);
            power[b] = column[(int)(LastingShare * (column.Length - 1))];
        }

        return power;
    }

    private static Hum Sum(double[] power, double mains, double binWidth)
    {
        double sum = 0;
        int lines = 0;
        bool hasFundamental = false;
        Span<double> nearby = stackalloc double[2 * (NearBins - GapBins)];
        for (int h = 1; h <= Harmonics; h++)
        {
            int bin = (int)Math.Round(h * mains / binWidth);
            if (bin + NearBins >= power.Length || bin < NearBins)
            {
                continue;
            }

            for (int d = GapBins, i = 0; d < NearBins; d++)
            {
                nearby[i++] = power[bin - d];
                nearby[i++] = power[bin + d];
            }

            nearby.Sort();
            double background = nearby[nearby.Length / 2] * ((2 * LineBins) + 1), line = 0;
            for (int d = -LineBins; d <= LineBins; d++)
            {
                line += power[bin + d];
            }

            if (line > LineOverNearby * background && line > 0)
            {
                sum += line - background;
                lines++;
                hasFundamental |= h == 1;
            }
        }

        double level = Decibels.FromPower(sum);
        // 300 Hz belongs to both mains; one line alone may be anything unless it is the fundamental.
        return lines >= 3 || hasFundamental
            ? new Hum(level > LowestDb ? mains : null, level > LowestDb ? level : double.NegativeInfinity)
            : new Hum(null, double.NegativeInfinity);
    }
}
