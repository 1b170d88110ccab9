using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Formats.Aac;

/// <summary>
/// From spectra to samples for one channel: inverse transform, window, and the sum with the second half of the frame
/// before. Source: ISO/IEC 14496-3 §4.6.11.
/// </summary>
internal sealed class AacFilterBank
{
    /// <summary>Samples of a frame, and coefficients of a long block.</summary>
    public const int Frame = 1024;

    /// <summary>Coefficients of a short block.</summary>
    public const int Short = 128;

    private const int Flat = (Frame - Short) / 2;

    // Rising halves, by shape: sine, Kaiser-Bessel derived (§4.6.11.3.2; alpha 4 for long, 6 for short).
    private static readonly float[][] LongWindows = [Sine(Frame), KaiserBessel(Frame, 4)];
    private static readonly float[][] ShortWindows = [Sine(Short), KaiserBessel(Short, 6)];

    private readonly InverseMdct _long = new(Frame, 1 / 32768.0), _short = new(Short, 1 / 32768.0);
    private readonly float[] _time = new float[2 * Frame], _sum = new float[2 * Frame], _overlap = new float[Frame];
    private int _shape;

    /// <summary>Turns a spectrum into the next samples.</summary>
    /// <param name="spectrum">1024 coefficients, of eight short blocks one after the other.</param>
    /// <param name="sequence">Which windows.</param>
    /// <param name="shape">0 = sine, 1 = Kaiser-Bessel derived: of the second half; the first has that of the frame
    /// before.</param>
    /// <param name="samples">Receives 1024 samples, full scale ±1.</param>
    public void Synthesize(ReadOnlySpan<float> spectrum, AacWindows sequence, int shape, Span<float> samples)
    {
        if (sequence == AacWindows.EightShort)
        {
            AddShortBlocks(spectrum, shape);
        }
        else
        {
            _long.Transform(spectrum, _time);
            Rise(_time, sequence == AacWindows.LongStop);
            Fall(_time.AsSpan(Frame), sequence == AacWindows.LongStart, shape);
            _time.CopyTo(_sum, 0);
        }

        Add(_sum, _overlap, samples);
        _sum.AsSpan(Frame).CopyTo(_overlap);
        _shape = shape;
    }

    /// <summary>Forgets the frame before.</summary>
    public void Reset()
    {
        Array.Clear(_overlap);
        _shape = 0;
    }

    private void AddShortBlocks(ReadOnlySpan<float> spectrum, int shape)
    {
        Array.Clear(_sum);
        Span<float> block = _time.AsSpan(0, 2 * Short);
        for (int i = 0; i < 8; i++)
        {
            _short.Transform(spectrum.Slice(i * Short, Short), block);
            float[] rise = ShortWindows[i == 0 ? _shape : shape], fall = ShortWindows[shape];
            Span<float> target = _sum.AsSpan(Flat + i * Short, 2 * Short);
            for (int n = 0; n < Short; n++)
            {
                target[n] += block[n] * rise[n];
                target[Short + n] += block[Short + n] * fall[Short - 1 - n];
            }
        }
    }

    private void Rise(Span<float> half, bool isShort)
    {
        if (!isShort)
        {
            float[] window = LongWindows[_shape];
            for (int n = 0; n < Frame; n += 8)
            {
                (Vector256.Create(half.Slice(n, 8)) * Vector256.Create(window.AsSpan(n, 8))).CopyTo(half[n..]);
            }

            return;
        }

        half[..Flat].Clear();
        float[] edge = ShortWindows[_shape];
        for (int n = 0; n < Short; n++)
        {
            half[Flat + n] *= edge[n];
        }
    }

    private static void Fall(Span<float> half, bool isShort, int shape)
    {
        int from = isShort ? Flat : 0;
        float[] window = isShort ? ShortWindows[shape] : LongWindows[shape];
        for (int n = 0; n < window.Length; n += 8)
        {
            Vector256<float> fall = LanePermutations.Reverse(Vector256.Create(window.AsSpan(window.Length - 8 - n, 8)));
            (Vector256.Create(half.Slice(from + n, 8)) * fall).CopyTo(half[(from + n)..]);
        }

        if (isShort)
        {
            half.Slice(Flat + Short, Flat).Clear();
        }
    }

    private static void Add(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> sum)
    {
        for (int n = 0; n < Frame; n += 8)
        {
            (Vector256.Create(a.Slice(n, 8)) + Vector256.Create(b.Slice(n, 8))).CopyTo(sum[n..]);
        }
    }

    private static float[] Sine(int length) =>
        [.. Enumerable.Range(0, length).Select(n => (float)Math.Sin(Math.PI / (2 * length) * (n + 0.5)))];

    private static float[] KaiserBessel(int length, double alpha)
    {
        double[] sums = new double[length + 1];
        double sum = 0;
        for (int n = 0; n <= length; n++)
        {
            double x = 2.0 * n / length - 1;
            sums[n] = sum += BesselI0(Math.PI * alpha * Math.Sqrt(Math.Max(0, 1 - x * x)));
        }

        return [.. Enumerable.Range(0, length).Select(n => (float)Math.Sqrt(sums[n] / sum))];
    }

    /// <summary>The modified Bessel function of order 0 by its series, which ends where nothing more changes.</summary>
    private static double BesselI0(double x)
    {
        double sum = 1, term = 1;
        for (int k = 1; term > 1e-20 * sum; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}

/// <summary>The window sequences of ISO/IEC 14496-3 table 4.109.</summary>
internal enum AacWindows
{
    /// <summary>One long block.</summary>
    OnlyLong,

    /// <summary>One long block before short ones.</summary>
    LongStart,

    /// <summary>Eight short blocks.</summary>
    EightShort,

    /// <summary>One long block behind short ones.</summary>
    LongStop,
}
