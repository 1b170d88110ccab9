namespace VoiceClean.Dsp.Sequences;

/// <summary>Puts items together by keys, or keeps one of each.</summary>
internal static class Grouping
{
    /// <summary>The items by key, at once.</summary>
    public static Lookup<TKey, T> ToLookup<T, TKey>(
        this IEnumerable<T> items,
        Func<T, TKey> key,
        IEqualityComparer<TKey>? comparer = null)
        where TKey : notnull => items.ToLookup(key, item => item, comparer);

    /// <summary>A part of each item by key, at once.</summary>
    public static Lookup<TKey, TPart> ToLookup<T, TKey, TPart>(
        this IEnumerable<T> items,
        Func<T, TKey> key,
        Func<T, TPart> part,
        IEqualityComparer<TKey>? comparer = null)
        where TKey : notnull
    {
        var lookup = new Lookup<TKey, TPart>(comparer);
        foreach (T item in items)
        {
            lookup.Add(key(item), part(item));
        }

        return lookup;
    }

    /// <summary>The items of each key.</summary>
    public static IEnumerable<Group<TKey, T>> GroupBy<T, TKey>(
        this IEnumerable<T> items,
        Func<T, TKey> key,
        IEqualityComparer<TKey>? comparer = null)
        where TKey : notnull => items.GroupBy(key, item => item, comparer);

    /// <summary>A part of each item of each key.</summary>
    public static IEnumerable<Group<TKey, TPart>> GroupBy<T, TKey, TPart>(
        this IEnumerable<T> items,
        Func<T, TKey> key,
        Func<T, TPart> part,
        IEqualityComparer<TKey>? comparer = null)
        where TKey : notnull
    {
        foreach (Group<TKey, TPart> group in items.ToLookup(key, part, comparer))
        {
            yield return group;
        }
    }

    /// <summary>How many items have each key.</summary>
    public static IEnumerable<KeyValuePair<TKey, int>> CountBy<T, TKey>(
        this IEnumerable<T> items,
        Func<T, TKey> key,
        IEqualityComparer<TKey>? comparer = null)
        where TKey : notnull
    {
        var counts = new Dictionary<TKey, int>(comparer);
        foreach (T item in items)
        {
            TKey own = key(item);
            counts[own] = counts.GetValueOrDefault(own) + 1;
        }

        foreach (KeyValuePair<TKey, int> count in counts)
        {
            yield return count;
        }
    }

    /// <summary>The first of each.</summary>
    public static IEnumerable<T> Distinct<T>(this IEnumerable<T> items, IEqualityComparer<T>? comparer = null)
    {
        var seen = new HashSet<T>(comparer);
        foreach (T item in items)
        {
            if (seen.Add(item))
            {
                yield return item;
            }
        }
    }

    /// <summary>The first of each key.</summary>
    public static IEnumerable<T> DistinctBy<T, TKey>(
        this IEnumerable<T> items,
        Func<T, TKey> key,
        IEqualityComparer<TKey>? comparer = null)
    {
        var seen = new HashSet<TKey>(comparer);
        foreach (T item in items)
        {
            if (seen.Add(key(item)))
            {
                yield return item;
            }
        }
    }

    /// <summary>The first of each that is not among others.</summary>
    public static IEnumerable<T> Except<T>(
        this IEnumerable<T> items,
        IEnumerable<T> others,
        IEqualityComparer<T>? comparer = null)
    {
        var seen = new HashSet<T>(others, comparer);
        foreach (T item in items)
        {
            if (seen.Add(item))
            {
                yield return item;
            }
        }
    }

    /// <summary>The first of each that is among others too.</summary>
    public static IEnumerable<T> Intersect<T>(
        this IEnumerable<T> items,
        IEnumerable<T> others,
        IEqualityComparer<T>? comparer = null)
    {
        var left = new HashSet<T>(others, comparer);
        foreach (T item in items)
        {
            if (left.Remove(item))
            {
                yield return item;
            }
        }
    }
}
