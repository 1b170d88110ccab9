using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Formats.Aac;

/// <summary>
/// The inverse modified discrete cosine transform of ISO/IEC 14496-3 §4.6.11.3 through a DCT-IV and a complex Fourier
/// transform of a quarter of its length.
/// </summary>
internal sealed class InverseMdct
{
    private readonly int _half;                // coefficients
    private readonly ComplexFft _fft;
    private readonly float[] _cosines, _sines, _re, _im;

    /// <param name="coefficients">Half of the window's length: 1024 or 128.</param>
    /// <param name="scale">Factor on the result, beside the 2/N of the standard.</param>
    public InverseMdct(int coefficients, double scale)
    {
        _half = coefficients;
        int quarter = coefficients / 2;
        _fft = new ComplexFft(quarter);
        _re = new float[quarter];
        _im = new float[quarter];
        _cosines = new float[quarter];
        _sines = new float[quarter];
        double root = Math.Sqrt(scale / coefficients);      // once before and once behind the transform
        for (int k = 0; k < quarter; k++)
        {
            double angle = -Math.PI * (8 * k + 1) / (8.0 * coefficients);
            _cosines[k] = (float)(root * Math.Cos(angle));
            _sines[k] = (float)(root * Math.Sin(angle));
        }
    }

    /// <summary>Transforms.</summary>
    /// <param name="spectrum">Coefficients.</param>
    /// <param name="time">Receives twice as many samples, not windowed.</param>
    public void Transform(ReadOnlySpan<float> spectrum, Span<float> time)
    {
        int quarter = _half / 2;
        Span<float> re = _re, im = _im;
        for (int k = 0; k < quarter; k += 8)
        {
            Vector256<float> a = LanePermutations.Deinterleave(At(spectrum, 2 * k), At(spectrum, 2 * k + 8)).Even;
            int mirrored = _half - 16 - 2 * k;
            Vector256<float> b = LanePermutations.Reverse(
                LanePermutations.Deinterleave(At(spectrum, mirrored), At(spectrum, mirrored + 8)).Odd);
            Turn(a, b, k, re, im);
        }

        _fft.Transform(re, im);
        for (int n = 0; n < quarter; n += 8)
        {
            Turn(At(re, n), At(im, n), n, re, im);
        }

        // The DCT-IV u has u(2n) and −u(half − 1 − 2n) in the parts of value n; the window shows it from its middle on,
        // backwards and mirrored.
        Span<float> middle = time.Slice(quarter, _half);
        for (int n = 0; n < quarter; n += 8)
        {
            (Vector256<float> first, Vector256<float> second) = LanePermutations.Interleave(
                At(im, n),
                -LanePermutations.Reverse(At(re, quarter - 8 - n)));
            first.CopyTo(middle[(2 * n)..]);
            second.CopyTo(middle[(2 * n + 8)..]);
        }

        // time: u(quarter …), −u backwards from the end, −u(0 … quarter).
        for (int n = 0; n < quarter; n += 8)
        {
            (-LanePermutations.Reverse(At(middle, quarter - 8 - n))).CopyTo(time[n..]);
            LanePermutations.Reverse(At(middle, _half - 8 - n)).CopyTo(time[(_half + quarter + n)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Turn(Vector256<float> a, Vector256<float> b, int at, Span<float> re, Span<float> im)
    {
        Vector256<float> c = At(_cosines, at), s = At(_sines, at);
        (a * c - b * s).CopyTo(re[at..]);
        (a * s + b * c).CopyTo(im[at..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> At(ReadOnlySpan<float> values, int at) => Vector256.Create(values.Slice(at, 8));
}
