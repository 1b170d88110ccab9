using System.Buffers.Binary;

namespace VoiceClean.Formats.Mp3;

/// <summary>
/// Goes from frame to frame of a layer III stream; tags are passed over, and foreign bytes up to the next place where
/// two frames follow each other.
/// </summary>
/// <param name="stream">Readable and seekable; not owned.</param>
/// <param name="start">Where the first frame begins [byte].</param>
/// <param name="first">Its header.</param>
internal sealed class MpegWalker(Stream stream, long start, MpegFrameHeader first)
{
    /// <summary>Enough to see two frames.</summary>
    public const int SearchBytes = 16 * 1024;

    private readonly List<(long Start, long Length)> _stretches = [];
    private readonly ByteWindow _window = new(stream, start);
    private readonly long _end = stream.Length;
    private int _length;

    /// <summary>Header of the frame.</summary>
    public MpegFrameHeader Header { get; private set; }

    /// <summary>The whole frame; valid until the next is asked for.</summary>
    public ReadOnlySpan<byte> Frame => _window.Peek(_length);

    /// <summary>Frames of another rate or version that were passed over.</summary>
    public long ForeignFrames { get; private set; }

    /// <summary>Bytes before the frame that belong to no frame and no tag.</summary>
    public long SkippedBytes { get; private set; }

    /// <summary>Where frames follow each other directly, so far [byte].</summary>
    public IReadOnlyList<(long Start, long Length)> Stretches => _stretches;

    /// <summary>Goes to the next frame that is whole; false at the end.</summary>
    public bool Next()
    {
        _window.Skip(_length);
        (_length, SkippedBytes) = (0, 0);
        while (true)
        {
            ReadOnlySpan<byte> next = _window.Peek(32);
            if (next.Length < MpegFrameHeader.Bytes)
            {
                return false;
            }

            if (MpegFrameHeader.TryParse(next, out MpegFrameHeader header, first.FreeLength) && header.Layer == 3)
            {
                if (_window.Position + header.Length > _end)
                {
                    return false;          // the last frame is cut
                }

                Add(_window.Position, header.Length);
                if (header.Follows(first))
                {
                    (Header, _length) = (header, header.Length);
                    return true;
                }

                ForeignFrames++;
                _window.Skip(header.Length);
            }
            else if (TagLength(next) is > 0 and { } tag)
            {
                _window.Skip(tag);
            }
            else
            {
                SkipJunk();
            }
        }
    }

    private void Add(long start, int length)
    {
        if (_stretches.Count > 0 && _stretches[^1] is var last && last.Start + last.Length == start)
        {
            _stretches[^1] = (last.Start, last.Length + length);
        }
        else
        {
            _stretches.Add((start, length));
        }
    }

    private void SkipJunk()
    {
        long skipped = 1;
        _window.Skip(1);
        while (true)
        {
            ReadOnlySpan<byte> bytes = _window.Peek(SearchBytes);
            int at = MpegFrames.Find(bytes, out _, first.FreeLength);
            int step = at >= 0 ? at : bytes.Length < SearchBytes ? bytes.Length : SearchBytes / 2;
            _window.Skip(step);
            skipped += step;
            if (at >= 0 || bytes.Length < SearchBytes)
            {
                SkippedBytes += skipped;
                return;
            }
        }
    }

    /// <summary>Length of an ID3v1, ID3v2 or APE tag that begins here [byte]; 0 if none does.</summary>
    private static long TagLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("TAG"u8))
        {
            return 128;
        }

        if (bytes.Length >= 10 && bytes.StartsWith("ID3"u8))
        {
            return 10L + (((bytes[6] & 0x7F) << 21) | ((bytes[7] & 0x7F) << 14) | ((bytes[8] & 0x7F) << 7)
                | (bytes[9] & 0x7F));
        }

        // The size counts the footer but not the header, which has 32 bytes as well.
        return bytes.Length >= 32 && bytes.StartsWith("APETAGEX"u8)
            ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) + ((bytes[23] & 0x20) != 0 ? 32L : 0)
            : 0;
    }
}
