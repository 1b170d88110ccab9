namespace VoiceClean.Dsp.Sequences;

/// <summary>Numbers of a sequence.</summary>
internal static class Totals
{
    /// <summary>How many items; a collection is asked.</summary>
    public static int Count<T>(this IEnumerable<T> items)
    {
        if (items is ICollection<T> collection)
        {
            return collection.Count;
        }

        int count = 0;
        foreach (T _ in items)
        {
            count++;
        }

        return count;
    }

    /// <summary>For how many items something holds.</summary>
    public static int Count<T>(this IEnumerable<T> items, Func<T, bool> predicate) => items.Where(predicate).Count();

    /// <summary>The sum.</summary>
    /// <exception cref="OverflowException">It is too large.</exception>
    public static int Sum(this IEnumerable<int> items) => items.Aggregate(0, (sum, item) => checked(sum + item));

    /// <summary>The sum.</summary>
    /// <exception cref="OverflowException">It is too large.</exception>
    public static long Sum(this IEnumerable<long> items) => items.Aggregate(0L, (sum, item) => checked(sum + item));

    /// <summary>The sum, one after the other.</summary>
    public static double Sum(this IEnumerable<double> items) => items.Aggregate(0.0, (sum, item) => sum + item);

    /// <summary>The sum of what items have.</summary>
    public static int Sum<T>(this IEnumerable<T> items, Func<T, int> number) => items.Select(number).Sum();

    /// <summary>The sum of what items have.</summary>
    public static long Sum<T>(this IEnumerable<T> items, Func<T, long> number) => items.Select(number).Sum();

    /// <summary>The sum of what items have, one after the other.</summary>
    public static double Sum<T>(this IEnumerable<T> items, Func<T, double> number) => items.Select(number).Sum();

    /// <summary>The mean.</summary>
    /// <exception cref="InvalidOperationException">There is no item.</exception>
    public static double Average(this IEnumerable<double> items)
    {
        double sum = 0;
        long count = 0;
        foreach (double item in items)
        {
            sum += item;
            count++;
        }

        return count > 0 ? sum / count : throw new InvalidOperationException();
    }

    /// <summary>The mean of what items have.</summary>
    /// <exception cref="InvalidOperationException">There is no item.</exception>
    public static double Average<T>(this IEnumerable<T> items, Func<T, double> number) =>
        items.Select(number).Average();

    /// <summary>The greatest; what is no number is less than any, null does not count.</summary>
    /// <exception cref="InvalidOperationException">There is no item, and the type has no null.</exception>
    public static T Max<T>(this IEnumerable<T> items) => Extreme(items, 1);

    /// <summary>The greatest of what items have.</summary>
    /// <exception cref="InvalidOperationException">There is no item, and the type has no null.</exception>
    public static TNumber Max<T, TNumber>(this IEnumerable<T> items, Func<T, TNumber> number) =>
        items.Select(number).Max();

    /// <summary>The least; what is no number is less than any, null does not count.</summary>
    /// <exception cref="InvalidOperationException">There is no item, and the type has no null.</exception>
    public static T Min<T>(this IEnumerable<T> items) => Extreme(items, -1);

    /// <summary>The least of what items have.</summary>
    /// <exception cref="InvalidOperationException">There is no item, and the type has no null.</exception>
    public static TNumber Min<T, TNumber>(this IEnumerable<T> items, Func<T, TNumber> number) =>
        items.Select(number).Min();

    /// <summary>The first item of the greatest key; for no items what the type has instead.</summary>
    public static T? MaxBy<T, TKey>(this IEnumerable<T> items, Func<T, TKey> key) =>
        items.OrderByDescending(key).FirstOrDefault();

    /// <summary>The first item of the least key; for no items what the type has instead.</summary>
    public static T? MinBy<T, TKey>(this IEnumerable<T> items, Func<T, TKey> key) =>
        items.OrderBy(key).FirstOrDefault();

    /// <summary>Folds the items into one value.</summary>
    public static TTo Aggregate<T, TTo>(this IEnumerable<T> items, TTo start, Func<TTo, T, TTo> fold)
    {
        TTo value = start;
        foreach (T item in items)
        {
            value = fold(value, item);
        }

        return value;
    }

    private static T Extreme<T>(IEnumerable<T> items, int sign)
    {
        Comparer<T> order = Comparer<T>.Default;
        T? best = default;
        bool isFirst = true;
        foreach (T item in items)
        {
            if (item is not null && (isFirst || sign * order.Compare(item, best) > 0))
            {
                best = item;
                isFirst = false;
            }
        }

        return default(T) is null || !isFirst ? best! : throw new InvalidOperationException();
    }
}
