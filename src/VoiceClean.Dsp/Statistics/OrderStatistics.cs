using System.Numerics;

namespace VoiceClean.Dsp.Statistics;

/// <summary>Quantiles without sorting.</summary>
public static class OrderStatistics
{
    // Up to so many values a plain insertion sort is quickest.
    private const int InsertionSortLength = 12;

    // So many of the smallest are collected in one pass.
    private const int MostSmallest = 8;

    /// <summary>
    /// The value that would stand at <paramref name="rank"/> if the values were sorted; takes time in proportion to
    /// their number (Hoare, "Algorithm 65: find", CACM 4(7), 1961, with the median of three as pivot). The values are
    /// reordered.
    /// </summary>
    /// <param name="values">At least one; none not-a-number.</param>
    /// <param name="rank">0 = the smallest … values.Length - 1 = the largest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rank lies outside.</exception>
    public static T Select<T>(Span<T> values, int rank)
        where T : struct, IComparisonOperators<T, T, bool>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, values.Length);
        int from = 0, to = values.Length - 1;
        while (to - from >= InsertionSortLength)
        {
            T pivot = MedianOfThree(values[from], values[from + ((to - from) / 2)], values[to]);
            int i = from, j = to;
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (pivot < values[j])
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (rank <= j)
            {
                to = j;
            }
            else if (rank >= i)
            {
                from = i;
            }
            else
            {
                return values[rank];
            }
        }

        InsertionSort(values[from..(to + 1)]);
        return values[rank];
    }

    /// <summary>
    /// The value below which a share of the others lies: that at rank ⌊share·(n - 1)⌋. The values are reordered.
    /// </summary>
    /// <param name="values">At least one; none not-a-number.</param>
    /// <param name="share">0 = the smallest … 1 = the largest.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no value, or the share lies outside.</exception>
    public static T Quantile<T>(Span<T> values, double share)
        where T : struct, IComparisonOperators<T, T, bool>
        => Select(values, (int)(share * (values.Length - 1)));

    /// <summary>
    /// The value at share·(n - 1), between two ranks on the straight line from the lower to the upper. The values are
    /// reordered.
    /// </summary>
    /// <param name="values">At least one; none not-a-number.</param>
    /// <param name="share">0 = the smallest … 1 = the largest.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no value, or the share lies outside.</exception>
    public static double InterpolatedQuantile(Span<float> values, double share)
    {
        double at = share * (values.Length - 1);
        int below = (int)at;
        if (below < MostSmallest - 1 && values.Length > MostSmallest)
        {
            Span<float> smallest = stackalloc float[MostSmallest];
            smallest = smallest[..(below + 2)];
            TakeSmallest(values, smallest);
            return smallest[below] + ((at - below) * (smallest[below + 1] - smallest[below]));
        }

        float upper = Select(values, Math.Min(below + 1, values.Length - 1)), lower = Select(values, below);
        return lower + ((at - below) * (upper - lower));
    }

    /// <summary>The median; the mean of the middle two if their number is even. The values are reordered.</summary>
    /// <param name="values">At least one; none not-a-number.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no value.</exception>
    public static T Median<T>(Span<T> values)
        where T : struct, IFloatingPointIeee754<T>
        => (Select(values, (values.Length - 1) / 2) + Select(values, values.Length / 2)) / T.CreateChecked(2);

    // The smallest of many values, ascending: most values are larger than all of them.
    private static void TakeSmallest(ReadOnlySpan<float> values, Span<float> smallest)
    {
        values[..smallest.Length].CopyTo(smallest);
        InsertionSort(smallest);
        foreach (float value in values[smallest.Length..])
        {
            int i = smallest.Length - 1;
            if (value < smallest[i])
            {
                for (; i > 0 && value < smallest[i - 1]; i--)
                {
                    smallest[i] = smallest[i - 1];
                }

                smallest[i] = value;
            }
        }
    }

    private static T MedianOfThree<T>(T a, T b, T c)
        where T : struct, IComparisonOperators<T, T, bool>
        => a < b ? (b < c ? b : a < c ? c : a) : (a < c ? a : b < c ? c : b);

    private static void InsertionSort<T>(Span<T> values)
        where T : struct, IComparisonOperators<T, T, bool>
    {
        for (int i = 1; i < values.Length; i++)
        {
            T value = values[i];
            int at = i;
            for (; at > 0 && value < values[at - 1]; at--)
            {
                values[at] = values[at - 1];
            }

            values[at] = value;
        }
    }
}
