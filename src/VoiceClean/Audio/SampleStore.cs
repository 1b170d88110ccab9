using System.Buffers;
using VoiceClean.Files;

namespace VoiceClean.Audio;

/// <summary>
/// A growing run of samples: of a clip in an array from a shared pool, of minutes (up to <see cref="MemoryLimit"/>
/// samples) in memory of its own, beyond that in a memory-mapped temporary file, so that a recording of hours needs
/// little anonymous memory. Users see one span either way. The temporary file has no name while it is in use (deleted
/// on open), so nothing is left behind whatever happens.
/// </summary>
public sealed unsafe class SampleStore : IDisposable
{
    /// <summary>Samples kept in memory: 96 MiB, 13 minutes at 32 kHz.</summary>
    public const int MemoryLimit = 24 * 1024 * 1024;

    /// <summary>
    /// Samples kept in a pooled array: 8 MiB, a minute at 32 kHz. A pool of larger ones would keep more than it saves.
    /// </summary>
    internal const int PoolLimit = 2 * 1024 * 1024;

    private float[]? _pooled = [];
    private bool _isOwn;        // the array is no pool's
    private NativeSamples? _native;
    private SampleSpool? _file;
    private int _capacity;

    /// <summary>Number of samples.</summary>
    public int Length { get; private set; }

    /// <summary>True if the samples live in a temporary file.</summary>
    public bool IsMapped => _file is not null;

    /// <summary>
    /// True if the samples live in a file and addresses are scarce: stages then work in their place and through files,
    /// a fifth slower than with a second buffer.
    /// </summary>
    internal bool IsFrugal { get => IsMapped && field; set; } = AddressSpace.IsLimited;

    /// <summary>All samples. Valid until the next change of length.</summary>
    public Span<float> Span =>
        _file is { } file ? file.See(Length)
        : _native is { } native ? new Span<float>(native.Pointer, Length)
        : _pooled.AsSpan(0, Length);

    /// <summary>The samples, where they are in an array that no pool gets back; null elsewhere.</summary>
    internal ReadOnlyMemory<float>? Own =>
        _isOwn ? new ReadOnlyMemory<float>(_pooled, 0, Length) : new ReadOnlyMemory<float>?();

    /// <summary>Makes a store of an array: what is done to the samples is done there.</summary>
    internal static SampleStore OfOwn(float[] samples) =>
        new() { _pooled = samples, _isOwn = true, _capacity = samples.Length, Length = samples.Length };

    /// <summary>Makes a store of <paramref name="length"/> zeros.</summary>
    public static SampleStore OfLength(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var store = new SampleStore();
        store.Reserve(length);
        store.Length = length;
        if (store._native is null && store._file is null)
        {
            store.Span.Clear();        // pooled arrays come with old content; fresh memory and a fresh file are zero
        }

        return store;
    }

    /// <summary>Makes a store as long, in memory of the same kind, with arbitrary content.</summary>
    internal SampleStore MakeAlike() =>
        _isOwn ? OfOwn(GC.AllocateUninitializedArray<float>(Length)) : OfLength(Length);

    /// <summary>Adds samples at the end.</summary>
    public void Append(ReadOnlySpan<float> samples)
    {
        int length = checked(Length + samples.Length);
        if (length > _capacity)
        {
            Reserve(
                (int)
                    Math.Min(
                        int.MaxValue,
                        Math.Max(
                            length,
                            _capacity < MemoryLimit
                                ? Math.Min(MemoryLimit, 2L * _capacity)
                                : _capacity + (long)MemoryLimit)));
        }

        int start = Length;
        Length = length;
        Write(start, samples);
    }

    /// <summary>Puts samples in the place of others: into a file by calls of the system, without faults.</summary>
    /// <param name="at">The first place.</param>
    /// <param name="samples">What comes there; within the length.</param>
    internal void Write(int at, ReadOnlySpan<float> samples)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples.Length, Length - at);
        if (_file is null)
        {
            samples.CopyTo(Span[at..]);
        }
        else
        {
            _file.Write(at, samples);
        }
    }

    /// <summary>Moves samples towards the beginning.</summary>
    /// <param name="from">Where they are now.</param>
    /// <param name="to">Where they come; not behind it.</param>
    /// <param name="length">How many.</param>
    internal void Move(int from, int to, int length)
    {
        if (_file is null)
        {
            Span.Slice(from, length).CopyTo(Span[to..]);
            return;
        }

        float[] rented = ArrayPool<float>.Shared.Rent(SampleSpool.Piece);
        for (int done = 0, count; from > to && done < length; done += count)
        {
            count = Math.Min(SampleSpool.Piece, length - done);
            Span<float> piece = rented.AsSpan(0, count);
            Span.Slice(from + done, count).CopyTo(piece);
            _file.Write(to + done, piece);
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>Takes samples that were laid aside for its own: no copy, no faults of pages.</summary>
    /// <param name="spool">As long as the store, which lies in a file; owned from now on.</param>
    internal void Adopt(SampleSpool spool)
    {
        _file!.Dispose();
        (_file, _capacity) = (spool, spool.Length);
    }

    /// <summary>Gives the addresses of a file back until its samples are looked at again.</summary>
    internal void Hide() => _file?.Hide();

    /// <summary>Makes room for <paramref name="capacity"/> samples in all; a hint that spares copies.</summary>
    public void Reserve(int capacity)
    {
        if (capacity <= _capacity)
        {
            return;
        }

        if (capacity <= PoolLimit)
        {
            float[] larger = SampleArrays.Shared.Rent(capacity);
            Span.CopyTo(larger);
            ReturnPooled();
            _pooled = larger;
            _capacity = larger.Length;
        }
        else if (capacity <= MemoryLimit)
        {
            MoveToMemory(capacity);
        }
        else
        {
            MoveToFile(capacity);
        }
    }

    /// <summary>Makes the store so long; what is new has arbitrary content.</summary>
    internal void SetLength(int length)
    {
        Reserve(length);
        Length = length;
    }

    /// <summary>Drops everything from <paramref name="length"/> on.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        Length = length;
    }

    /// <summary>Gives the memory or the temporary file back.</summary>
    public void Dispose()
    {
        ReturnPooled();
        FreeNative();
        _file?.Dispose();
        _file = null;
        Length = 0;
        _capacity = 0;
    }

    private void MoveToMemory(int capacity)
    {
        if (_native is null)
        {
            _native = new NativeSamples(capacity);
            _pooled.AsSpan(0, Length).CopyTo(new Span<float>(_native.Pointer, Length));
            ReturnPooled();
        }
        else
        {
            _native.Grow(capacity);
        }

        _capacity = capacity;
    }

    /// <summary>Moves the samples into a temporary file, however few they are.</summary>
    /// <param name="capacity">Samples there is room for then, at least <see cref="Length"/>.</param>
    internal void MoveToFile(int capacity)
    {
        if (_file is null)
        {
            var file = new SampleSpool(capacity);
            file.Write(0, Span);
            ReturnPooled();
            FreeNative();
            _file = file;
        }
        else
        {
            _file.Resize(capacity);
        }

        _capacity = capacity;
    }

    private void FreeNative()
    {
        _native?.Dispose();
        _native = null;
    }

    private void ReturnPooled()
    {
        if (_pooled is { Length: > 0 } && !_isOwn)
        {
            SampleArrays.Shared.Return(_pooled);
        }

        (_pooled, _isOwn) = (null, false);
    }
}
