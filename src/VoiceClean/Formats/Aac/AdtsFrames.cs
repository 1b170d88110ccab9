namespace VoiceClean.Formats.Aac;

/// <summary>
/// The frames of AAC with a header each, as streams and some recorders write them. Source: ISO/IEC 14496-3 §1.A.2.2.
/// </summary>
/// <param name="stream">Readable and seekable; not owned.</param>
/// <param name="start">Where the first frame begins [byte].</param>
internal sealed class AdtsFrames(Stream stream, long start) : IAacFrames
{
    private const int HeaderBytes = 7, LargestFrame = 8191, LowComplexity = 1;

    private readonly ByteWindow _window = new(stream, start);
    private readonly byte[] _frame = new byte[LargestFrame];
    private int _length;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Frame => _frame.AsSpan(0, _length);

    /// <inheritdoc/>
    public bool IsBehindDamage { get; private set; }

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
        IsBehindDamage = false;
        while (true)
        {
            ReadOnlySpan<byte> bytes = _window.Peek(LargestFrame);
            if (bytes.Length < HeaderBytes)
            {
                return false;
            }

            int length = FrameLength(bytes);
            int header = HeaderBytes + ((bytes[1] & 1) == 0 ? 2 : 0);
            if (length > header && length <= bytes.Length)
            {
                _length = length - header;
                bytes.Slice(header, _length).CopyTo(_frame);
                _window.Skip(length);
                return true;
            }

            if (length > bytes.Length)
            {
                return false;              // the last frame is cut
            }

            IsBehindDamage = true;
            int next = bytes[1..].IndexOf((byte)0xFF);
            _window.Skip(next < 0 ? bytes.Length : next + 1);
        }
    }

    private static int FrameLength(ReadOnlySpan<byte> b) =>
        b.Length >= HeaderBytes && b[0] == 0xFF && (b[1] & 0xF6) == 0xF0 && ((b[2] >> 2) & 15) < 13
            ? ((b[3] & 3) << 11) | (b[4] << 3) | (b[5] >> 5)
            : 0;
}
