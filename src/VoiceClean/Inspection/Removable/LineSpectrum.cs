using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Fourier;
using VoiceClean.Dsp.Resampling;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Inspection.Removable;

/// <summary>
/// The mean spectrum of a clip over windows of about 4 s spread over it, in which hum is lines 0.5 Hz wide. Dividing
/// the sound by its level in blocks of 0.1 s first lets the pauses count as much as the speech.
/// </summary>
internal sealed class LineSpectrum
{
    private const int MaxSegments = 64;
    private const double NearHz = 3, FarHz = 9;

    private readonly double[] _power, _known;       // per bin; how far bins stand out, NaN if nobody asked [dB]
    private readonly double _width;                 // of a bin [Hz]
    private readonly int _near, _far;               // where the neighbourhood of a bin begins and ends [bin]
    private readonly double[] _around;              // the neighbourhood of the last bin that was asked for, ascending
    private int _middle = int.MinValue, _count;     // that bin; how many lie in it

    private LineSpectrum(double[] power, double width)
    {
        (_power, _known, _width) = (power, new double[power.Length], width);
        Array.Fill(_known, double.NaN);
        (_near, _far) = ((int)Math.Ceiling(NearHz / width), (int)(FarHz / width));
        _around = new double[Math.Max(0, 2 * (_far - _near + 1))];
    }

    /// <summary>Looks at a clip.</summary>
    /// <param name="samples">[sample]</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="highestHz">Up to here lines can be asked about [Hz].</param>
    /// <param name="lowestRate">Least rate to decimate to, 3.6 times as much [Hz].</param>
    /// <param name="cancellation">Looked at about once per window.</param>
    public static LineSpectrum Of(
        ReadOnlySpan<float> samples,
        int sampleRate,
        double highestHz,
        double lowestRate,
        CancellationToken cancellation)
    {
        int factor = Math.Max(1, (int)(sampleRate / lowestRate));
        double rate = (double)sampleRate / factor;
        int length = 1 << (int)Math.Round(Math.Log2(rate * 4));
        int count = samples.Length / factor, window = Math.Min(length, count);
        var decimator = new Decimator(factor, LowPass(factor), lead: 0);
        var spectrum = new MeanSpectrum(window, length);
        float[] time = new float[window];
        int segments = Math.Clamp(((count - window) / (window / 2)) + 1, 1, MaxSegments);
        for (int s = 0; s < segments; s++)
        {
            cancellation.ThrowIfCancellationRequested();
            int start = segments == 1 ? 0 : (int)((long)(count - window) * s / (segments - 1));
            decimator.Run(samples, start, time);
            Level(time, (int)(rate / 10));
            if (segments > 1)
            {
                Normalize(time);
            }

            spectrum.Add(time);
        }

        int bins = Math.Min((int)((highestHz + (2 * FarHz)) * length / rate), spectrum.Sum.Length);
        return new LineSpectrum(spectrum.Sum[..bins].ToArray(), rate / length);
    }

    /// <summary>
    /// How far a line stands above its neighbourhood [dB]: the parabola through three bins, which the main lobe of a
    /// Hann window is in decibels.
    /// </summary>
    /// <param name="frequencyHz">[Hz]</param>
    public double At(double frequencyHz)
    {
        int k = (int)Math.Round(frequencyHz / _width);
        double d = (frequencyHz / _width) - k,
            below = Prominence(k - 1),
            at = Prominence(k),
            above = Prominence(k + 1);
        return at + (d * (above - below) / 2) + (d * d * (above - (2 * at) + below) / 2);
    }

    // Hann-windowed sinc of 8 periods with its corner at half the new rate (from 2 kHz on): -44 dB from 0.725 of it on,
    // where images of what lies below 0.275 of it begin.
    private static double[] LowPass(int factor)
    {
        if (factor == 1)
        {
            return [1];
        }

        double[] taps = new double[8 * factor];
        double sum = 0;
        for (int n = 0; n < taps.Length; n++)
        {
            double x = (n - ((taps.Length - 1) / 2.0)) / factor;
            taps[n] = KaiserFilter.Sinc(x) * (0.5 + (0.5 * Math.Cos(Math.PI * x / 4)));
            sum += taps[n];
        }

        return Array.ConvertAll(taps, tap => (float)tap / sum);
    }

    // Divides by the level of blocks of 0.1 s, from centre to centre in straight lines; digital silence stays.
    private static void Level(Span<float> x, int block)
    {
        int blocks = Math.Max(1, x.Length / block);
        double[] gain = new double[blocks];
        for (int b = 0; b < blocks; b++)
        {
            double energy = SampleStatistics.SumOfSquares(
                x.Slice(b * block, Math.Min(block, x.Length - (b * block))));
            gain[b] = energy > 1e-12 * block ? 1 / Math.Sqrt(energy / block) : 0;
        }

        // from centre to centre; the first half block belongs to the first, what is behind the last centre to the last
        int done = 0;
        for (int b = 0; b < blocks; b++)
        {
            int end = b == blocks - 1 ? x.Length : Math.Min(x.Length, ((b + 1) * block) + (block / 2) + (block % 2));
            Multiply(x[done..end], done, block, b, gain[b], gain[Math.Min(b + 1, blocks - 1)]);
            done = end;
        }
    }

    // Each window counts the same. What reaches from a word into a pause that is all but silent is raised by as much as
    // the pause, and would drown the lines of all other windows.
    private static void Normalize(Span<float> x)
    {
        float gain = (float)(1 / Math.Sqrt((SampleStatistics.SumOfSquares(x) / x.Length) + 1e-12));
        foreach (ref float sample in x)
        {
            sample *= gain;
        }
    }

    // A straight line from one centre to the next, flat beyond both. Number of the first sample: first.
    private static void Multiply(Span<float> x, int first, int block, int b, double from, double to)
    {
        Vector256<double> length = Vector256.Create((double)block), half = Vector256.Create(0.5),
            centre = Vector256.Create((double)b), start = Vector256.Create(from), rise = Vector256.Create(to - from);
        int n = 0;
        for (; n <= x.Length - 4; n += 4)
        {
            Vector256<double> at =
                ((Vector256.Create((double)(first + n)) + Vector256.Create(0.0, 1, 2, 3)) / length) - half;
            Vector256<double> part = Vector256.MinNative(
                Vector256.MaxNative(at - centre, Vector256<double>.Zero),
                Vector256<double>.One);
            Vector256<double> gain = start + (part * rise);
            for (int lane = 0; lane < 4; lane++)
            {
                x[n + lane] *= (float)gain[lane];
            }
        }

        for (; n < x.Length; n++)
        {
            double part = Math.Clamp((((double)(first + n) / block) - 0.5) - b, 0, 1);
            x[n] *= (float)(from + (part * (to - from)));
        }
    }

    // A bin over the median of what lies 3 to 9 Hz away [dB]; kept, because neighbouring candidates ask for the same
    // bins.
    private double Prominence(int k)
    {
        if (k < _far || k >= _power.Length - _far)
        {
            return 0;
        }

        if (double.IsNaN(_known[k]))
        {
            MoveTo(k);
            _known[k] = Decibels.FromPower((_power[k] + 1e-9) / (_around[_around.Length / 2] + 1e-9));
        }

        return _known[k];
    }

    // Candidates ask for one bin after the other: of its neighbours two leave and two come.
    private void MoveTo(int k)
    {
        if (k == _middle + 1)
        {
            Remove(_power[k - 1 - _far]);
            Remove(_power[k - 1 + _near]);
            Insert(_power[k - _near]);
            Insert(_power[k + _far]);
        }
        else
        {
            _count = 0;
            for (int d = _near; d <= _far; d++)
            {
                Insert(_power[k - d]);
                Insert(_power[k + d]);
            }
        }

        _middle = k;
    }

    private void Insert(double value)
    {
        int place = FirstNotBelow(value);
        _around.AsSpan(place, _count - place).CopyTo(_around.AsSpan(place + 1));
        _around[place] = value;
        _count++;
    }

    private void Remove(double value)
    {
        int place = FirstNotBelow(value);
        _around.AsSpan(place + 1, _count - place - 1).CopyTo(_around.AsSpan(place));
        _count--;
    }

    private int FirstNotBelow(double value)
    {
        int low = 0, high = _count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _around[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
