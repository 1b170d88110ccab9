using System.IO.MemoryMappedFiles;
using VoiceClean.Files;

namespace VoiceClean.Audio;

/// <summary>
/// Rows of equal length that are gone through in their order, forward or backward: in memory, or many of them in a
/// temporary file of which every <see cref="Cursor"/> sees a small window, so that neither memory nor addresses are
/// needed for all.
/// </summary>
internal sealed unsafe class RowStore : IDisposable
{
    // Rows in a window: some megabytes, so that a window is moved seldom.
    private const int WindowRows = 1024;

    private readonly SampleStore? _memory;
    private readonly FileStream? _file;
    private readonly MemoryMappedFile? _map;
    private readonly int _rows, _stride;

    /// <summary>Makes zeros.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="stride">Length of a row.</param>
    /// <param name="most">Cells that are not seen through windows; null = what a <see cref="SampleStore"/> keeps in
    /// memory where addresses are limited, else any number: each window costs its pages a fault again.</param>
    public RowStore(int rows, int stride, long? most = null)
    {
        (_rows, _stride) = (rows, stride);
        long cells = (long)rows * stride;
        if (cells <= (most ?? (AddressSpace.IsLimited ? SampleStore.MemoryLimit : int.MaxValue)))
        {
            _memory = SampleStore.OfLength((int)cells);
            return;
        }

        _file = TemporaryFile.Create();
        TemporaryFile.Allocate(_file, cells * sizeof(float));
        _map = MemoryMappedFile.CreateFromFile(
            _file,
            null,
            0,
            MemoryMappedFileAccess.ReadWrite,
            HandleInheritability.None,
            leaveOpen: true);
    }

    /// <summary>A way to the rows, for one thread; the caller disposes of it.</summary>
    public Cursor Open() => new(this);

    /// <summary>Gives memory and file back; cursors are of no use afterwards.</summary>
    public void Dispose()
    {
        _memory?.Dispose();
        _map?.Dispose();
        _file?.Dispose();
    }

    /// <summary>Sees the rows, one at a time.</summary>
    public sealed class Cursor : IDisposable
    {
        private readonly RowStore _store;
        private MemoryMappedViewAccessor? _view;
        private float* _pointer;
        private int _from, _to;

        internal Cursor(RowStore store) => _store = store;

        /// <summary>A row, valid until the next is asked for.</summary>
        public Span<float> Row(int row)
        {
            int stride = _store._stride;
            if (_store._memory is { } memory)
            {
                return memory.Span.Slice(row * stride, stride);
            }

            if (row < _from || row >= _to)
            {
                Move(row);
            }

            return new Span<float>(_pointer + ((nint)(row - _from) * stride), stride);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_view is not null)
            {
                _view.SafeMemoryMappedViewHandle.ReleasePointer();
                _view.Dispose();
                _view = null;
                _from = _to = 0;
            }
        }

        private void Move(int row)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, _store._rows);
            Dispose();
            int from = row / WindowRows * WindowRows, to = Math.Min(from + WindowRows, _store._rows);
            long rowBytes = (long)_store._stride * sizeof(float);
            _view = _store._map!.CreateViewAccessor(
                from * rowBytes,
                (to - from) * rowBytes,
                MemoryMappedFileAccess.ReadWrite);
            byte* p = null;
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref p);
            _pointer = (float*)(p + _view.PointerOffset);
            (_from, _to) = (from, to);
        }
    }
}
