using System.Numerics;
using System.Runtime.Intrinsics;
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

    // So many frames are summed in single precision before they go into the double sums: about two seconds.
    private const int FramesPerSum = 64;

    /// <summary>
    /// The bandwidth [Hz]; not-a-number for silence and for clips shorter than one frame of about 32 ms.
    /// </summary>
    public static double Measure(ReadOnlySpan<float> samples, int sampleRate, CancellationToken cancellation)
    {
        int length = (int)BitOperations.RoundUpToPowerOf2((uint)(sampleRate / 40));
        var fft = RealFft.For(length);
        ReadOnlySpan<float> window = Windows.SharedPeriodicHann(length);
        float[] frame = new float[length], re = new float[fft.BinCount], im = new float[fft.BinCount];
        float[] power = new float[fft.BinCount];
        double[] total = new double[fft.BinCount];
        int frames = 0;
        // Frames side by side, not overlapping: the mean spectrum needs no more, and long clips are measured at a
        // quarter of the cost.
        for (int start = 0; start + length <= samples.Length; start += length)
        {
            Multiply(samples.Slice(start, length), window, frame);
            fft.Forward(frame, re, im);
            AddPower(re, im, power);
            if (++frames % FramesPerSum == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                MoveInto(total, power);
            }
        }

        MoveInto(total, power);
        double peak = total.Max();
        return peak > 0
            ? (double)Array.FindLastIndex(total, p => p >= peak * Decibels.ToPower(-RangeDb)) * sampleRate / length
            : double.NaN;
    }

    private static void Multiply(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> product)
    {
        for (int i = 0; i < product.Length; i += Vector256<float>.Count)
        {
            (Vector256.Create(x[i..]) * Vector256.Create(y[i..])).CopyTo(product[i..]);
        }
    }

    // The bin at half the sampling rate, the odd one out, is left aside: nothing is heard there.
    private static void AddPower(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Span<float> power)
    {
        for (int k = 0; k < power.Length - 1; k += Vector256<float>.Count)
        {
            Vector256<float> a = Vector256.Create(re[k..]), b = Vector256.Create(im[k..]);
            (Vector256.Create<float>(power[k..]) + (a * a) + (b * b)).CopyTo(power[k..]);
        }
    }

    private static void MoveInto(Span<double> total, Span<float> power)
    {
        for (int k = 0; k < power.Length; k++)
        {
            total[k] += power[k];
        }

        power.Clear();
    }
}
