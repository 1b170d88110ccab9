using System.Collections;

namespace VoiceClean.Dsp.Sequences;

/// <summary>The items of one key, in their order.</summary>
/// <typeparam name="TKey">Of the key.</typeparam>
/// <typeparam name="T">Of the items.</typeparam>
/// <param name="key">The key.</param>
internal sealed class Group<TKey, T>(TKey key) : IEnumerable<T>
{
    private readonly List<T> _items = [];

    /// <summary>The key.</summary>
    public TKey Key { get; } = key;

    /// <summary>One item more.</summary>
    public void Add(T item) => _items.Add(item);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Items by key; the groups stand in the order of their first items.</summary>
/// <typeparam name="TKey">Of the keys.</typeparam>
/// <typeparam name="T">Of the items.</typeparam>
/// <param name="comparer">Which keys are one.</param>
internal sealed class Lookup<TKey, T>(IEqualityComparer<TKey>? comparer) : IEnumerable<Group<TKey, T>>
    where TKey : notnull
{
    private readonly List<Group<TKey, T>> _groups = [];
    private readonly Dictionary<TKey, Group<TKey, T>> _byKey = new(comparer);

    /// <summary>Number of keys.</summary>
    public int Count => _groups.Count;

    /// <summary>The items of a key; none if there is no such key.</summary>
    public IEnumerable<T> this[TKey key] => _byKey.TryGetValue(key, out Group<TKey, T>? group) ? group : [];

    /// <summary>Whether there are items of a key.</summary>
    public bool Contains(TKey key) => _byKey.ContainsKey(key);

    /// <summary>One item more.</summary>
    public void Add(TKey key, T item)
    {
        if (!_byKey.TryGetValue(key, out Group<TKey, T>? group))
        {
            group = new Group<TKey, T>(key);
            _groups.Add(group);
            _byKey.Add(key, group);
        }

        group.Add(item);
    }

    /// <inheritdoc/>
    public IEnumerator<Group<TKey, T>> GetEnumerator() => _groups.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
