using System.Numerics;
using VoiceClean.Dsp.Fourier;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Inspection;

/// <summary>
/// Which part of the spectrum a recording fills: the highest frequency at which the mean power spectrum lies within 50
/// dB of its peak, the definition of NVIDIA NeMo's speech data processor, which other tools of the field use too.
/// </summary>
internal static class BandwidthMeter
{
    private const double RangeDb = 50;

    /// <summary>
    /// The bandwidth [Hz]; not-a-number for silence and for clips shorter than one frame of about 32 ms.
    /// </summary>
    public static double Measure(ReadOnlySpan<float> samples, int sampleRate, CancellationToken cancellation)
    {
        int length = (int)BitOperations.RoundUpToPowerOf2((uint)(sampleRate / 40));
        var spectrum = new MeanSpectrum(length);
        // Frames side by side, not overlapping: the mean spectrum needs no more, and long clips are measured at a
        // quarter of the cost.
        for (int start = 0; start + length <= samples.Length; start += length)
        {
            spectrum.Add(samples.Slice(start, length));
            if (spectrum.Count % 64 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }

        // The bin at half the sampling rate, the odd one out, is left aside: nothing is heard there.
        ReadOnlySpan<double> power = spectrum.Sum[..^1];
        double peak = 0;
        foreach (double p in power)
        {
            peak = Math.Max(peak, p);
        }

        int highest = power.Length - 1;
        while (highest > 0 && power[highest] < peak * Decibels.ToPower(-RangeDb))
        {
            highest--;
        }

        return peak > 0 ? (double)highest * sampleRate / length : double.NaN;
    }
}
