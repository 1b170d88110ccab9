using System.Buffers;
using System.Runtime.InteropServices;
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

    // Rows that are written together: some pages.
    private const int WrittenRows = 8;

    // Cells kept in memory where it is not scarce, 128 MiB: 35 minutes.
    private const int MemoryLimit = 1 << 25;

    private readonly SampleStore? _memory;
    private readonly NativeSamples? _large;
    private readonly float* _cells;
    private readonly FileStream? _file;
    private readonly int _rows, _stride;

    /// <summary>Makes zeros.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="stride">Length of a row.</param>
    /// <param name="most">Cells that are not seen through windows; null = those of half an hour, or what a
    /// <see cref="SampleStore"/> keeps in memory where addresses are limited.</param>
    public RowStore(int rows, int stride, long? most = null)
    {
        (_rows, _stride) = (rows, stride);
        long cells = (long)rows * stride;
        if (cells <= Math.Min(most ?? long.MaxValue, SampleStore.MemoryLimit))
        {
            _memory = SampleStore.OfLength((int)cells);
            return;
        }

        if (cells <= (most ?? (AddressSpace.IsLimited ? 0 : MemoryLimit)))
        {
            _large = new NativeSamples((int)cells);
            _cells = _large.Pointer;
            return;
        }

        _file = TemporaryFile.Create();
        TemporaryFile.Allocate(_file, cells * sizeof(float));
    }

    /// <summary>A way to the rows, for one thread; the caller disposes of it.</summary>
    public Cursor Open() => new(this, isToWrite: false);

    /// <summary>
    /// The same to write rows one after the other, each whole: what was there is not seen, and no fault is paid for it.
    /// </summary>
    public Cursor OpenToWrite() => new(this, isToWrite: true);

    /// <summary>Gives memory and file back; cursors are of no use afterwards.</summary>
    public void Dispose()
    {
        _memory?.Dispose();
        _large?.Dispose();
        _file?.Dispose();
    }

    /// <summary>Sees the rows, one at a time.</summary>
    public sealed class Cursor : IDisposable
    {
        private readonly RowStore _store;
        private readonly bool _isToWrite;
        private float[]? _written;              // rows from _from to _to
        private FileWindow? _window;
        private int _from, _to;

        internal Cursor(RowStore store, bool isToWrite) =>
            (_store, _isToWrite) = (store, isToWrite && store._file is not null);

        /// <summary>A row, valid until the next is asked for.</summary>
        public Span<float> Row(int row)
        {
            int stride = _store._stride;
            if (_store._memory is { } memory)
            {
                return memory.Span.Slice(row * stride, stride);
            }

            if (_store._cells is not null)
            {
                return new Span<float>(_store._cells + ((nint)row * stride), stride);
            }

            if (_isToWrite)
            {
                return RowToWrite(row);
            }

            if (row < _from || row >= _to)
            {
                Move(row);
            }

            return new Span<float>((float*)_window!.Pointer + ((nint)(row - _from) * stride), stride);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_written is not null)
            {
                Flush();
                ArrayPool<float>.Shared.Return(_written);
                _written = null;
            }

            _window?.Dispose();
            _window = null;
            _from = _to = 0;
        }

        private Span<float> RowToWrite(int row)
        {
            int stride = _store._stride;
            _written ??= ArrayPool<float>.Shared.Rent(WrittenRows * stride);
            if (row < _from || row >= _to)
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)_store._rows);
                if (row != _to || _to - _from == WrittenRows)
                {
                    Flush();
                    _from = row;
                }

                _to = row + 1;
            }

            return _written.AsSpan((row - _from) * stride, stride);
        }

        private void Flush()
        {
            long rowBytes = (long)_store._stride * sizeof(float);
            ReadOnlySpan<float> rows = _written.AsSpan(0, (_to - _from) * _store._stride);
            RandomAccess.Write(_store._file!.SafeFileHandle, MemoryMarshal.AsBytes(rows), _from * rowBytes);
            _from = _to;
        }

        private void Move(int row)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, _store._rows);
            Dispose();
            int from = row / WindowRows * WindowRows, to = Math.Min(from + WindowRows, _store._rows);
            long rowBytes = (long)_store._stride * sizeof(float);
            _window = new FileWindow(_store._file!, from * rowBytes, (to - from) * rowBytes);
            (_from, _to) = (from, to);
        }
    }
}
