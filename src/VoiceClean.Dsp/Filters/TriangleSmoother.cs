using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp.Filters;

/// <summary>
/// Triangular smoothing as two box sums one after the other, each added up afresh (no running sum, so nothing drifts
/// and the bits do not depend on where one starts). Rows of bins, eight at a time.
/// </summary>
internal static unsafe class TriangleSmoother
{
    /// <summary>Bins on either side of a padded row.</summary>
    public const int Pad = 32;

    /// <summary>The weights (h+1-|j|)/(h+1)² for j = -h … h, which sum to 1.</summary>
    /// <param name="half">Half width h, 0 and more.</param>
    public static double[] Weights(int half)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(half);
        double[] weights = new double[(2 * half) + 1];
        for (int j = 0; j < weights.Length; j++)
        {
            weights[j] = (half + 1.0 - Math.Abs(j - half)) / ((half + 1.0) * (half + 1.0));
        }

        return weights;
    }

    /// <summary>
    /// The box sums of two neighbours at once: first[k] = rows[0][k] + Σ and second[k] = Σ + rows[^1][k], where Σ sums
    /// the rows between, in their order.
    /// </summary>
    /// <param name="rows">Two more than the neighbours share; three or more.</param>
    /// <param name="first">Receives the sums without the last row.</param>
    /// <param name="second">Receives the sums without the first row.</param>
    /// <param name="stride">Length of a row, a multiple of 8.</param>
    public static void AddRows(ReadOnlySpan<nint> rows, float* first, float* second, int stride)
    {
        int last = rows.Length - 1;
        nint k = 0;
        for (; k <= stride - 16; k += 16)
        {
            // Two groups of bins side by side: one would wait for its own sum.
            float* row = (float*)rows[1] + k;
            Vector256<float> a = Vector256.Load(row), b = Vector256.Load(row + 8);
            for (int r = 2; r < last; r++)
            {
                row = (float*)rows[r] + k;
                a += Vector256.Load(row);
                b += Vector256.Load(row + 8);
            }

            float* before = (float*)rows[0] + k, after = (float*)rows[last] + k;
            (Vector256.Load(before) + a).Store(first + k);
            (Vector256.Load(before + 8) + b).Store(first + k + 8);
            (a + Vector256.Load(after)).Store(second + k);
            (b + Vector256.Load(after + 8)).Store(second + k + 8);
        }

        for (; k < stride; k += 8)
        {
            Vector256<float> s = Vector256.Load((float*)rows[1] + k);
            for (int r = 2; r < last; r++)
            {
                s += Vector256.Load((float*)rows[r] + k);
            }

            (Vector256.Load((float*)rows[0] + k) + s).Store(first + k);
            (s + Vector256.Load((float*)rows[last] + k)).Store(second + k);
        }
    }

    /// <summary>Repeats the first and the last bin of a row into <see cref="Pad"/> cells on either side.</summary>
    public static void PadEnds(float* row, int bins)
    {
        for (nint i = 1; i <= Pad; i++)
        {
            row[-i] = row[0];
            row[bins - 1 + i] = row[bins - 1];
        }
    }

    /// <summary>
    /// smooth[k] = scale·Σ_j (h+1-|j|)·row[k+j], |j| ≤ h, for k from <paramref name="from"/> to <paramref name="to"/>
    /// (widened to whole groups of 8).
    /// </summary>
    /// <param name="row">Padded row (<see cref="PadEnds"/>).</param>
    /// <param name="temp">Padded scratch row.</param>
    /// <param name="smooth">Result.</param>
    /// <param name="from">First bin, a multiple of 8.</param>
    /// <param name="to">One past the last bin.</param>
    /// <param name="half">Half width h [bin], at most <see cref="Pad"/>/2 - 4.</param>
    /// <param name="scale">Factor; 1/(h+1)² gives a mean.</param>
    public static void AlongFrequency(float* row, float* temp, float* smooth, int from, int to, int half, float scale)
    {
        Box(row, temp, from - ((half + 7) & ~7), to, half, 1, scale);
        Box(temp, smooth, from, to, half, -1, 1);
    }

    // sums[k] = scale·Σ x[k + direction·j], j = 0 … half; several groups of bins side by side.
    private static void Box(float* x, float* sums, nint from, nint to, int half, nint direction, float scale)
    {
        Vector256<float> s = Vector256.Create(scale);
        nint k = from;
        for (; k <= to - 32; k += 32)
        {
            float* at = x + k;
            Vector256<float> a = Vector256.Load(at),
                b = Vector256.Load(at + 8),
                c = Vector256.Load(at + 16),
                d = Vector256.Load(at + 24);
            for (int j = 1; j <= half; j++)
            {
                at += direction;
                a += Vector256.Load(at);
                b += Vector256.Load(at + 8);
                c += Vector256.Load(at + 16);
                d += Vector256.Load(at + 24);
            }

            (a * s).Store(sums + k);
            (b * s).Store(sums + k + 8);
            (c * s).Store(sums + k + 16);
            (d * s).Store(sums + k + 24);
        }

        for (; k < to; k += 8)
        {
            Vector256<float> sum = Vector256.Load(x + k);
            for (nint j = 1; j <= half; j++)
            {
                sum += Vector256.Load(x + k + (direction * j));
            }

            (sum * s).Store(sums + k);
        }
    }
}
