using VoiceClean.Formats.Mp4;

namespace VoiceClean.Formats.Aac;

/// <summary>The frames of a track of an MP4 file. Where the file has ended before one, the track ends.</summary>
/// <param name="stream">Readable and seekable; not owned.</param>
/// <param name="samples">Where they stand.</param>
internal sealed class Mp4AacFrames(Stream stream, Mp4Samples samples) : IAacFrames
{
    // 6144 bits a channel are allowed; what is longer is no frame.
    private const int LargestFrame = 8192;

    private readonly ByteWindow _window = new(stream);
    private readonly byte[] _frame = new byte[LargestFrame];
    private int _next, _length;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Frame => _frame.AsSpan(0, _length);

    /// <inheritdoc/>
    public int? LostBefore => null;

    /// <inheritdoc/>
    public bool Next()
    {
        if (_next == samples.Count)
        {
            return false;
        }

        (long offset, int size) = samples[_next++];
        _length = 0;
        if (size > LargestFrame)
        {
            return true;
        }

        _window.MoveTo(offset);
        ReadOnlySpan<byte> bytes = _window.Peek(size);
        if (bytes.Length < size && size > 0)
        {
            _next = samples.Count;
            return false;
        }

        bytes.CopyTo(_frame);
        _length = bytes.Length;
        return true;
    }

    /// <inheritdoc/>
    public void Restart() => _next = 0;
}
