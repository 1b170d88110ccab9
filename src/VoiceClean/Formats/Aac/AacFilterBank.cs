using System.Runtime.CompilerServices;
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

    // By shape: sine, Kaiser-Bessel derived (§4.6.11.3.2; alpha 4 for long, 6 for short). The rising and the falling
    // half of each; behind short blocks and before them a long window rises and falls as a short one does.
    private static readonly float[][] ShortRising = [Sine(Short), KaiserBessel(Short, 6)];
    private static readonly float[][] ShortFalling = [.. ShortRising.Select(Reversed)];
    private static readonly float[][] LongRising = [Sine(Frame), KaiserBessel(Frame, 4)];
    private static readonly float[][] LongFalling = [.. LongRising.Select(Reversed)];
    private static readonly float[][] LateRising = [.. ShortRising.Select(Late)];
    private static readonly float[][] EarlyFalling = [.. LateRising.Select(Reversed)];

    private static readonly InverseMdct LongTransform = new(Frame, 1 / 32768.0);
    private static readonly InverseMdct ShortTransform = new(Short, 1 / 32768.0);

    private readonly float[] _overlap = new float[Frame];
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
            AddShortBlocks(spectrum, shape, samples);
        }
        else
        {
            AddLongBlock(
                spectrum,
                (sequence == AacWindows.LongStop ? LateRising : LongRising)[_shape],
                (sequence == AacWindows.LongStart ? EarlyFalling : LongFalling)[shape],
                samples);
        }

        _shape = shape;
    }

    /// <summary>Forgets the frame before.</summary>
    public void Reset()
    {
        Array.Clear(_overlap);
        _shape = 0;
    }

    [SkipLocalsInit]
    private void AddLongBlock(ReadOnlySpan<float> spectrum, float[] rise, float[] fall, Span<float> samples)
    {
        const int half = Frame / 2;
        Span<float> middle = stackalloc float[Frame];
        LongTransform.Transform(spectrum, middle);
        Span<float> overlap = _overlap;
        for (int n = 0; n < half; n += 8)
        {
            Vector256<float> early = -LanePermutations.Reverse(At(middle, half - 8 - n)), late = At(middle, n);
            (early * At(rise, n) + At(overlap, n)).CopyTo(samples[n..]);
            (late * At(rise, half + n) + At(overlap, half + n)).CopyTo(samples[(half + n)..]);
            (At(middle, half + n) * At(fall, n)).CopyTo(overlap[n..]);
            (LanePermutations.Reverse(At(middle, Frame - 8 - n)) * At(fall, half + n)).CopyTo(overlap[(half + n)..]);
        }
    }

    [SkipLocalsInit]
    private void AddShortBlocks(ReadOnlySpan<float> spectrum, int shape, Span<float> samples)
    {
        const int half = Short / 2;
        Span<float> middle = stackalloc float[Short], sum = stackalloc float[2 * Frame];
        sum.Clear();
        for (int i = 0; i < 8; i++)
        {
            ShortTransform.Transform(spectrum.Slice(i * Short, Short), middle);
            float[] rise = ShortRising[i == 0 ? _shape : shape], fall = ShortFalling[shape];
            Span<float> target = sum.Slice(Flat + i * Short, 2 * Short);
            for (int n = 0; n < half; n += 8)
            {
                Add(-LanePermutations.Reverse(At(middle, half - 8 - n)) * At(rise, n), target[n..]);
                Add(At(middle, n) * At(rise, half + n), target[(half + n)..]);
                Add(At(middle, half + n) * At(fall, n), target[(Short + n)..]);
                Add(
                    LanePermutations.Reverse(At(middle, Short - 8 - n)) * At(fall, half + n),
                    target[(Short + half + n)..]);
            }
        }

        for (int n = 0; n < Frame; n += 8)
        {
            (At(sum, n) + At(_overlap, n)).CopyTo(samples[n..]);
        }

        sum[Frame..].CopyTo(_overlap);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector256<float> block, Span<float> target) => (At(target, 0) + block).CopyTo(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> At(ReadOnlySpan<float> values, int at) => Vector256.Create(values.Slice(at, 8));

    /// <summary>The rising half of a long window whose edge is a short one's.</summary>
    private static float[] Late(float[] edge)
    {
        float[] rising = new float[Frame];
        edge.CopyTo(rising, Flat);
        rising.AsSpan(Flat + Short).Fill(1);
        return rising;
    }

    private static float[] Reversed(float[] half)
    {
        float[] reversed = (float[])half.Clone();
        Array.Reverse(reversed);
        return reversed;
    }

    private static float[] Sine(int length) =>
        [.. Sequence.Range(0, length).Select(n => (float)Math.Sin(Math.PI / (2 * length) * (n + 0.5)))];

    private static float[] KaiserBessel(int length, double alpha)
    {
        double[] sums = new double[length + 1];
        double sum = 0;
        for (int n = 0; n <= length; n++)
        {
            double x = 2.0 * n / length - 1;
            sums[n] = sum += BesselI0(Math.PI * alpha * Math.Sqrt(Math.Max(0, 1 - x * x)));
        }

        return [.. Sequence.Range(0, length).Select(n => (float)Math.Sqrt(sums[n] / sum))];
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
