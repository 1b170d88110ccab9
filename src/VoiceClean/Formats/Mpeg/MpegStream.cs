using System.Buffers.Binary;

namespace VoiceClean.Formats.Mpeg;

/// <summary>
/// What a layer III stream really holds, counted frame by frame. Nothing that it says about its own length is believed:
/// streamed files say nothing, joined ones speak of their first piece only, and cut ones of what is gone.
/// </summary>
internal sealed record MpegStream
{
    // What may stand before the first frame; a cut in mid-stream or foreign bytes are a few kB.
    private const int MostJunk = 1 << 20;

    private const int SearchBytes = 16 * 1024;

    /// <summary>The header of the first frame.</summary>
    public required MpegFrameHeader First { get; init; }

    /// <summary>The first bytes of the first frame.</summary>
    public required byte[] FirstBytes { get; init; }

    /// <summary>Where the first frame with sound begins [byte].</summary>
    public required long Start { get; init; }

    /// <summary>Whole frames with sound; a frame of information inside (of a joined piece) counts as one.</summary>
    public long Frames { get; private set; }

    /// <summary>Frames of another rate or version, as behind a join of unlike files.</summary>
    public long ForeignFrames { get; private set; }

    /// <summary>Bytes between frames that belong to none and to no tag.</summary>
    public long SkippedBytes { get; private set; }

    /// <summary>What the first frame says; null if it is an ordinary one.</summary>
    public MpegInfo? Info { get; init; }

    /// <summary>True if what <see cref="Info"/> declares is what there is.</summary>
    public bool IsAsDeclared => Info is { Frames: var frames } && Frames == frames;

    /// <summary>
    /// Samples per channel that a decoder has to deliver: the encoder's delay removed, its padding only where the
    /// declared number of frames is true.
    /// </summary>
    public long Samples
    {
        get
        {
            long all = Frames * First.Samples;
            return Info is not { Delay: { } delay } info ? all
                : IsAsDeclared ? Math.Max(0, all - delay - info.Padding)
                : Math.Max(0, all - delay - MpegInfo.DecoderDelay);
        }
    }

    /// <summary>[s] of a number of frames.</summary>
    public double Seconds(long frames) => (double)frames * First.Samples / First.SampleRate;

    /// <summary>Walks through the whole stream; null if it holds no layer III frame.</summary>
    /// <param name="stream">Readable and seekable; its position is left undefined.</param>
    public static MpegStream? Count(Stream stream)
    {
        var window = new ByteWindow(stream, Id3Tag.Skip(stream));
        if (FindFirst(window) is not { Layer: 3 } header)
        {
            return null;
        }

        ReadOnlySpan<byte> frame = window.Peek(header.Length);
        byte[] firstBytes = frame[..MpegFrameHeader.Bytes].ToArray();
        MpegInfo? info = MpegInfo.Of(frame, header);
        if (info is not null)
        {
            window.Skip(header.Length);
        }

        var found = new MpegStream { First = header, FirstBytes = firstBytes, Start = window.Position, Info = info };
        found.Walk(window, stream.Length);
        return found.Frames > 0 ? found : null;
    }

    private void Walk(ByteWindow window, long end)
    {
        while (true)
        {
            ReadOnlySpan<byte> next = window.Peek(32);
            if (next.Length < MpegFrameHeader.Bytes)
            {
                return;
            }

            if (MpegFrameHeader.TryParse(next, out MpegFrameHeader header) && header.Layer == 3)
            {
                if (window.Position + header.Length > end)
                {
                    return;             // the last frame is cut
                }

                if (header.Follows(First))
                {
                    Frames++;
                }
                else
                {
                    ForeignFrames++;
                }

                window.Skip(header.Length);
            }
            else if (TagLength(next) is > 0 and { } tag)
            {
                window.Skip(tag);
            }
            else
            {
                SkippedBytes += SkipJunk(window);
            }
        }
    }

    private static MpegFrameHeader? FindFirst(ByteWindow window)
    {
        for (long skipped = 0; skipped < MostJunk;)
        {
            ReadOnlySpan<byte> bytes = window.Peek(SearchBytes);
            int at = MpegFrames.Find(bytes, out MpegFrameHeader header);
            if (at >= 0)
            {
                window.Skip(at);
                return header;
            }

            if (bytes.Length < SearchBytes)
            {
                return null;
            }

            window.Skip(SearchBytes / 2);
            skipped += SearchBytes / 2;
        }

        return null;
    }

    /// <summary>Moves to the next place where two frames follow each other, or to the end.</summary>
    private static long SkipJunk(ByteWindow window)
    {
        long skipped = 0;
        window.Skip(1);
        while (true)
        {
            ReadOnlySpan<byte> bytes = window.Peek(SearchBytes);
            int at = MpegFrames.Find(bytes, out _);
            int step = at >= 0 ? at : bytes.Length < SearchBytes ? bytes.Length : SearchBytes / 2;
            window.Skip(step);
            skipped += step;
            if (at >= 0 || bytes.Length < SearchBytes)
            {
                return skipped + 1;
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
