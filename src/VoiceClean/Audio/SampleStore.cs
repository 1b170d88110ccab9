using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace VoiceClean.Audio;

/// <summary>
/// A growing run of samples: on the heap (from a shared pool) up to <see cref="HeapLimit"/> samples, in a memory-mapped temporary file
/// beyond it, so that a recording of hours needs little anonymous memory. Users see one span either way.
/// The temporary file has no name while it is in use (deleted on open), so nothing is left behind whatever happens.
/// </summary>
public sealed unsafe class SampleStore : IDisposable
{
    /// <summary>Samples kept on the heap: 64 MiB, about 9 minutes at 32 kHz.</summary>
    public const int HeapLimit = 16 * 1024 * 1024;

    private float[]? _heap;
    private FileStream? _file;
    private MemoryMappedFile? _map;
    private MemoryMappedViewAccessor? _view;
    private float* _pointer;
    private int _capacity;

    /// <summary>Makes an empty store.</summary>
    public SampleStore() => _heap = [];

    /// <summary>Number of samples.</summary>
    public int Length { get; private set; }

    /// <summary>True if the samples live in a temporary file.</summary>
    public bool IsMapped => _view is not null;

    /// <summary>All samples. Valid until the next change of length.</summary>
    public Span<float> Span => _view is null ? _heap.AsSpan(0, Length) : new Span<float>(_pointer, Length);

    /// <summary>Makes a store of <paramref name="length"/> zeros.</summary>
    public static SampleStore OfLength(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var store = new SampleStore();
        store.Reserve(length);
        store.Length = length;
        if (store._view is null)
        {
            store.Span.Clear();        // pooled arrays come with old content; a fresh file is zero
        }

        return store;
    }

    /// <summary>Adds samples at the end.</summary>
    public void Append(ReadOnlySpan<float> samples)
    {
        int length = checked(Length + samples.Length);
        if (length > _capacity)
        {
            Reserve((int)Math.Min(int.MaxValue, Math.Max(length, _capacity < HeapLimit ? 2L * _capacity : _capacity + (long)HeapLimit)));
        }

        int start = Length;
        Length = length;
        samples.CopyTo(Span[start..]);
    }

    /// <summary>Makes room for <paramref name="capacity"/> samples in all; a hint that spares copies.</summary>
    public void Reserve(int capacity)
    {
        if (capacity <= _capacity)
        {
            return;
        }

        if (capacity <= HeapLimit)
        {
            float[] larger = ArrayPool<float>.Shared.Rent(capacity);
            Span.CopyTo(larger);
            ReturnHeap();
            _heap = larger;
            _capacity = larger.Length;
        }
        else
        {
            MoveToFile(capacity);
        }
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
        ReturnHeap();
        Unmap();
        _file?.Dispose();
        _file = null;
        Length = 0;
        _capacity = 0;
    }

    private void MoveToFile(int capacity)
    {
        if (_file is null)
        {
            _file = TemporaryFile.Create();
            TemporaryFile.Allocate(_file, (long)capacity * sizeof(float));
            // Copy through the mapping: the heap part is at most 64 MiB.
            float[]? old = _heap;
            _heap = null;
            Map(capacity);
            old.AsSpan(0, Length).CopyTo(Span);
            Return(old);
        }
        else
        {
            Unmap();
            TemporaryFile.Allocate(_file, (long)capacity * sizeof(float));
            Map(capacity);
        }
    }

    private void Map(int capacity)
    {
        _map = MemoryMappedFile.CreateFromFile(_file!, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _map.CreateViewAccessor(0, (long)capacity * sizeof(float), MemoryMappedFileAccess.ReadWrite);
        byte* p = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref p);
        _pointer = (float*)(p + _view.PointerOffset);
        _capacity = capacity;
    }

    private void Unmap()
    {
        if (_view is null)
        {
            return;
        }

        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _pointer = null;
        _view.Dispose();
        _view = null;
        _map!.Dispose();
        _map = null;
    }

    private void ReturnHeap()
    {
        Return(_heap);
        _heap = null;
    }

    private static void Return(float[]? array)
    {
        if (array is { Length: > 0 })
        {
            ArrayPool<float>.Shared.Return(array);
        }
    }
}
