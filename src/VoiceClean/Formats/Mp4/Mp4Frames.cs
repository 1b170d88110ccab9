namespace VoiceClean.Formats.Mp4;

/// <summary>The frames of a track. Where the file has ended before one, the track ends.</summary>
/// <param name="stream">Readable and seekable; not owned.</param>
/// <param name="samples">Where they stand.</param>
/// <param name="largest">What is longer is no frame, and empty [byte].</param>
internal sealed class Mp4Frames(Stream stream, Mp4Samples samples, int largest)
{
    private readonly ByteWindow _window = new(stream);
    private byte[] _frame = new byte[Math.Min(largest, 8192)];
    private int _next, _length;

    /// <summary>The frame read last; empty if it is missing.</summary>
    public ReadOnlySpan<byte> Frame => _frame.AsSpan(0, _length);

    /// <summary>True once the file has ended before a frame.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Reads the next frame; false at the end.</summary>
    public bool Next()
    {
        if (_next == samples.Count)
        {
            return false;
        }

        (long offset, int size) = samples[_next++];
        _length = 0;
        if (size > largest)
        {
            return true;
        }

        _window.MoveTo(offset);
        ReadOnlySpan<byte> bytes = _window.Peek(size);
        if (bytes.Length < size && size > 0)
        {
            _next = samples.Count;
            IsCut = true;
            return false;
        }

        if (size > _frame.Length)
        {
            _frame = new byte[Math.Min(largest, 2 * size)];
        }

        bytes.CopyTo(_frame);
        _length = bytes.Length;
        return true;
    }

    /// <summary>Goes back to the beginning.</summary>
    public void Restart() => _next = 0;
}
