namespace VoiceClean.Formats.Flac;

/// <summary>
/// The frames of a FLAC file. After damage it looks for the next frame whose header and content have right checksums;
/// the header of a file that is joined behind is passed over.
/// </summary>
/// <param name="stream">Readable and seekable; not owned.</param>
/// <param name="start">Where the first frame begins [byte].</param>
internal sealed class NativeFlacFrames(Stream stream, long start) : IFlacFrames
{
    // A frame of 8 channels of 65,535 samples of 32 bits, stored as they are, has 2 MiB.
    private const int UsualFrame = 64 * 1024, LargestFrame = (2 << 20) + 64 * 1024;

    private readonly ByteWindow _window = new(stream, start, 4 * UsualFrame);

    private long _end;                     // of the last good frame

    /// <inheritdoc/>
    public bool IsBehindDamage { get; private set; }

    /// <inheritdoc/>
    public long? ForeignAt { get; private set; }

    /// <inheritdoc/>
    public bool Next(FlacFrameDecoder decoder)
    {
        IsBehindDamage = false;
        int wanted = UsualFrame;
        while (true)
        {
            ReadOnlySpan<byte> bytes = _window.Peek(wanted);
            if (bytes.Length < 6)
            {
                ForeignAt = IsBehindDamage && JoinedFile.IsAt(stream, _end) ? _end : null;
                return false;
            }

            switch (decoder.Decode(bytes))
            {
                case FlacFrameResult.Good:
                    _window.Skip(decoder.Length);
                    _end = _window.Position;
                    return true;
                case FlacFrameResult.Incomplete when bytes.Length == wanted && wanted < LargestFrame:
                    wanted = Math.Min(4 * wanted, LargestFrame);
                    continue;
            }

            wanted = UsualFrame;
            if (bytes.StartsWith("fLaC"u8) && FlacMetadata.SkipBlocks(stream, _window.Position) is > 0 and { } next)
            {
                _window.MoveTo(next);
            }
            else
            {
                IsBehindDamage = true;
                _window.Skip(NextCandidate(bytes));
            }
        }
    }

    /// <summary>How far to the next bytes that may begin a frame or a file; at least 1.</summary>
    private static int NextCandidate(ReadOnlySpan<byte> bytes)
    {
        int at = 1;
        while (true)
        {
            int found = bytes[at..].IndexOfAny((byte)0xFF, (byte)'f');
            if (found < 0)
            {
                return bytes.Length;
            }

            at += found;
            ReadOnlySpan<byte> rest = bytes[at..];
            if (rest.Length < 4 || (rest[1] & 0xFE) == 0xF8 || rest.StartsWith("fLaC"u8))
            {
                return at;
            }

            at++;
        }
    }
}
