namespace VoiceClean.Files;

/// <summary>A stream lent to somebody who disposes of what he gets: the lender's stays open.</summary>
/// <param name="lender">Readable and seekable; used by one at a time.</param>
internal sealed class BorrowedStream(Stream lender) : ReadOnlyStream
{
    /// <summary>The stream behind it.</summary>
    public Stream Lender => lender;

    public override long Length => lender.Length;

    public override long Position
    {
        get => lender.Position;
        set => lender.Position = value;
    }

    public override int Read(Span<byte> buffer) => lender.Read(buffer);

    /// <summary>When the file behind a stream was last written to; null if there is none, or it is closed.</summary>
    public static DateTime? LastWritten(Stream? stream) =>
        (stream is BorrowedStream borrowed ? borrowed.Lender : stream) is FileStream { CanRead: true } file
            ? File.GetLastWriteTimeUtc(file.SafeFileHandle)
            : null;
}
