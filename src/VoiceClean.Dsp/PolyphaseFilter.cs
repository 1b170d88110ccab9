using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp;

/// <summary>
/// The coefficients for one ratio of sampling rates: a Kaiser-windowed sinc, sampled at every position ("phase") at which an output sample
/// can lie between two input samples. Immutable, so that all threads of a batch share one table per ratio.
/// </summary>
/// <remarks>
/// The stop band begins exactly at half of the lower rate and is at least 118 dB down; the pass band ends (-0.1 dB) at 0.95 of that, the transition is designed from 0.94.
/// Sources: R. E. Crochiere and L. R. Rabiner, Multirate Digital Signal Processing, §2.3 (polyphase structure); <see cref="KaiserFilter"/>.
/// </remarks>
public sealed class PolyphaseFilter
{
    /// <summary>Where the pass band ends, as a fraction of half of the lower sampling rate.</summary>
    public const double PassBand = 0.94;

    private const double AttenuationDb = 120;

    // Beyond this many phases the table is interpolated: prime rates would need 32,000 phases, 60 MB.
    private const int MaxExactPhases = 4096;

    // A cubic through four of these phases errs by less than (π/P)⁴·3/128 = −185 dB of the signal.
    private const int InterpolatedPhases = 256;

    // The memo of a pure function; bounded, because a batch of odd rates must not grow without end.
    private const int MaxCached = 16;
    private static readonly ConcurrentDictionary<(int Up, int Down), PolyphaseFilter> Cache = new();

    private PolyphaseFilter(int up, int down)
    {
        Up = up;
        Down = down;
        IsInterpolated = up > MaxExactPhases;
        // In units of the input rate: half of the lower rate lies here.
        double edge = 0.5 * Math.Min(1, (double)up / down);
        double transition = (1 - PassBand) * edge;
        double wanted = (AttenuationDb - 7.95) / (2.285 * 2 * Math.PI * transition);
        HalfLength = (int)Math.Ceiling(wanted / 2 + 1) + 7 & ~7;      // whole pairs of 8-lane vectors
        double support = HalfLength - 1;                             // every phase then covers the whole window
        double beta = KaiserFilter.Beta(7.95 + 2.285 * 2 * Math.PI * transition * 2 * support);
        Coefficients = IsInterpolated
            ? MakeRows(InterpolatedPhases, -1, InterpolatedPhases + 3, edge - transition / 2, support, beta)
            : MakeRows(up, 0, up, edge - transition / 2, support, beta);
    }

    /// <summary>L of the ratio L/M in lowest terms: output samples per <see cref="Down"/> input samples.</summary>
    public int Up { get; }

    /// <summary>M of the ratio L/M in lowest terms.</summary>
    public int Down { get; }

    /// <summary>Input samples before and after an output sample that it depends on; a multiple of 8.</summary>
    public int HalfLength { get; }

    /// <summary>Coefficients per phase, twice <see cref="HalfLength"/>.</summary>
    public int Taps => 2 * HalfLength;

    /// <summary>True if the ratio has too many phases for a table, so that coefficients are interpolated between tabulated ones.</summary>
    internal bool IsInterpolated { get; }

    /// <summary>
    /// [phase, tap], phase after phase. Exact table: row p is the position p/L behind an input sample. Interpolated table: row p is the
    /// position (p − 1)/256, so that the cubic finds its outer neighbours.
    /// </summary>
    internal float[] Coefficients { get; }

    /// <summary>The number of tabulated phases per input sample of an interpolated filter.</summary>
    internal static int PhasesPerSample => InterpolatedPhases;

    /// <summary>The filter for a pair of rates; the same instance for the same ratio as long as it is remembered.</summary>
    /// <param name="inputRate">[Hz], at least 1.</param>
    /// <param name="outputRate">[Hz], at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is not positive.</exception>
    public static PolyphaseFilter For(int inputRate, int outputRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputRate);
        int divisor = GreatestCommonDivisor(inputRate, outputRate);
        (int Up, int Down) ratio = (outputRate / divisor, inputRate / divisor);
        if (Cache.TryGetValue(ratio, out PolyphaseFilter? filter))
        {
            return filter;
        }

        filter = new PolyphaseFilter(ratio.Up, ratio.Down);
        return Cache.Count < MaxCached ? Cache.GetOrAdd(ratio, filter) : filter;
    }

    /// <summary>Rows first … first + rows − 1 of the windowed sinc, each with a gain of 1 at DC.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float[] MakeRows(int phases, int first, int rows, double cutoff, double support, double beta)
    {
        // Tap j of the row at position p is the sinc at t = p + (HalfLength − 1 − j). Its sine, sin(ω(p + n)), splits into tables over n.
        double omega = 2 * Math.PI * cutoff;
        double[] offset = new double[Taps], sine = new double[Taps], cosine = new double[Taps], row = new double[Taps];
        for (int tap = 0; tap < Taps; tap++)
        {
            offset[tap] = HalfLength - 1 - tap;
            (sine[tap], cosine[tap]) = Math.SinCos(omega * offset[tap]);
        }

        float[] table = new float[rows * Taps];
        var window = new KaiserWindow(beta);
        for (int r = 0; r < rows; r++)
        {
            double position = (double)(first + r) / phases;
            (double sinP, double cosP) = Math.SinCos(omega * position);
            for (int tap = 0; tap < row.Length; tap += 8)
            {
                Vector256<double> t0 = Vector256.Create(position) + Vector256.Create(offset, tap);
                Vector256<double> t1 = Vector256.Create(position) + Vector256.Create(offset, tap + 4);
                Vector256<double> w0 = t0 / support, w1 = t1 / support;
                window.At(ref w0, ref w1);
                Vector256<double> s0 = sinP * Vector256.Create(cosine, tap) + cosP * Vector256.Create(sine, tap);
                Vector256<double> s1 = sinP * Vector256.Create(cosine, tap + 4) + cosP * Vector256.Create(sine, tap + 4);
                (w0 * s0 / (omega * t0)).CopyTo(row, tap);
                (w1 * s1 / (omega * t1)).CopyTo(row, tap + 4);
            }

            if (position == Math.Floor(position))
            {
                row[HalfLength - 1 + (int)position] = 1;      // t = 0, where the quotient is 0/0
            }

            double sum = 0;
            foreach (double h in row)
            {
                sum += h;
            }

            for (int tap = 0; tap < row.Length; tap++)
            {
                table[r * Taps + tap] = (float)(row[tap] / sum);
            }
        }

        return table;
    }

    private static int GreatestCommonDivisor(int a, int b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
