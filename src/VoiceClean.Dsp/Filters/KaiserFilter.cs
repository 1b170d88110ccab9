namespace VoiceClean.Dsp.Filters;

/// <summary>
/// Design of linear-phase low-pass filters by the Kaiser window method, in double precision.
/// Source: J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function", ISCAS 1974;
/// the empirical formulae as in Oppenheim &amp; Schafer, Discrete-Time Signal Processing, §7.5.3.
/// </summary>
internal static class KaiserFilter
{
    /// <summary>The window's shape β for a wanted stop-band attenuation.</summary>
    /// <param name="attenuationDb">[dB], positive; 125 gives 12.82.</param>
    public static double Beta(double attenuationDb) => attenuationDb switch
    {
        > 50 => 0.1102 * (attenuationDb - 8.7),
        >= 21 => 0.5842 * Math.Pow(attenuationDb - 21, 0.4) + 0.07886 * (attenuationDb - 21),
        _ => 0,
    };

    /// <summary>The odd number of taps that reaches an attenuation over a transition band.</summary>
    /// <param name="attenuationDb">[dB], above 21.</param>
    /// <param name="transitionWidth">From pass-band edge to stop-band edge [cycles per sample], above 0 and at most
    /// 0.5.</param>
    /// <returns>Taps [sample], odd, so that the filter has a centre tap and its delay is a whole number of
    /// samples.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside its range.</exception>
    public static int Length(double attenuationDb, double transitionWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(attenuationDb, 21);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(transitionWidth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(transitionWidth, 0.5);
        int order = (int)Math.Ceiling((attenuationDb - 7.95) / (2.285 * 2 * Math.PI * transitionWidth));
        return order % 2 == 0 ? order + 1 : order + 2;
    }

    /// <summary>A symmetric windowed-sinc low-pass with a gain of 1 at DC.</summary>
    /// <param name="length">Taps, at least 1.</param>
    /// <param name="cutoff">Where the gain is one half, the centre of the transition band [cycles per sample], above 0
    /// and at most 0.5.</param>
    /// <param name="beta">The window's shape, see <see cref="Beta"/>.</param>
    /// <returns>The taps; they sum to 1. A filter that fills in zeros between samples (interpolation by P) multiplies
    /// them by P.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside its range.</exception>
    public static double[] LowPass(int length, double cutoff, double beta)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cutoff);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cutoff, 0.5);
        double[] taps = new double[length];
        new KaiserWindow(beta).Fill(taps);
        double half = (length - 1) / 2.0, sum = 0;
        for (int i = 0; i < length; i++)
        {
            taps[i] *= 2 * cutoff * Sinc(2 * cutoff * (i - half));
            sum += taps[i];
        }

        for (int i = 0; i < length; i++)
        {
            taps[i] /= sum;
        }

        return taps;
    }

    /// <summary>
    /// Scales each polyphase branch of a prototype to a gain of 1 at DC. Without it the branches differ by their
    /// ripple, which modulates the signal at the phase rate and leaves spurs next to every strong tone.
    /// </summary>
    /// <param name="prototype">Taps of the interpolation filter; tap i belongs to branch i modulo
    /// <paramref name="phases"/>. Changed in place.</param>
    /// <param name="phases">Number of branches, 1 to the number of taps.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer taps than branches.</exception>
    public static void NormalizePhases(Span<double> prototype, int phases)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(phases);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(phases, prototype.Length);
        for (int phase = 0; phase < phases; phase++)
        {
            double sum = 0;
            for (int i = phase; i < prototype.Length; i += phases)
            {
                sum += prototype[i];
            }

            for (int i = phase; i < prototype.Length; i += phases)
            {
                prototype[i] /= sum;
            }
        }
    }

    /// <summary>sin(πx)/(πx), 1 at 0.</summary>
    public static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
