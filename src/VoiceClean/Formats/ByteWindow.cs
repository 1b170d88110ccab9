namespace VoiceClean.Formats;

/// <summary>
/// Looks ahead in a stream and moves on in it, through one buffer. Positions are those of the stream; several windows
/// may share a stream, because each sets the position before it reads.
/// </summary>
/// <param name="stream">Readable and seekable; not owned.</param>
/// <param name="position">Where the window begins [byte].</param>
/// <param name="capacity">Bytes that are read at once; grows to what is asked for.</param>
internal sealed class ByteWindow(Stream stream, long position = 0, int capacity = 64 * 1024)
{
    private byte[] _buffer = new byte[capacity];
    private int _start, _end;
    private long _position = position;

    /// <summary>Where the next byte stands in the stream [byte].</summary>
    public long Position => _position;

    /// <summary>
    /// The next bytes, up to <paramref name="count"/>; fewer only at the end of the stream. The caller bounds the
    /// count.
    /// </summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (count > _buffer.Length)
        {
            Array.Resize(ref _buffer, count);
        }

        if (_end - _start < count)
        {
            Fill(count);
        }

        return _buffer.AsSpan(_start, Math.Min(count, _end - _start));
    }

    /// <summary>Moves on; beyond the end of the stream nothing more is seen.</summary>
    /// <param name="count">[byte], at least 0.</param>
    public void Skip(long count)
    {
        _position += count;
        if (count <= _end - _start)
        {
            _start += (int)count;
        }
        else
        {
            _start = _end = 0;
        }
    }

    /// <summary>Moves to <paramref name="target"/> [byte].</summary>
    public void MoveTo(long target)
    {
        if (target >= _position)
        {
            Skip(target - _position);
        }
        else if (_position - target <= _start)
        {
            (_position, _start) = (target, _start - (int)(_position - target));
        }
        else
        {
            (_position, _start, _end) = (target, 0, 0);
        }
    }

    private void Fill(int count)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_position < 0 || _position + _end >= stream.Length)
        {
            return;
        }

        stream.Position = _position + _end;
        while (_end < count)
        {
            int read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                break;
            }

            _end += read;
        }
    }
}
