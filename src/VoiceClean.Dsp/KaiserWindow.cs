namespace VoiceClean.Dsp;

/// <summary>
/// The Kaiser window as a polynomial in 1 − x²: the power series of I₀(β√u) has only whole powers of u, so its coefficients are fixed
/// once β is, and a table of 150,000 values costs milliseconds.
/// </summary>
internal readonly struct KaiserWindow
{
    private readonly double[] _coefficients;

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

        _coefficients = [.. terms.Select(t => t / sum)];
    }

    /// <summary>The window at <paramref name="x"/>, 1 at 0, 0 outside −1 … 1.</summary>
    public double At(double x)
    {
        double u = 1 - x * x;
        if (u < 0)
        {
            return 0;
        }

        double value = 0;
        double[] c = _coefficients;
        for (int k = c.Length - 1; k >= 0; k--)
        {
            value = value * u + c[k];
        }

        return value;
    }
}
