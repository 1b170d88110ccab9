using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp.Fourier;

/// <summary>
/// |X|² of spectra whose real and imaginary parts lie apart, eight bins at once, in an order that does not depend on
/// the processor.
/// </summary>
public static class PowerSpectrum
{
    /// <summary>power = re² + im².</summary>
    /// <param name="re">Real parts [bin].</param>
    /// <param name="im">Imaginary parts [bin], as many.</param>
    /// <param name="power">At least as long.</param>
    /// <exception cref="ArgumentOutOfRangeException">A span is too short.</exception>
    public static void Compute(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Span<float> power)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(im.Length, re.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(power.Length, re.Length);
        ref float r = ref MemoryMarshal.GetReference(re),
            i = ref MemoryMarshal.GetReference(im),
            p = ref MemoryMarshal.GetReference(power);
        nuint k = 0;
        for (; k + 8 <= (nuint)re.Length; k += 8)
        {
            Vector256<float> a = Vector256.LoadUnsafe(ref r, k), b = Vector256.LoadUnsafe(ref i, k);
            ((a * a) + (b * b)).StoreUnsafe(ref p, k);
        }

        for (int rest = (int)k; rest < re.Length; rest++)
        {
            power[rest] = (re[rest] * re[rest]) + (im[rest] * im[rest]);
        }
    }

    /// <summary>sum += power, bin by bin, in double.</summary>
    /// <param name="power">[bin]</param>
    /// <param name="sum">At least as long.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sum is too short.</exception>
    public static void Accumulate(ReadOnlySpan<float> power, Span<double> sum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sum.Length, power.Length);
        ref float p = ref MemoryMarshal.GetReference(power);
        ref double s = ref MemoryMarshal.GetReference(sum);
        nuint k = 0;
        for (; k + 8 <= (nuint)power.Length; k += 8)
        {
            Vector256<float> v = Vector256.LoadUnsafe(ref p, k);
            (Vector256.LoadUnsafe(ref s, k) + Vector256.WidenLower(v)).StoreUnsafe(ref s, k);
            (Vector256.LoadUnsafe(ref s, k + 4) + Vector256.WidenUpper(v)).StoreUnsafe(ref s, k + 4);
        }

        for (int rest = (int)k; rest < power.Length; rest++)
        {
            sum[rest] += power[rest];
        }
    }

    /// <summary>Σ (re² + im²), added in double.</summary>
    /// <param name="re">Real parts [bin].</param>
    /// <param name="im">Imaginary parts [bin], as many.</param>
    public static double Sum(ReadOnlySpan<float> re, ReadOnlySpan<float> im)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(im.Length, re.Length);
        ref float r = ref MemoryMarshal.GetReference(re), i = ref MemoryMarshal.GetReference(im);
        Vector256<double> lower = default, upper = default;
        nuint k = 0;
        for (; k + 8 <= (nuint)re.Length; k += 8)
        {
            Vector256<float> a = Vector256.LoadUnsafe(ref r, k),
                b = Vector256.LoadUnsafe(ref i, k),
                power = (a * a) + (b * b);
            lower += Vector256.WidenLower(power);
            upper += Vector256.WidenUpper(power);
        }

        double sum = AddUp(lower + upper);
        for (int rest = (int)k; rest < re.Length; rest++)
        {
            sum += (re[rest] * re[rest]) + (im[rest] * im[rest]);
        }

        return sum;
    }

    /// <summary>Σ values, added in double.</summary>
    /// <param name="values">Any number.</param>
    public static double Sum(ReadOnlySpan<float> values)
    {
        ref float v = ref MemoryMarshal.GetReference(values);
        Vector256<double> lower = default, upper = default;
        nuint k = 0;
        for (; k + 8 <= (nuint)values.Length; k += 8)
        {
            Vector256<float> a = Vector256.LoadUnsafe(ref v, k);
            lower += Vector256.WidenLower(a);
            upper += Vector256.WidenUpper(a);
        }

        double sum = AddUp(lower + upper);
        for (int rest = (int)k; rest < values.Length; rest++)
        {
            sum += values[rest];
        }

        return sum;
    }

    private static double AddUp(Vector256<double> sums) => (sums[0] + sums[2]) + (sums[1] + sums[3]);
}
