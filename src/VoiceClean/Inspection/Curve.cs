namespace VoiceClean.Inspection;

/// <summary>Measured curves, given by some of their points.</summary>
internal static class Curve
{
    /// <summary>The value of the curve, on straight lines between its points.</summary>
    /// <param name="x">Ascending.</param>
    /// <param name="y">As many.</param>
    /// <param name="at">Where.</param>
    /// <param name="extend">Whether the first and last line go on; else the curve is level beyond its ends.</param>
    public static double Interpolate(double[] x, double[] y, double at, bool extend)
    {
        if (double.IsNegativeInfinity(at) || (!extend && at <= x[0]))
        {
            return extend ? double.NegativeInfinity : y[0];
        }

        if (!extend && at >= x[^1])
        {
            return y[^1];
        }

        int i = 1;
        while (i < x.Length - 1 && at > x[i])
        {
            i++;
        }

        return y[i - 1] + ((y[i] - y[i - 1]) * (at - x[i - 1]) / (x[i] - x[i - 1]));
    }
}
