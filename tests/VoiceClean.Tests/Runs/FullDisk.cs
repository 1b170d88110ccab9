using VoiceClean.Files;

namespace VoiceClean.Tests.Runs;

/// <summary>A disk that fills up: from some write on, all fail.</summary>
internal sealed class FullDisk(int after) : IOutputFiles
{
    private int _writes;

    public Stream Create(string path) => new Limited(DiskFiles.Instance.Create(path), this);

    public Stream OpenAppend(string path) => new Limited(DiskFiles.Instance.OpenAppend(path), this);

    public void FlushToDisk(Stream stream)
    {
    }

    public void Replace(string temporary, string target) => DiskFiles.Instance.Replace(temporary, target);

    public void PublishNew(string temporary, string target) => DiskFiles.Instance.PublishNew(temporary, target);

    public void Delete(string path) => DiskFiles.Instance.Delete(path);

    public void CreateDirectory(string path) => DiskFiles.Instance.CreateDirectory(path);

    public void FlushDirectory(string path)
    {
    }

    private sealed class Limited(Stream inner, FullDisk disk) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Interlocked.Increment(ref disk._writes) > disk.Limit)
            {
                throw new IOException(
                    "No space left on device",
                    OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28);
            }

            inner.Write(buffer, offset, count);
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }

    private int Limit => after;
}
