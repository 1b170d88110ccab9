namespace VoiceClean.Formats.Aac;

/// <summary>
/// The frames of AAC with a header each, as streams and some recorders write them. Source: ISO/IEC 14496-3 §1.A.2.2.
/// </summary>
/// <param name="stream">Readable and seekable; not owned.</param>
/// <param name="start">Where the first frame begins [byte].</param>
internal sealed class AdtsFrames(Stream stream, long start) : IAacFrames
{
    private const int HeaderBytes = 7, LargestFrame = 8191, LowComplexity = 1, MostLost = 20_000;

    private readonly ByteWindow _window = new(stream, start);
    private readonly byte[] _frame = new byte[LargestFrame];
    private int _length, _kind;
    private long _frames, _bytes;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Frame => _frame.AsSpan(0, _length);

    /// <inheritdoc/>
    public int? LostBefore { get; private set; }

    /// <inheritdoc/>
    public long? ForeignAt { get; private set; }

    /// <inheritdoc/>
    public bool IsCut { get; private set; }

    /// <summary>What the header at <paramref name="start"/> says.</summary>
    /// <exception cref="Errors.InputException">It is no AAC-LC with one or two channels
    /// (<c>unsupported_format</c>).</exception>
    public static AacConfig ReadConfig(Stream stream, long start)
    {
        byte[] b = new byte[HeaderBytes];
        stream.Position = start;
        int length = stream.ReadAtLeast(b, b.Length, throwOnEndOfStream: false);
        if (FrameLength(b.AsSpan(0, length)) == 0)
        {
            throw AacConfig.Unsupported("no AAC frame");
        }

        int profile = b[2] >> 6, index = (b[2] >> 2) & 15, channels = ((b[2] & 1) << 2) | (b[3] >> 6);
        if (profile != LowComplexity || (b[6] & 3) != 0)
        {
            throw AacConfig.Unsupported("AAC of another profile, or with several blocks a frame");
        }

        return AacConfig.Make(index, AacBands.RateOf(index), channels);
    }

    /// <inheritdoc/>
    public bool Next()
    {
        long skipped = 0;
        LostBefore = null;
        while (true)
        {
            ReadOnlySpan<byte> bytes = _window.Peek(2 * LargestFrame);
            if (bytes.Length < HeaderBytes)
            {
                long begun = _window.Position - skipped;
                ForeignAt = skipped > 0 && JoinedFile.IsAt(stream, begun) ? begun : null;
                return false;
            }

            // Frames of another rate or other channels are those of another file.
            int kind = ((bytes[2] & 0xFD) << 8) | (bytes[3] & 0xC0);
            _kind = _frames == 0 ? kind : _kind;
            int length = kind == _kind ? FrameLength(bytes) : 0;
            int header = HeaderBytes + ((bytes[1] & 1) == 0 ? 2 : 0);
            if (length > header && length <= bytes.Length && (skipped == 0 || IsFollowed(bytes, length)))
            {
                Take(bytes.Slice(header, length - header));
                LostBefore = skipped > 0 ? Lost(skipped) : null;
                (_frames, _bytes) = (_frames + 1, _bytes + length);
                _window.Skip(length);
                return true;
            }

            if (length > bytes.Length && skipped == 0)
            {
                IsCut = true;
                return false;
            }

            int next = bytes[1..].IndexOf((byte)0xFF) + 1;
            next = next == 0 ? bytes.Length : next;
            skipped += next;
            _window.Skip(next);
        }
    }

    /// <inheritdoc/>
    public void Restart()
    {
        _window.MoveTo(start);
        (_frames, _bytes, ForeignAt, IsCut) = (0, 0, null, false);
    }

    private void Take(ReadOnlySpan<byte> frame)
    {
        _length = frame.Length;
        frame.CopyTo(_frame);
    }

    // By the mean length of those so far; what would be minutes of them is a foreign thing.
    private int Lost(long bytes)
    {
        double lost = _frames > 0 ? Math.Round(bytes * (double)_frames / _bytes) : 0;
        return lost <= MostLost ? (int)lost : 0;
    }

    private static bool IsFollowed(ReadOnlySpan<byte> bytes, int length) =>
        length == bytes.Length || FrameLength(bytes[length..]) > 0;

    private static int FrameLength(ReadOnlySpan<byte> b) =>
        b.Length >= HeaderBytes && b[0] == 0xFF && (b[1] & 0xF6) == 0xF0 && ((b[2] >> 2) & 15) < 13
            ? ((b[3] & 3) << 11) | (b[4] << 3) | (b[5] >> 5)
            : 0;
}
