using VoiceClean.Files;

namespace VoiceClean.Tests.Files;

/// <summary>
/// A disk whose k-th operation fails; everything else is done for real. Deleting never counts: it is how we clean up.
/// </summary>
internal sealed class FailingFiles(int failAt, Func<Exception> failure) : IOutputFiles
{
    private int _operations;

    /// <summary>How many operations have been asked for so far.</summary>
    public int Operations => _operations;

    public Stream Create(string path)
    {
        Step();
        return new FailingStream(DiskFiles.Instance.Create(path), Step);
    }

    public Stream OpenAppend(string path)
    {
        Step();
        return new FailingStream(DiskFiles.Instance.OpenAppend(path), Step);
    }

    public void FlushToDisk(Stream stream)
    {
        Step();
        DiskFiles.Instance.FlushToDisk(((FailingStream)stream).Inner);
    }

    public void Replace(string temporary, string target)
    {
        Step();
        DiskFiles.Instance.Replace(temporary, target);
    }

    public void PublishNew(string temporary, string target)
    {
        Step();
        DiskFiles.Instance.PublishNew(temporary, target);
    }

    public void Delete(string path) => DiskFiles.Instance.Delete(path);

    public void CreateDirectory(string path)
    {
        Step();
        DiskFiles.Instance.CreateDirectory(path);
    }

    public void FlushDirectory(string path)
    {
        Step();
        DiskFiles.Instance.FlushDirectory(path);
    }

    private void Step()
    {
        if (Interlocked.Increment(ref _operations) == failAt)
        {
            throw failure();
        }
    }

    private sealed class FailingStream(Stream inner, Action step) : Stream
    {
        public Stream Inner => inner;

        public override bool CanRead => false;

        public override bool CanSeek => inner.CanSeek;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => inner.Position = value; }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => inner.SetLength(value);

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            step();
            inner.Write(buffer);
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
