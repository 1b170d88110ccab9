namespace VoiceClean.Dsp.Fourier;

/// <summary>
/// Sine and cosine of 2πk/n for k = 0 … n/8, n a power of two from 16: transforms and windows of all lengths share the
/// finest table that somebody asked for, of which each needs every second, fourth or eighth value. Halving k and n does
/// not change a bit.
/// </summary>
internal sealed class EighthTurn
{
    // Longer ones are rare, and kept by nobody.
    private const int MaxKept = 1 << 16;

    private static EighthTurn? s_finest;

    private readonly double[] _sin, _cos;
    private readonly int _n;

    private EighthTurn(int n, EighthTurn? coarser)
    {
        (_n, _sin, _cos) = (n, new double[(n / 8) + 1], new double[(n / 8) + 1]);
        int step = coarser is null ? _sin.Length : n / coarser._n;
        for (int k = 0; k < _sin.Length; k++)
        {
            (_sin[k], _cos[k]) = coarser is not null && k % step == 0
                ? (coarser._sin[k / step], coarser._cos[k / step])
                : Math.SinCos(2 * Math.PI * k / n);
        }
    }

    /// <summary>A table for n or a multiple of it.</summary>
    /// <param name="n">A power of two from 16.</param>
    /// <param name="step">Which of its values are those of n: every so manieth.</param>
    public static EighthTurn For(int n, out int step)
    {
        EighthTurn? finest = s_finest;
        if (finest is null || finest._n < n)
        {
            finest = new EighthTurn(n, finest);
            if (n <= MaxKept)
            {
                s_finest = finest;      // two threads may both make one; each is right
            }
        }

        step = finest._n / n;
        return finest;
    }

    /// <summary>Sine and cosine of a value of this table.</summary>
    public (double Sin, double Cos) this[int k] => (_sin[k], _cos[k]);
}
