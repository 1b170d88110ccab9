namespace VoiceClean.Files;

/// <summary>A stream lent to somebody who disposes of what he gets: the lender's stays open.</summary>
/// <param name="lender">Readable and seekable; used by one at a time.</param>
internal sealed class BorrowedStream(Stream lender) : Stream
{
    /// <summary>The stream behind it.</summary>
    public Stream Lender => lender;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => lender.Length;

    public override long Position
    {
        get => lender.Position;
        set => lender.Position = value;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => lender.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => lender.Read(buffer);

    public override long Seek(long offset, SeekOrigin origin) => lender.Seek(offset, origin);

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
