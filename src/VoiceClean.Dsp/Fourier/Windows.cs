using System.Numerics;

namespace VoiceClean.Dsp.Fourier;

/// <summary>Analysis windows. Computed in double, rounded once.</summary>
public static class Windows
{
    private static readonly float[]?[] s_periodicHann = new float[]?[21];

    /// <summary>
    /// Periodic Hann (DFT-even): w[n] = 0.5 - 0.5·cos(2πn/N), the window of scipy.signal.get_window("hann", N). Source:
    /// Harris 1978.
    /// </summary>
    /// <param name="length">N [sample], at least 1.</param>
    public static float[] PeriodicHann(int length) => Rounded(length, length, isRoot: false);

    /// <summary><see cref="PeriodicHann"/> unrounded.</summary>
    /// <param name="length">N [sample], at least 1.</param>
    public static double[] PreciseHann(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        double[] window = new double[length];
        for (int n = 0; n < length; n++)
        {
            window[n] = Hann(n, length);
        }

        return window;
    }

    /// <summary>
    /// <see cref="PeriodicHann"/>, remembered for lengths that are powers of two up to 2^20: all who ask share it.
    /// </summary>
    /// <param name="length">N [sample], at least 1.</param>
    public static ReadOnlySpan<float> SharedPeriodicHann(int length) => Shared(length);

    /// <summary>The same as an array, which nobody writes to.</summary>
    internal static float[] Shared(int length) =>
        length >= 1 && length <= 1 << 20 && BitOperations.IsPow2(length)
            ? s_periodicHann[BitOperations.Log2((uint)length)] ??= length < 16 ? PeriodicHann(length) : Mirrored(length)
            : PeriodicHann(length);

    /// <summary>Symmetric Hann: w[n] = 0.5 - 0.5·cos(2πn/(N-1)), zero at both ends; a single sample is 1.</summary>
    /// <param name="length">N [sample], at least 1.</param>
    public static float[] SymmetricHann(int length) =>
        length == 1 ? [1f] : Rounded(length, length - 1, isRoot: false);

    /// <summary>
    /// Square root of the periodic Hann window = sin(πn/N): used for analysis and synthesis, the products add up to a
    /// constant at every hop that divides N/2.
    /// </summary>
    /// <param name="length">N [sample], at least 1.</param>
    public static float[] PeriodicSqrtHann(int length) => Rounded(length, length, isRoot: true);

    // An eighth of a turn tells all cosines: of powers of two the others round to the same values.
    private static float[] Mirrored(int length)
    {
        float[] window = new float[length];
        EighthTurn eighth = EighthTurn.For(length, out int step);
        for (int n = 0; n <= length / 8; n++)
        {
            (double sin, double cos) = eighth[step * n];
            Set(n, cos);
            Set((length / 4) - n, sin);
            Set((length / 4) + n, -sin);
            Set((length / 2) - n, -cos);
        }

        return window;

        void Set(int n, double cosine)
        {
            window[n] = (float)(0.5 - (0.5 * cosine));
            window[(length - n) % length] = window[n];
        }
    }

    private static double Hann(int n, int period) => 0.5 - (0.5 * Math.Cos(2 * Math.PI * n / period));

    private static float[] Rounded(int length, int period, bool isRoot)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        float[] window = new float[length];
        for (int n = 0; n < length; n++)
        {
            double w = Hann(n, period);
            window[n] = (float)(isRoot ? Math.Sqrt(w) : w);
        }

        return window;
    }
}
