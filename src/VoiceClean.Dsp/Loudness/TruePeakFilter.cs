using VoiceClean.Dsp.Filters;

namespace VoiceClean.Dsp.Loudness;

/// <summary>
/// The interpolator of the true-peak meter: 8 phases of 48 taps, Kaiser window of β = 8, cut off at half the input
/// rate, and the constants that bound what it can make of a stretch of samples.
/// </summary>
/// <remarks>
/// Row n holds the values at the times n, n + 1/8 … n + 7/8. Phase 0 is the sample itself.
/// <para>
/// The bound: write phase p as linear interpolation between its two neighbours plus a remainder. The remainder has no
/// gain for constants and (almost) none for ramps, so summed by parts twice it is a filter on the second differences d
/// of the signal. Hence
/// |y| ≤ max(|x[n]|, |x[n+1]|) + <see cref="DifferenceGain"/>·max|d| + <see cref="RestGain"/>·max|x|, the last a small
/// correction for "almost" and for rounding. The same holds for the second difference of the interpolated values, an
/// eighth of which bounds how far a parabola through three of them may rise above the middle one. Speech is smooth, d
/// is small, and nearly every row can be ruled out by its bound.
/// </para>
/// </remarks>
internal static class TruePeakFilter
{
    public const int Phases = 8, TapsPerPhase = 48;

    /// <summary>Row n uses the samples n − <see cref="Before"/> … n + <see cref="After"/>.</summary>
    public const int Before = 23, After = 24;

    /// <summary>Tap-major: [k·8 + p] weighs sample n − 23 + k in phase p.</summary>
    public static readonly float[] Taps;

    /// <summary>
    /// Most that second differences of size 1 within ±25 samples can add to a row or to a parabola through it.
    /// </summary>
    public static readonly float DifferenceGain;

    /// <summary>Most that samples of size 1 within ±25 samples can add beyond that.</summary>
    public static readonly float RestGain;

    static TruePeakFilter()
    {
        double[] prototype = KaiserFilter.LowPass(Phases * TapsPerPhase + 1, 0.5 / Phases, 8);
        KaiserFilter.NormalizePhases(prototype, Phases);
        Taps = new float[Phases * TapsPerPhase];
        double difference = 0, rest = 0, vertexDifference = 0, vertexRest = 0;
        for (int p = 0; p < Phases; p++)
        {
            double[] value = new double[52], bend = new double[52];      // weights of the samples n − 25 … n + 26
            for (int i = 0; i < value.Length; i++)
            {
                int j = i - 25;
                value[i] = Tap(prototype, p, j) - (j == 0 ? 1 - p / 8.0 : j == 1 ? p / 8.0 : 0);
                bend[i] = Tap(prototype, p - 1, j) - 2 * Tap(prototype, p, j) + Tap(prototype, p + 1, j);
            }

            for (int k = 0; k < TapsPerPhase; k++)
            {
                Taps[k * Phases + p] = (float)Tap(prototype, p, k - Before);
            }

            (double d, double r) = BoundByDifferences(value);
            (double vd, double vr) = BoundByDifferences(bend);
            difference = Math.Max(difference, d);
            rest = Math.Max(rest, r);
            vertexDifference = Math.Max(vertexDifference, vd);
            vertexRest = Math.Max(vertexRest, vr);
        }

        // 1e-5 covers what single precision rounds in the rows, in the differences and in the bound itself.
        DifferenceGain = (float)((difference + vertexDifference / 8) * 1.00001);
        RestGain = (float)(rest + vertexRest / 8 + 1e-5);
    }

    /// <summary>The weight of sample n + j in the value at n + p/8; phase 0 (and 8) is exactly the sample.</summary>
    private static double Tap(double[] prototype, int p, int j)
    {
        int index = Phases * TapsPerPhase / 2 + p - Phases * j;
        return p % Phases == 0
            ? (p == Phases * j ? 1 : 0)
            : index >= 0 && index < prototype.Length ? prototype[index] : 0;
    }

    /// <summary>Summation by parts twice: gains on max|second difference| and on max|x|.</summary>
    private static (double OfDifferences, double OfSamples) BoundByDifferences(double[] weights)
    {
        double first = 0, second = 0, sum = 0;
        foreach (double w in weights)
        {
            first += w;
            second += first;
            sum += Math.Abs(second);
        }

        return (sum, Math.Abs(first) + 2 * Math.Abs(second));
    }
}
