using System.Diagnostics;

namespace VoiceClean.Web.Http;

/// <summary>
/// The body of a request, read from a client that must keep its pace to the end: whenever it was waited for as long as
/// the grace, so much must have come as the rate asks for. (The server's own rule takes the mean since the beginning:
/// who sends 50 MB at once and then nothing could stand there for an hour.) Only time in which the client is waited for
/// counts, and nothing is asked of the last bytes.
/// </summary>
/// <param name="inner">The body; stays open.</param>
/// <param name="rate">The pace.</param>
internal sealed class PacedStream(Stream inner, BodyRate rate) : Stream
{
    private readonly double _quota = rate.BytesPerSecond * rate.Grace.TotalSeconds;
    private TimeSpan _left = rate.Grace;
    private double _came;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="RefusalException">The client is too slow.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_left);
        long start = Stopwatch.GetTimestamp();
        try
        {
            int count = await inner.ReadAsync(buffer, patience.Token).ConfigureAwait(false);
            Book(count, Stopwatch.GetElapsedTime(start));
            return count;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw BodyFile.TooSlow();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Book(int count, TimeSpan waited)
    {
        _came += count;
        _left -= waited;
        if (_came >= _quota)
        {
            (_came, _left) = (0, rate.Grace);
        }
        else if (_left < TimeSpan.FromMilliseconds(1))
        {
            _left = TimeSpan.FromMilliseconds(1);
        }
    }
}
