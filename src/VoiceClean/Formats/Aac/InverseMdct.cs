using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Formats.Aac;

/// <summary>
/// The inverse modified discrete cosine transform of ISO/IEC 14496-3 §4.6.11.3 through a DCT-IV and a complex Fourier
/// transform of a quarter of its length. Immutable.
/// </summary>
internal sealed class InverseMdct
{
    private const int Most = 1024;

    private readonly int _half;                // coefficients
    private readonly ComplexFft _fft;
    private readonly float[] _cosines, _sines;

    /// <param name="coefficients">Half of the window's length: 1024 or 128.</param>
    /// <param name="scale">Factor on the result, beside the 2/N of the standard.</param>
    public InverseMdct(int coefficients, double scale)
    {
        _half = coefficients;
        int quarter = coefficients / 2;
        _fft = new ComplexFft(quarter);
        _cosines = new float[quarter];
        _sines = new float[quarter];
        double root = Math.Sqrt(scale / coefficients);      // once before and once behind the transform
        for (int k = 0; k < quarter; k++)
        {
            (double sine, double cosine) = Math.SinCos(-Math.PI * (8 * k + 1) / (8.0 * coefficients));
            _cosines[k] = (float)(root * cosine);
            _sines[k] = (float)(root * sine);
        }
    }

    /// <summary>Transforms into the middle half of the window, which the outer quarters mirror.</summary>
    /// <param name="spectrum">Coefficients, N.</param>
    /// <param name="middle">Receives N samples m, not windowed. The window of 2N shows −m backwards from its middle,
    /// then m, then m backwards from its end to its middle.</param>
    [SkipLocalsInit]
    public void Transform(ReadOnlySpan<float> spectrum, Span<float> middle)
    {
        int quarter = _half / 2;
        Span<float> re = stackalloc float[Most / 2], im = stackalloc float[Most / 2];
        Span<float> turnedRe = stackalloc float[Most / 2], turnedIm = stackalloc float[Most / 2];
        for (int k = 0; k < quarter; k += 8)
        {
            Vector256<float> a = LanePermutations.Deinterleave(At(spectrum, 2 * k), At(spectrum, 2 * k + 8)).Even;
            int mirrored = _half - 16 - 2 * k;
            Vector256<float> b = LanePermutations.Reverse(
                LanePermutations.Deinterleave(At(spectrum, mirrored), At(spectrum, mirrored + 8)).Odd);
            (a, b) = Turned(a, b, k);
            a.CopyTo(re[k..]);
            b.CopyTo(im[k..]);
        }

        _fft.Transform(re, im, turnedRe, turnedIm);
        // The DCT-IV u has u(2n) and −u(half − 1 − 2n) in the parts of value n.
        for (int n = 0, m = quarter - 8; n < m; n += 8, m -= 8)
        {
            (Vector256<float> lowRe, Vector256<float> lowIm) = Turned(At(turnedRe, n), At(turnedIm, n), n);
            (Vector256<float> highRe, Vector256<float> highIm) = Turned(At(turnedRe, m), At(turnedIm, m), m);
            Store(lowIm, highRe, middle[(2 * n)..]);
            Store(highIm, lowRe, middle[(2 * m)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> im, Vector256<float> re, Span<float> target)
    {
        (Vector256<float> first, Vector256<float> second) =
            LanePermutations.Interleave(im, -LanePermutations.Reverse(re));
        first.CopyTo(target);
        second.CopyTo(target[8..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector256<float> Re, Vector256<float> Im) Turned(Vector256<float> a, Vector256<float> b, int at)
    {
        Vector256<float> c = At(_cosines, at), s = At(_sines, at);
        return (a * c - b * s, a * s + b * c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> At(ReadOnlySpan<float> values, int at) => Vector256.Create(values.Slice(at, 8));
}
