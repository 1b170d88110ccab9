using System.Collections.Concurrent;
using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Dsp.Resampling;

/// <summary>
/// The coefficients for one ratio of sampling rates: a Kaiser-windowed sinc, sampled at every position ("phase") at
/// which an output sample can lie between two input samples. Immutable, so that all threads of a batch share one table
/// per ratio.
/// </summary>
/// <remarks>
/// The stop band begins exactly at half of the lower rate and is at least 118 dB down; the pass band ends (-0.1 dB) at
/// 0.95 of that, the transition is designed from 0.94. Sources: R. E. Crochiere and L. R. Rabiner, Multirate Digital
/// Signal Processing, §2.3 (polyphase structure); <see cref="KaiserFilter"/>.
/// </remarks>
internal sealed class PolyphaseFilter
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
        // Rows go in fours: a ratio whose period is no multiple of four counts two or four periods as one.
        int periods = up % 4 == 0 ? 1 : up % 2 == 0 ? 2 : 4;
        IsInterpolated = up > MaxExactPhases / periods;
        (Up, Down) = IsInterpolated ? (up, down) : (periods * up, periods * down);
        // In units of the input rate: half of the lower rate lies here.
        double edge = 0.5 * Math.Min(1, (double)up / down);
        double transition = (1 - PassBand) * edge;
        double order = (AttenuationDb - 7.95) / (2.285 * 2 * Math.PI * transition);
        // from the first of four outputs to the last at most
        int shift = IsInterpolated ? 0 : (int)(3L * Down / Up) + 1;
        RowLength = (2 * (int)Math.Ceiling((order / 2) + 1)) + shift + 15 & ~15;  // whole pairs of 8-lane vectors
        HalfLength = (RowLength - shift) / 2;
        double support = HalfLength - 1;                             // every phase then covers the whole window
        double beta = KaiserFilter.Beta(7.95 + 2.285 * 2 * Math.PI * transition * 2 * support);
        int rows = IsInterpolated ? InterpolatedPhases + 3 : Up;
        Coefficients = new float[checked(rows * RowLength)];
        Starts = new int[IsInterpolated ? 0 : Up];
        var design = new RowDesign(2 * HalfLength, edge - transition / 2, support, beta);
        for (int row = 0; row < rows; row++)
        {
            Span<float> target = Coefficients.AsSpan(row * RowLength, RowLength);
            if (IsInterpolated)
            {
                design.Make((double)(row - 1) / InterpolatedPhases, target[..(2 * HalfLength)]);
                continue;
            }

            long at = (long)row * Down;
            int before = (int)(at / Up), first = (int)((long)(row & ~3) * Down / Up);
            Starts[row] = first;
            design.Make((double)(at % Up) / Up, target.Slice(before - first, 2 * HalfLength));
        }
    }

    /// <summary>
    /// L of the ratio L/M, a multiple of four unless <see cref="IsInterpolated"/>: output samples per <see
    /// cref="Down"/> input samples.
    /// </summary>
    public int Up { get; }

    /// <summary>M of the ratio L/M.</summary>
    public int Down { get; }

    /// <summary>Input samples before and after an output sample that it depends on.</summary>
    public int HalfLength { get; }

    /// <summary>Floats per row of coefficients, a multiple of 16.</summary>
    public int RowLength { get; }

    /// <summary>
    /// True if the ratio has too many phases for a table, so that coefficients are interpolated between tabulated ones.
    /// </summary>
    internal bool IsInterpolated { get; }

    /// <summary>
    /// [row, tap]. Exact table: row k serves output k of each period of <see cref="Up"/>; rows 4j to 4j + 3 begin at
    /// the same input sample, the first that output 4j hears, with zeros where one hears nothing, so that all four use
    /// every input sample that is loaded. Interpolated table: row p is the position (p − 1)/256 behind an input sample,
    /// so that the cubic finds its outer neighbours.
    /// </summary>
    internal float[] Coefficients { get; }

    /// <summary>
    /// Exact table: the last input sample of the period at or before output 4j, for rows 4j to 4j + 3.
    /// </summary>
    internal int[] Starts { get; }

    /// <summary>The number of tabulated phases per input sample of an interpolated filter.</summary>
    internal static int PhasesPerSample => InterpolatedPhases;

    /// <summary>
    /// The filter for a pair of rates; the same instance for the same ratio as long as it is remembered.
    /// </summary>
    /// <param name="inputRate">[Hz], at least 1.</param>
    /// <param name="outputRate">[Hz], at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is not positive.</exception>
    public static PolyphaseFilter For(int inputRate, int outputRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputRate);
        int divisor = Integers.GreatestCommonDivisor(inputRate, outputRate);
        (int Up, int Down) ratio = (outputRate / divisor, inputRate / divisor);
        if (Cache.TryGetValue(ratio, out PolyphaseFilter? filter))
        {
            return filter;
        }

        filter = new PolyphaseFilter(ratio.Up, ratio.Down);
        return Cache.Count < MaxCached ? Cache.GetOrAdd(ratio, filter) : filter;
    }
}
