namespace VoiceClean.Dsp.Sequences;

/// <summary>
/// What System.Linq offers, as far as it is used here, and with its words and results. Its iterators know each other,
/// and a pair of types brings dozens of methods into the native binary, a megabyte in all; here an operator is one
/// loop. Nothing is read before the result is enumerated.
/// </summary>
internal static class Sequence
{
    /// <summary>Whole numbers one after the other.</summary>
    public static IEnumerable<int> Range(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Count(start, count);

        static IEnumerable<int> Count(int start, int count)
        {
            for (int i = 0; i < count; i++)
            {
                yield return start + i;
            }
        }
    }

    /// <summary>Each item, as something else.</summary>
    public static IEnumerable<TTo> Select<T, TTo>(this IEnumerable<T> items, Func<T, TTo> selector)
    {
        foreach (T item in items)
        {
            yield return selector(item);
        }
    }

    /// <summary>Each item with its place, as something else.</summary>
    public static IEnumerable<TTo> Select<T, TTo>(this IEnumerable<T> items, Func<T, int, TTo> selector)
    {
        int place = 0;
        foreach (T item in items)
        {
            yield return selector(item, place++);
        }
    }

    /// <summary>What each item has, one after the other.</summary>
    public static IEnumerable<TTo> SelectMany<T, TTo>(this IEnumerable<T> items, Func<T, IEnumerable<TTo>> selector)
    {
        foreach (T item in items)
        {
            foreach (TTo part in selector(item))
            {
                yield return part;
            }
        }
    }

    /// <summary>What each item has, with the item.</summary>
    public static IEnumerable<TTo> SelectMany<T, TPart, TTo>(
        this IEnumerable<T> items,
        Func<T, IEnumerable<TPart>> selector,
        Func<T, TPart, TTo> both)
    {
        foreach (T item in items)
        {
            foreach (TPart part in selector(item))
            {
                yield return both(item, part);
            }
        }
    }

    /// <summary>The items for which something holds.</summary>
    public static IEnumerable<T> Where<T>(this IEnumerable<T> items, Func<T, bool> predicate)
    {
        foreach (T item in items)
        {
            if (predicate(item))
            {
                yield return item;
            }
        }
    }

    /// <summary>The items for which something holds at their place.</summary>
    public static IEnumerable<T> Where<T>(this IEnumerable<T> items, Func<T, int, bool> predicate)
    {
        int place = 0;
        foreach (T item in items)
        {
            if (predicate(item, place++))
            {
                yield return item;
            }
        }
    }

    /// <summary>The items of one type.</summary>
    public static IEnumerable<T> OfType<T>(this System.Collections.IEnumerable items)
    {
        foreach (object? item in items)
        {
            if (item is T right)
            {
                yield return right;
            }
        }
    }

    /// <summary>The first items.</summary>
    public static IEnumerable<T> Take<T>(this IEnumerable<T> items, int count)
    {
        if (count <= 0)
        {
            yield break;
        }

        foreach (T item in items)
        {
            yield return item;
            if (--count == 0)
            {
                yield break;
            }
        }
    }

    /// <summary>The items up to the first for which something does not hold.</summary>
    public static IEnumerable<T> TakeWhile<T>(this IEnumerable<T> items, Func<T, bool> predicate)
    {
        foreach (T item in items)
        {
            if (!predicate(item))
            {
                yield break;
            }

            yield return item;
        }
    }

    /// <summary>The items but the first; a list is entered behind them.</summary>
    public static IEnumerable<T> Skip<T>(this IEnumerable<T> items, int count)
    {
        if (items is IList<T> list)
        {
            for (int i = Math.Max(0, count); i < list.Count; i++)
            {
                yield return list[i];
            }

            yield break;
        }

        foreach (T item in items)
        {
            if (--count < 0)
            {
                yield return item;
            }
        }
    }

    /// <summary>The items but the last.</summary>
    public static IEnumerable<T> SkipLast<T>(this IEnumerable<T> items, int count)
    {
        T[] all = items.ToArray();
        for (int i = 0; i < all.Length - Math.Max(0, count); i++)
        {
            yield return all[i];
        }
    }

    /// <summary>One sequence behind the other.</summary>
    public static IEnumerable<T> Concat<T>(this IEnumerable<T> items, IEnumerable<T> others)
    {
        foreach (T item in items)
        {
            yield return item;
        }

        foreach (T item in others)
        {
            yield return item;
        }
    }

    /// <summary>One item behind the others.</summary>
    public static IEnumerable<T> Append<T>(this IEnumerable<T> items, T last) => items.Concat([last]);

    /// <summary>One item in front of the others.</summary>
    public static IEnumerable<T> Prepend<T>(this IEnumerable<T> items, T first) => new[] { first }.Concat(items);

    /// <summary>The items, or one if there are none.</summary>
    public static IEnumerable<T> DefaultIfEmpty<T>(this IEnumerable<T> items, T instead = default)
        where T : struct
    {
        bool any = false;
        foreach (T item in items)
        {
            any = true;
            yield return item;
        }

        if (!any)
        {
            yield return instead;
        }
    }

    /// <summary>The items of both, side by side, up to the end of the shorter.</summary>
    public static IEnumerable<(T First, TOther Second)> Zip<T, TOther>(
        this IEnumerable<T> items,
        IEnumerable<TOther> others)
    {
        using IEnumerator<TOther> other = others.GetEnumerator();
        foreach (T item in items)
        {
            if (!other.MoveNext())
            {
                yield break;
            }

            yield return (item, other.Current);
        }
    }

    /// <summary>Each item with its place.</summary>
    public static IEnumerable<(int Index, T Item)> Index<T>(this IEnumerable<T> items) =>
        items.Select((item, place) => (place, item));
}
