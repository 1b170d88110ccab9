using System.Buffers;
using System.Numerics;

namespace VoiceClean.Audio;

/// <summary>
/// Arrays of samples. Who cleans one recording gets large ones that are as long as they need to be: a shared pool
/// rounds up to a power of two, a clip of 5 s had 9 MB of which a third was never used, and memory that is taken in
/// large pages is zeroed as a whole. For many recordings the shared pool is better, as every clip fits into an array of
/// the one before. Safe to use from several threads.
/// </summary>
internal sealed class SampleArrays
{
    // up to the first the shared pool, whose arrays are no longer than that; above the second nothing is kept
    private const int Least = 64 * 1024, Most = 2 * 1024 * 1024;
    private const int Step = 16 * 1024;

    private readonly float[]?[] _kept = new float[]?[8];
    private readonly Lock _lock = new();
    private int _next;

    /// <summary>Those of this process.</summary>
    public static SampleArrays Shared { get; } = new();

    /// <summary>Whether one recording is cleaned; may change while arrays are out.</summary>
    public bool IsForOne { get; set; }

    /// <summary>An array of at least so many samples, with arbitrary content.</summary>
    /// <param name="length">At least 0 [sample].</param>
    public float[] Rent(int length)
    {
        if (!IsForOne || length <= Least)
        {
            return ArrayPool<float>.Shared.Rent(length);
        }

        lock (_lock)
        {
            int best = -1;
            for (int i = 0; i < _kept.Length; i++)
            {
                if (_kept[i] is { } kept && kept.Length >= length && kept.Length / 2 <= length
                    && (best < 0 || kept.Length < _kept[best]!.Length))
                {
                    best = i;
                }
            }

            if (best >= 0)
            {
                float[] found = _kept[best]!;
                _kept[best] = null;
                return found;
            }
        }

        long rounded = ((long)length + Step - 1) / Step * Step;
        return GC.AllocateUninitializedArray<float>((int)Math.Min(Array.MaxLength, rounded));
    }

    /// <summary>Gives an array back; the eldest of those that are kept makes room.</summary>
    /// <param name="array">One that <see cref="Rent"/> gave; nobody may use it any more.</param>
    public void Return(float[] array)
    {
        if (array.Length <= Least)
        {
            ArrayPool<float>.Shared.Return(array);
            return;
        }

        if (!IsForOne)
        {
            // One of before the change has a length that the shared pool would throw at.
            if (BitOperations.IsPow2(array.Length))
            {
                ArrayPool<float>.Shared.Return(array);
            }

            return;
        }

        if (array.Length > Most)
        {
            return;
        }

        lock (_lock)
        {
            int place = Array.IndexOf(_kept, null);
            if (place < 0)
            {
                place = _next;
                _next = (_next + 1) % _kept.Length;
            }

            _kept[place] = array;
        }
    }
}
