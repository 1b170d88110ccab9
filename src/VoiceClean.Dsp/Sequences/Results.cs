namespace VoiceClean.Dsp.Sequences;

/// <summary>What ends a sequence: a collection, an item, an answer.</summary>
internal static class Results
{
    /// <summary>All items in a list.</summary>
    public static List<T> ToList<T>(this IEnumerable<T> items) => new(items);

    /// <summary>All items in an array.</summary>
    public static T[] ToArray<T>(this IEnumerable<T> items) => new List<T>(items).ToArray();

    /// <summary>Each of the items.</summary>
    public static HashSet<T> ToHashSet<T>(this IEnumerable<T> items, IEqualityComparer<T>? comparer = null) =>
        new(items, comparer);

    /// <summary>Pairs as a dictionary; two of one key are an error.</summary>
    public static Dictionary<TKey, TValue> ToDictionary<TKey, TValue>(
        this IEnumerable<KeyValuePair<TKey, TValue>> pairs)
        where TKey : notnull => new(pairs);

    /// <summary>The items by key; two of one key are an error.</summary>
    public static Dictionary<TKey, T> ToDictionary<T, TKey>(
        this IEnumerable<T> items,
        Func<T, TKey> key,
        IEqualityComparer<TKey>? comparer = null)
        where TKey : notnull => items.ToDictionary(key, item => item, comparer);

    /// <summary>Values by key; two of one key are an error.</summary>
    public static Dictionary<TKey, TValue> ToDictionary<T, TKey, TValue>(
        this IEnumerable<T> items,
        Func<T, TKey> key,
        Func<T, TValue> value,
        IEqualityComparer<TKey>? comparer = null)
        where TKey : notnull
    {
        var all = new Dictionary<TKey, TValue>(comparer);
        foreach (T item in items)
        {
            all.Add(key(item), value(item));
        }

        return all;
    }

    /// <summary>Whether there is an item.</summary>
    public static bool Any<T>(this IEnumerable<T> items)
    {
        if (items is ICollection<T> collection)
        {
            return collection.Count > 0;
        }

        using IEnumerator<T> all = items.GetEnumerator();
        return all.MoveNext();
    }

    /// <summary>Whether something holds for an item.</summary>
    public static bool Any<T>(this IEnumerable<T> items, Func<T, bool> predicate) => items.Where(predicate).Any();

    /// <summary>Whether something holds for all items.</summary>
    public static bool All<T>(this IEnumerable<T> items, Func<T, bool> predicate) =>
        !items.Any(item => !predicate(item));

    /// <summary>Whether an item is there; a collection is asked.</summary>
    public static bool Contains<T>(this IEnumerable<T> items, T wanted) =>
        items is ICollection<T> collection ? collection.Contains(wanted) : items.Contains(wanted, null);

    /// <summary>Whether an item is there.</summary>
    public static bool Contains<T>(this IEnumerable<T> items, T wanted, IEqualityComparer<T>? comparer)
    {
        comparer ??= EqualityComparer<T>.Default;
        return items.Any(item => comparer.Equals(item, wanted));
    }

    /// <summary>Whether the items are equal, one by one.</summary>
    public static bool SequenceEqual<T>(
        this IEnumerable<T> items,
        IEnumerable<T> others,
        IEqualityComparer<T>? comparer = null)
    {
        comparer ??= EqualityComparer<T>.Default;
        using IEnumerator<T> other = others.GetEnumerator();
        foreach (T item in items)
        {
            if (!other.MoveNext() || !comparer.Equals(item, other.Current))
            {
                return false;
            }
        }

        return !other.MoveNext();
    }

    /// <summary>The first item.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static T First<T>(this IEnumerable<T> items)
    {
        foreach (T item in items)
        {
            return item;
        }

        throw new InvalidOperationException();
    }

    /// <summary>The first item for which something holds.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static T First<T>(this IEnumerable<T> items, Func<T, bool> predicate) => items.Where(predicate).First();

    /// <summary>The first item, or what the type has instead.</summary>
    public static T? FirstOrDefault<T>(this IEnumerable<T> items)
    {
        foreach (T item in items)
        {
            return item;
        }

        return default;
    }

    /// <summary>The first item, or another.</summary>
    public static T FirstOrDefault<T>(this IEnumerable<T> items, T instead)
    {
        foreach (T item in items)
        {
            return item;
        }

        return instead;
    }

    /// <summary>The first item for which something holds, or what the type has instead.</summary>
    public static T? FirstOrDefault<T>(this IEnumerable<T> items, Func<T, bool> predicate) =>
        items.Where(predicate).FirstOrDefault();

    /// <summary>The first item for which something holds, or another.</summary>
    public static T FirstOrDefault<T>(this IEnumerable<T> items, Func<T, bool> predicate, T instead) =>
        items.Where(predicate).FirstOrDefault(instead);

    /// <summary>The last item.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static T Last<T>(this IEnumerable<T> items)
    {
        T[] all = items.ToArray();
        return all.Length > 0 ? all[^1] : throw new InvalidOperationException();
    }

    /// <summary>The last item, or what the type has instead.</summary>
    public static T? LastOrDefault<T>(this IEnumerable<T> items)
    {
        T? last = default;
        foreach (T item in items)
        {
            last = item;
        }

        return last;
    }

    /// <summary>The last item for which something holds, or what the type has instead.</summary>
    public static T? LastOrDefault<T>(this IEnumerable<T> items, Func<T, bool> predicate) =>
        items.Where(predicate).LastOrDefault();

    /// <summary>The last item for which something holds, or another.</summary>
    public static T LastOrDefault<T>(this IEnumerable<T> items, Func<T, bool> predicate, T instead)
    {
        T last = instead;
        foreach (T item in items.Where(predicate))
        {
            last = item;
        }

        return last;
    }

    /// <summary>The only item.</summary>
    /// <exception cref="InvalidOperationException">There is none, or there are several.</exception>
    public static T Single<T>(this IEnumerable<T> items)
    {
        T[] all = items.Take(2).ToArray();
        return all.Length == 1 ? all[0] : throw new InvalidOperationException();
    }

    /// <summary>The only item for which something holds.</summary>
    /// <exception cref="InvalidOperationException">There is none, or there are several.</exception>
    public static T Single<T>(this IEnumerable<T> items, Func<T, bool> predicate) => items.Where(predicate).Single();

    /// <summary>The items, last first; without this an array would be turned around in its place.</summary>
    public static IEnumerable<T> Reverse<T>(this T[] items) => ((IEnumerable<T>)items).Reverse();

    /// <summary>The items, last first.</summary>
    public static IEnumerable<T> Reverse<T>(this IEnumerable<T> items)
    {
        T[] all = items.ToArray();
        for (int i = all.Length - 1; i >= 0; i--)
        {
            yield return all[i];
        }
    }
}
