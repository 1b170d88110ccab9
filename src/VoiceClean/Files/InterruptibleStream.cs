using System.Runtime.ExceptionServices;

namespace VoiceClean.Files;

/// <summary>
/// A stream that may block for ever (a pipe whose other end says nothing, a terminal): each block is read or written by
/// another thread, and who waits for it stops waiting when a token is cancelled. The thread is left behind then; a
/// process that ends takes it along. Opening may block too (a FIFO without another end), so it is done the same way.
/// Used by one thread.
/// </summary>
internal sealed class InterruptibleStream : Stream
{
    private const int BlockBytes = 128 * 1024;

    private readonly Stream _inner;
    private readonly CancellationToken _stop;
    private readonly TimeSpan _patience;
    private readonly byte[] _block = new byte[BlockBytes];
    private bool _isLeftBehind;

    /// <summary>Opens it.</summary>
    /// <param name="open">Opens the stream; owned by this.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <param name="patience">How long a block may still take once stopped: for the last words of a run. Default: it
    /// is given up at once.</param>
    /// <exception cref="OperationCanceledException">Stopped before it was open.</exception>
    public InterruptibleStream(Func<Stream> open, CancellationToken stop, TimeSpan patience = default)
    {
        (_stop, _patience) = (stop, patience);
        _inner = Await(open);
    }

    public override bool CanRead => _inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => _inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int wanted = Math.Min(buffer.Length, BlockBytes);
        int count = Await(() => _inner.Read(_block, 0, wanted));
        _block.AsSpan(0, count).CopyTo(buffer);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            int count = Math.Min(buffer.Length, BlockBytes);
            buffer[..count].CopyTo(_block);
            Await(() =>
            {
                _inner.Write(_block, 0, count);
                return count;
            });
            buffer = buffer[count..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Each write is over when it returns.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isLeftBehind)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private T Await<T>(Func<T> work)
    {
        if (_isLeftBehind || _patience == TimeSpan.Zero)
        {
            _stop.ThrowIfCancellationRequested();
        }

        Task<T> task = Task.Run(work, CancellationToken.None);
        try
        {
            if (!IsOver(task))
            {
                _isLeftBehind = true;
                throw new OperationCanceledException(_stop);
            }

            return task.Result;
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }

    private bool IsOver(Task task)
    {
        try
        {
            task.Wait(_stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return task.Wait(_patience);
        }
    }
}
