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
    public static float[] PeriodicHann(int length) => Rounded(Make(length, length, x => x));

    /// <summary><see cref="PeriodicHann"/> unrounded.</summary>
    /// <param name="length">N [sample], at least 1.</param>
    public static double[] PreciseHann(int length) => Make(length, length, x => x);

    /// <summary>
    /// <see cref="PeriodicHann"/>, remembered for lengths that are powers of two up to 2^20: all who ask share it.
    /// </summary>
    /// <param name="length">N [sample], at least 1.</param>
    public static ReadOnlySpan<float> SharedPeriodicHann(int length) =>
        length >= 1 && length <= 1 << 20 && BitOperations.IsPow2(length)
            ? s_periodicHann[BitOperations.Log2((uint)length)] ??= PeriodicHann(length)
            : PeriodicHann(length);

    /// <summary>Symmetric Hann: w[n] = 0.5 - 0.5·cos(2πn/(N-1)), zero at both ends; a single sample is 1.</summary>
    /// <param name="length">N [sample], at least 1.</param>
    public static float[] SymmetricHann(int length) => length == 1 ? [1f] : Rounded(Make(length, length - 1, x => x));

    /// <summary>
    /// Square root of the periodic Hann window = sin(πn/N): used for analysis and synthesis, the products add up to a
    /// constant at every hop that divides N/2.
    /// </summary>
    /// <param name="length">N [sample], at least 1.</param>
    public static float[] PeriodicSqrtHann(int length) => Rounded(Make(length, length, Math.Sqrt));

    private static double[] Make(int length, int period, Func<double, double> shape)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        double[] window = new double[length];
        for (int n = 0; n < length; n++)
        {
            window[n] = shape(0.5 - (0.5 * Math.Cos(2 * Math.PI * n / period)));
        }

        return window;
    }

    private static float[] Rounded(double[] window) => Array.ConvertAll(window, w => (float)w);
}
