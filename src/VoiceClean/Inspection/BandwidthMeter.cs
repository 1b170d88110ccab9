using System.Numerics;
using VoiceClean.Dsp;

namespace VoiceClean.Inspection;

/// <summary>
/// Which part of the spectrum a recording fills: the highest frequency at which the mean power spectrum lies within 50 dB of its peak, the
/// definition of NVIDIA NeMo's speech data processor, which other tools of the field use too.
/// </summary>
internal static class BandwidthMeter
{
    private const double RangeDb = 50;

    /// <summary>The bandwidth [Hz]; not-a-number for silence and for clips shorter than one frame of about 32 ms.</summary>
    public static double Measure(ReadOnlySpan<float> samples, int sampleRate, CancellationToken cancellation)
    {
        int length = (int)BitOperations.RoundUpToPowerOf2((uint)(sampleRate / 40));
        var fft = new RealFft(length);
        float[] window = Windows.PeriodicHann(length), frame = new float[length], re = new float[fft.BinCount], im = new float[fft.BinCount];
        double[] power = new double[fft.BinCount];
        // Frames side by side, not overlapping: the mean spectrum needs no more, and long clips are measured at a quarter of the cost.
        for (int start = 0; start + length <= samples.Length; start += length)
        {
            if ((start / length & 31) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            for (int i = 0; i < length; i++)
            {
                frame[i] = samples[start + i] * window[i];
            }

            fft.Forward(frame, re, im);
            for (int k = 0; k < power.Length; k++)
            {
                power[k] += (re[k] * re[k]) + (im[k] * im[k]);
            }
        }

        double peak = power.Max();
        return peak > 0 ? (double)Array.FindLastIndex(power, p => p >= peak * Decibels.ToPower(-RangeDb)) * sampleRate / length : double.NaN;
    }
}
