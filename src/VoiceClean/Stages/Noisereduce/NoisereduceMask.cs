using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Stages.Noisereduce;

/// <summary>
/// The masks of noisereduce 3.0.3 (Sainburg, Thielk and Gentner 2020; MIT), from the published behaviour: which cells
/// of the spectra pass, smoothed over time and frequency. Gains are laid out [frame·Stride + bin].
/// </summary>
internal sealed class NoisereduceMask : IDisposable
{
    private const int Bins = NoisereduceSpectra.Bins, Stride = NoisereduceSpectra.Stride;
    // numpy.finfo(float64).eps, added before logarithms by the package
    private const double Epsilon = 2.220446049250313e-16;
    private readonly double[] _frequencyTaps, _timeTaps;    // symmetric triangles with sum 1
    private readonly double _smoothing;                     // b of the one-pole of the non-stationary variant
    private double[] _mask = [], _smooth = [];

    public NoisereduceMask(int sampleRate)
    {
        // int(500 / (sr / (n_fft/2))) and int(50 / (1000·hop/sr)): the package halves the half-width in frequency by
        // mistake; so do we.
        int bins = (int)(500 / (sampleRate / (NoisereduceSpectra.FrameLength / 2.0)));
        int frames = (int)(50 / (1000.0 * NoisereduceSpectra.Hop / sampleRate));
        (bins, frames) = bins <= 1 && frames <= 1 ? (0, 0) : (Math.Max(1, bins), Math.Max(1, frames));
        _frequencyTaps = TriangleSmoother.Weights(bins);
        _timeTaps = TriangleSmoother.Weights(frames);
        double tau = 2.0 * sampleRate / NoisereduceSpectra.Hop;     // time constant of 2 s in frames
        _smoothing = (Math.Sqrt(1 + (4 * tau * tau)) - 1) / (2 * tau * tau);
    }

    /// <summary>The gains, after one of the two methods below.</summary>
    public ReadOnlySpan<double> Gain => _mask;

    /// <summary>
    /// The threshold of each bin [dB]: mean + 1.5 standard deviations of the noise's level, no level more than 80 dB
    /// below the bin's largest.
    /// </summary>
    public static double[] Threshold(NoisereduceSpectra noise)
    {
        double[] threshold = new double[Bins];
        double[] level = new double[noise.Frames];
        for (int k = 0; k < Bins; k++)
        {
            double largest = double.NegativeInfinity, sum = 0, squares = 0;
            for (int t = 0; t < level.Length; t++)
            {
                level[t] = Decibels.FromAmplitude(Magnitude(noise.Re(t)[k], noise.Im(t)[k]) + Epsilon);
                largest = Math.Max(largest, level[t]);
            }

            for (int t = 0; t < level.Length; t++)
            {
                level[t] = Math.Max(level[t], largest - 80);
                sum += level[t];
            }

            double mean = sum / level.Length;
            foreach (double v in level)
            {
                squares += (v - mean) * (v - mean);
            }

            threshold[k] = mean + (1.5 * Math.Sqrt(squares / level.Length));
        }

        return threshold;
    }

    /// <summary>
    /// Stationary: a cell passes where its level exceeds the threshold of its bin; strength before smoothing.
    /// </summary>
    public void Stationary(NoisereduceSpectra spectra, double[] threshold, double strength)
    {
        Reserve(spectra.Frames);
        double[] limit = Array.ConvertAll(threshold, Decibels.ToAmplitude);
        double[] largest = new double[Bins];
        for (int t = 0; t < spectra.Frames; t++)
        {
            Span<double> re = spectra.Re(t), im = spectra.Im(t), mask = _mask.AsSpan(t * Stride, Bins);
            for (int k = 0; k < Bins; k++)
            {
                double magnitude = Magnitude(re[k], im[k]) + Epsilon;
                largest[k] = Math.Max(largest[k], magnitude);
                mask[k] = magnitude > limit[k] ? 1 : 1 - strength;
            }
        }

        // No level counts as more than 80 dB below the bin's largest: where even that floor exceeds the threshold, the
        // whole bin passes.
        for (int k = 0; k < Bins; k++)
        {
            if (Decibels.FromAmplitude(largest[k]) - 80 > threshold[k])
            {
                for (int t = 0; t < spectra.Frames; t++)
                {
                    _mask[(t * Stride) + k] = 1;
                }
            }
        }

        Smooth(spectra.Frames);
    }

    /// <summary>
    /// Non-stationary: a cell passes, softly, where it exceeds three times its bin's average over ±2 s; strength after
    /// smoothing.
    /// </summary>
    public void NonStationary(NoisereduceSpectra spectra, double strength)
    {
        int frames = spectra.Frames;
        Reserve(frames);
        Span<double> average = _mask;
        for (int t = 0; t < frames; t++)
        {
            Span<double> re = spectra.Re(t), im = spectra.Im(t);
            for (int k = 0; k < Bins; k++)
            {
                double a = Magnitude(re[k], im[k]);
                int i = (t * Stride) + k;
                average[i] = t == 0 ? a : (_smoothing * a) + ((1 - _smoothing) * average[i - Stride]);
            }
        }

        double[] back = average.Slice((frames - 1) * Stride, Bins).ToArray();
        for (int t = frames - 1; t >= 0; t--)
        {
            Span<double> re = spectra.Re(t), im = spectra.Im(t), mask = _mask.AsSpan(t * Stride, Bins);
            for (int k = 0; k < Bins; k++)
            {
                back[k] = (_smoothing * mask[k]) + ((1 - _smoothing) * back[k]);
                // 0/0 in digital silence: the package returns NaN there; nothing to keep or to remove, so the cell
                // passes.
                double excess = back[k] > 0 ? (Magnitude(re[k], im[k]) - back[k]) / back[k] : double.PositiveInfinity;
                mask[k] = 1 / (1 + Math.Exp(-10 * (excess - 2)));
            }
        }

        Smooth(frames);
        for (int i = 0; i < frames * Stride; i++)
        {
            _mask[i] = (_mask[i] * strength) + (1 - strength);
        }
    }

    public void Dispose()
    {
        NoisereduceSpectra.Reserve(ref _mask, 0);
        NoisereduceSpectra.Reserve(ref _smooth, 0);
    }

    private static double Magnitude(double re, double im) => Math.Sqrt((re * re) + (im * im));

    private void Reserve(int frames)
    {
        NoisereduceSpectra.Reserve(ref _mask, frames * Stride);
        NoisereduceSpectra.Reserve(ref _smooth, frames * Stride);
    }

    // "Same" convolution with zeros outside, frequency first, then time; this is what darkens the edges of the band in
    // the package too.
    private void Smooth(int frames)
    {
        int half = _frequencyTaps.Length / 2;
        double[] row = new double[Bins + (2 * half)];
        for (int t = 0; t < frames; t++)
        {
            _mask.AsSpan(t * Stride, Bins).CopyTo(row.AsSpan(half));
            Span<double> to = _smooth.AsSpan(t * Stride, Bins);
            to.Clear();
            for (int j = 0; j < _frequencyTaps.Length; j++)
            {
                AddScaled(row.AsSpan(j, Bins), _frequencyTaps[j], to);
            }
        }

        half = _timeTaps.Length / 2;
        for (int t = 0; t < frames; t++)
        {
            Span<double> to = _mask.AsSpan(t * Stride, Bins);
            to.Clear();
            for (int s = Math.Max(0, t - half); s <= Math.Min(frames - 1, t + half); s++)
            {
                AddScaled(_smooth.AsSpan(s * Stride, Bins), _timeTaps[s - t + half], to);
            }
        }
    }

    private static void AddScaled(ReadOnlySpan<double> from, double scale, Span<double> to)
    {
        var factor = Vector256.Create(scale);
        int k = 0;
        for (; k <= to.Length - 4; k += 4)
        {
            (Vector256.Create(to.Slice(k, 4)) + (Vector256.Create(from.Slice(k, 4)) * factor)).CopyTo(to.Slice(k, 4));
        }

        for (; k < to.Length; k++)
        {
            to[k] += from[k] * scale;
        }
    }
}
