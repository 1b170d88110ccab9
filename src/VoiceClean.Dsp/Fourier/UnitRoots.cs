namespace VoiceClean.Dsp.Fourier;

/// <summary>
/// The n-th roots of unity, exp(-2πi·k/n), n a power of two from 16: sine and cosine of an eighth of a turn tell them
/// all, which spares a plan seven eighths of the time that it takes. Each is rounded once, as if it had been computed
/// where it lies.
/// </summary>
internal readonly struct UnitRoots
{
    private readonly int _n;
    private readonly float[] _cos, _sin;      // of 2πk/n, k = 0 … n/8

    /// <summary>Computes them.</summary>
    /// <param name="n">A power of two from 16.</param>
    public UnitRoots(int n)
    {
        (_n, _cos, _sin) = (n, new float[(n / 8) + 1], new float[(n / 8) + 1]);
        for (int k = 0; k < _cos.Length; k++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * k / n);
            (_cos[k], _sin[k]) = ((float)cos, (float)sin);
        }
    }

    /// <summary>exp(-2πi·k/n), exact at multiples of a quarter turn.</summary>
    /// <param name="k">From 0.</param>
    public (float Re, float Im) this[long k]
    {
        get
        {
            int turn = (int)(k & (_n - 1)), rest = turn & ((_n / 4) - 1);
            if (rest == 0)
            {
                return (4L * turn / _n) switch { 0 => (1, 0), 1 => (0, -1), 2 => (-1, 0), _ => (0, 1) };
            }

            (float c, float s) = rest <= _n / 8
                ? (_cos[rest], _sin[rest])
                : (_sin[(_n / 4) - rest], _cos[(_n / 4) - rest]);
            return (4L * turn / _n) switch { 0 => (c, -s), 1 => (-s, -c), 2 => (-c, s), _ => (s, c) };
        }
    }
}
