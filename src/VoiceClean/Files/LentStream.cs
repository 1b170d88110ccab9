namespace VoiceClean.Files;

/// <summary>
/// A caller's stream, read-only, from where it stands: its present place is position 0, and disposing of this leaves it
/// open.
/// </summary>
internal sealed class LentStream(Stream stream) : ReadOnlyStream
{
    private readonly long _start = stream.CanSeek ? stream.Position : 0;

    public override bool CanRead => stream.CanRead;

    public override bool CanSeek => stream.CanSeek;

    public override long Length => Math.Max(0, stream.Length - _start);

    public override long Position
    {
        get => stream.Position - _start;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            stream.Position = value + _start;
        }
    }

    public override int Read(Span<byte> buffer) => stream.Read(buffer);
}
