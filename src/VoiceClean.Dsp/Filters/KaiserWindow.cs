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

    /// <summary>The window at 32 places, 1 at 0, 0 outside −1 … 1.</summary>
    /// <param name="places">Changed in place, 32.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void At(Span<double> places)
    {
        Vector256<double> p0 = Vector256.Create<double>(places), p1 = Vector256.Create<double>(places[4..]),
            p2 = Vector256.Create<double>(places[8..]), p3 = Vector256.Create<double>(places[12..]),
            p4 = Vector256.Create<double>(places[16..]), p5 = Vector256.Create<double>(places[20..]),
            p6 = Vector256.Create<double>(places[24..]), p7 = Vector256.Create<double>(places[28..]);
        Vector256<double> u0 = Distance(p0), u1 = Distance(p1), u2 = Distance(p2), u3 = Distance(p3),
            u4 = Distance(p4), u5 = Distance(p5), u6 = Distance(p6), u7 = Distance(p7);
        Vector256<double> v0 = default, v1 = default, v2 = default, v3 = default, v4 = default, v5 = default,
            v6 = default, v7 = default;
        double[] c = _coefficients;
        for (int k = c.Length - 1; k >= 0; k--)
        {
            Vector256<double> term = Vector256.Create(c[k]);
            v0 = v0 * u0 + term;            // eight side by side: each waits for itself
            v1 = v1 * u1 + term;
            v2 = v2 * u2 + term;
            v3 = v3 * u3 + term;
            v4 = v4 * u4 + term;
            v5 = v5 * u5 + term;
            v6 = v6 * u6 + term;
            v7 = v7 * u7 + term;
        }

        Within(p0, v0).CopyTo(places);
        Within(p1, v1).CopyTo(places[4..]);
        Within(p2, v2).CopyTo(places[8..]);
        Within(p3, v3).CopyTo(places[12..]);
        Within(p4, v4).CopyTo(places[16..]);
        Within(p5, v5).CopyTo(places[20..]);
        Within(p6, v6).CopyTo(places[24..]);
        Within(p7, v7).CopyTo(places[28..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Distance(Vector256<double> p) =>
        Vector256.MaxNative(Vector256<double>.One - p * p, Vector256<double>.Zero);

    // Beyond the ends the distance was cut to 0; the window itself is 1/I₀(β) there, and must be 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Within(Vector256<double> p, Vector256<double> value) =>
        Vector256.ConditionalSelect(
            Vector256.LessThanOrEqual(Vector256.Abs(p), Vector256<double>.One),
            value,
            default);
}
