using System.Numerics;

namespace VoiceClean.Runs.Planning;

/// <summary>
/// Hashes of 64 bits, in 11 to 22 bytes each: of a million names the set of the class library would take 50 MB.
/// </summary>
internal sealed class HashSet64
{
    private ulong[] _slots;                        // 0 = free
    private int _count;

    /// <summary>Makes an empty set.</summary>
    /// <param name="expected">How many hashes there may be: room for them is made at once.</param>
    public HashSet64(int expected = 0) =>
        _slots = new ulong[Math.Max(1024, (int)BitOperations.RoundUpToPowerOf2((uint)(expected * 4L / 3) + 1))];

    /// <summary>Adds a hash; false if it is there already.</summary>
    public bool Add(ulong hash)
    {
        if (_count * 4L >= _slots.Length * 3L)
        {
            ulong[] old = _slots;
            _slots = new ulong[old.Length * 2];
            foreach (ulong kept in old)
            {
                _slots[Find(kept)] = kept;
            }
        }

        ref ulong slot = ref _slots[Find(Used(hash))];
        if (slot != 0)
        {
            return false;
        }

        slot = Used(hash);
        _count++;
        return true;
    }

    /// <summary>True if a hash is there.</summary>
    public bool Contains(ulong hash) => _count > 0 && _slots[Find(Used(hash))] != 0;

    /// <summary>Adds all of another set.</summary>
    public void UnionWith(HashSet64 other)
    {
        foreach (ulong hash in other._slots)
        {
            if (hash != 0)
            {
                Add(hash);
            }
        }
    }

    /// <summary>True if another set has one of these.</summary>
    public bool Overlaps(HashSet64 other)
    {
        foreach (ulong hash in _slots)
        {
            if (hash != 0 && other._slots[other.Find(hash)] == hash)
            {
                return true;
            }
        }

        return false;
    }

    private static ulong Used(ulong hash) => hash == 0 ? 1 : hash;

    // The slot of a hash, or the free one where it belongs.
    private int Find(ulong hash)
    {
        int mask = _slots.Length - 1;
        int slot = (int)(hash >> 32) & mask;
        while (_slots[slot] != 0 && _slots[slot] != hash)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }
}
