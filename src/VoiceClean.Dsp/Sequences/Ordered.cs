using System.Collections;

namespace VoiceClean.Dsp.Sequences;

/// <summary>A sequence in an order; equal items stay as they were.</summary>
/// <typeparam name="T">Of what.</typeparam>
/// <param name="items">The items.</param>
/// <param name="keys">Compares two places among all items.</param>
/// <param name="before">The order that comes first.</param>
internal sealed class Ordered<T>(IEnumerable<T> items, Func<T[], Comparison<int>> keys, Ordered<T>? before)
    : IEnumerable<T>
{
    /// <summary>A further order, for what is equal.</summary>
    public Ordered<T> Then(Func<T[], Comparison<int>> further) => new(items, further, this);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        T[] all = items.ToArray();
        int[] places = new int[all.Length];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }

        Comparison<int> compare = Compare(all);
        Array.Sort(places, (a, b) => compare(a, b) is var c && c != 0 ? c : a.CompareTo(b));
        foreach (int place in places)
        {
            yield return all[place];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Comparison<int> Compare(T[] all)
    {
        Comparison<int>? first = before?.Compare(all);
        Comparison<int> own = keys(all);
        return first is null ? own : (a, b) => first(a, b) is var c && c != 0 ? c : own(a, b);
    }
}

/// <summary>Puts sequences in order; each item is asked for its key once.</summary>
internal static class Ordering
{
    /// <summary>Least first.</summary>
    public static Ordered<T> Order<T>(this IEnumerable<T> items, IComparer<T>? comparer = null) =>
        new(items, Ascending<T, T>(item => item, comparer), null);

    /// <summary>Greatest first.</summary>
    public static Ordered<T> OrderDescending<T>(this IEnumerable<T> items, IComparer<T>? comparer = null) =>
        new(items, Descending<T, T>(item => item, comparer), null);

    /// <summary>Least key first.</summary>
    public static Ordered<T> OrderBy<T, TKey>(
        this IEnumerable<T> items,
        Func<T, TKey> key,
        IComparer<TKey>? comparer = null) => new(items, Ascending(key, comparer), null);

    /// <summary>Greatest key first.</summary>
    public static Ordered<T> OrderByDescending<T, TKey>(
        this IEnumerable<T> items,
        Func<T, TKey> key,
        IComparer<TKey>? comparer = null) => new(items, Descending(key, comparer), null);

    /// <summary>Where all before is equal: least key first.</summary>
    public static Ordered<T> ThenBy<T, TKey>(
        this Ordered<T> items,
        Func<T, TKey> key,
        IComparer<TKey>? comparer = null) => items.Then(Ascending(key, comparer));

    /// <summary>Where all before is equal: greatest key first.</summary>
    public static Ordered<T> ThenByDescending<T, TKey>(
        this Ordered<T> items,
        Func<T, TKey> key,
        IComparer<TKey>? comparer = null) => items.Then(Descending(key, comparer));

    private static Func<T[], Comparison<int>> Ascending<T, TKey>(Func<T, TKey> key, IComparer<TKey>? comparer) =>
        all =>
        {
            IComparer<TKey> order = comparer ?? Comparer<TKey>.Default;
            TKey[] keys = Array.ConvertAll(all, item => key(item));
            return (a, b) => order.Compare(keys[a], keys[b]);
        };

    private static Func<T[], Comparison<int>> Descending<T, TKey>(Func<T, TKey> key, IComparer<TKey>? comparer)
    {
        Func<T[], Comparison<int>> ascending = Ascending(key, comparer);
        return all =>
        {
            Comparison<int> compare = ascending(all);
            return (a, b) => compare(b, a);
        };
    }
}
