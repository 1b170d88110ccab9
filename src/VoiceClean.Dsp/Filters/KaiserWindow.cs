using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp.Filters;

/// <summary>
/// The Kaiser window I₀(β√(1 − x²))/I₀(β), as a polynomial in 1 − x²: the power series of I₀(β√u) (Abramowitz &amp;
/// Stegun 9.6.12) has only whole powers of u, so its coefficients are fixed once β is, and a table of 150,000 values
/// costs milliseconds. All terms are positive, so nothing cancels: relative error below 1e-14 for β up to 40.
/// </summary>
internal readonly struct KaiserWindow
{
    private readonly double[] _coefficients;

    /// <summary>Makes the window.</summary>
    /// <param name="beta">The shape, see <see cref="KaiserFilter.Beta"/>; 0 is a rectangle.</param>
    public KaiserWindow(double beta)
    {
        var terms = new List<double>();
        double term = 1, sum = 0, quarterSquare = beta * beta / 4;
        for (int k = 1; term > sum * 1e-17; k++)
        {
            terms.Add(term);
            sum += term;
            term *= quarterSquare / ((double)k * k);
        }

        _coefficients = new double[terms.Count];
        for (int k = 0; k < _coefficients.Length; k++)
        {
            _coefficients[k] = terms[k] / sum;
        }
    }

    /// <summary>The window at one place.</summary>
    /// <param name="position">−1 … 1 across the window, 0 = its centre.</param>
    /// <returns>0 … 1; 0 outside the window.</returns>
    public double At(double position)
    {
        double u = 1 - (position * position), value = 0;
        for (int k = _coefficients.Length - 1; u >= 0 && k >= 0; k--)
        {
            value = (value * u) + _coefficients[k];
        }

        return value;
    }

    /// <summary>Fills a symmetric window; both ends have the value 1/I₀(β), a single value is 1.</summary>
    /// <param name="window">Receives the values.</param>
    public void Fill(Span<double> window)
    {
        double half = (window.Length - 1) / 2.0;
        for (int i = 0; i < window.Length; i++)
        {
            window[i] = half == 0 ? 1 : At((i - half) / half);
        }
    }

    /// <summary>The window at eight places, 1 at 0, 0 outside −1 … 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void At(ref Vector256<double> low, ref Vector256<double> high)
    {
        Vector256<double> u = Vector256.MaxNative(Vector256<double>.One - low * low, Vector256<double>.Zero);
        Vector256<double> v = Vector256.MaxNative(Vector256<double>.One - high * high, Vector256<double>.Zero);
        Vector256<double> a = default, b = default;
        double[] c = _coefficients;
        for (int k = c.Length - 1; k >= 0; k--)
        {
            a = a * u + Vector256.Create(c[k]);
            b = b * v + Vector256.Create(c[k]);
        }

        // Beyond the ends u was cut to 0; the window itself is 1/I₀(β) there, and must be 0.
        low = Vector256.ConditionalSelect(
            Vector256.LessThanOrEqual(Vector256.Abs(low), Vector256<double>.One),
            a,
            default);
        high = Vector256.ConditionalSelect(
            Vector256.LessThanOrEqual(Vector256.Abs(high), Vector256<double>.One),
            b,
            default);
    }
}
