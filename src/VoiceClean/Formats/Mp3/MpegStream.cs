using System.Globalization;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Mp3;

/// <summary>
/// What a layer III stream really holds, counted frame by frame. Nothing that it says about its own length is believed:
/// streamed files say nothing, joined ones speak of their first piece only, and cut ones of what is gone.
/// </summary>
internal sealed record MpegStream
{
    // What may stand before the first frame; a cut in mid-stream or foreign bytes are a few kB.
    private const int MostJunk = 1 << 20;

    // 10 minutes of the longest frames.
    private const int MostLost = 16_000;

    private bool _isCut;

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

    /// <summary>
    /// Where frames follow each other without anything between them [byte], those of another rate among them: all of
    /// the file that is not tags, foreign bytes, or the rest of a frame that is cut. Ascending.
    /// </summary>
    public IReadOnlyList<(long Start, long Length)> Stretches { get; private set; } = [];

    /// <summary>
    /// How many frames are missing at each place where bytes between two frames belong to none: by what the file
    /// declares if that fits, else by the mean length of its frames. Ascending.
    /// </summary>
    public IReadOnlyList<int> Holes { get; private set; } = [];

    /// <summary>All that are missing in <see cref="Holes"/>.</summary>
    public long LostFrames => Holes.Sum(h => (long)h);

    /// <summary>What the first frame says; null if it is an ordinary one.</summary>
    public MpegInfo? Info { get; init; }

    /// <summary>True if what <see cref="Info"/> declares is what there is.</summary>
    public bool IsAsDeclared => Info is { Frames: var frames } && Frames + LostFrames == frames;

    /// <summary>
    /// Samples per channel that a decoder has to deliver: the encoder's delay removed, its padding only where the
    /// declared number of frames is true.
    /// </summary>
    public long Samples
    {
        get
        {
            long all = (Frames + LostFrames) * First.Samples;
            return Info is not { Delay: { } delay } info ? all
                : IsAsDeclared ? Math.Max(0, all - delay - info.Padding)
                : Math.Max(0, all - delay - MpegInfo.DecoderDelay);
        }
    }

    /// <summary>Samples at the start that are the encoder's and the decoder's delay; 0 if none is declared.</summary>
    public int Delay => Info?.Delay is { } delay ? delay + MpegInfo.DecoderDelay : 0;

    /// <summary>Where a file of another kind was joined on [byte]; null = none was.</summary>
    public long? ForeignAt { get; private set; }

    /// <summary>[s] of a number of frames.</summary>
    public double Seconds(long frames) => (double)frames * First.Samples / First.SampleRate;

    /// <summary>What a user should know of the length.</summary>
    public IReadOnlyList<Warning> Warnings
    {
        get
        {
            var warnings = new List<Warning>();
            long held = Frames + LostFrames;
            if (Info is { Frames: var declared } && declared > held)
            {
                warnings.Add(
                    new Warning(
                        WarningCodes.Truncated,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"The file ends after {Seconds(held):0.000} s where it declares "
                                + $"{Seconds(declared):0.000} s.")));
            }
            else if (_isCut)
            {
                warnings.Add(GapList.EndsWithinFrame(Seconds(1)));
            }

            if (ForeignAt is { } place)
            {
                warnings.Add(JoinedFile.NotRead(place));
            }

            if (ForeignFrames > 0)
            {
                warnings.Add(
                    new Warning(
                        WarningCodes.DamagedData,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"About {Seconds(ForeignFrames):0.0} s of the file are of another sampling rate than "
                                + $"its beginning and may be missing.")));
            }

            return warnings;
        }
    }

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
        found.Walk(stream);
        return found.Frames > 0 ? found : null;
    }

    private void Walk(Stream stream)
    {
        var walker = new MpegWalker(stream, Start, First);
        var skipped = new List<long>();
        long bytes = 0;
        while (walker.Next())
        {
            Frames++;
            bytes += walker.Header.Length;
            if (walker.SkippedBytes > 0)
            {
                skipped.Add(walker.SkippedBytes);
            }
        }

        (ForeignFrames, Stretches) = (walker.ForeignFrames, walker.Stretches);
        if (Stretches is [.., var last] && JoinedFile.IsOtherAt(stream, last.Start + last.Length, "mp3"))
        {
            ForeignAt = last.Start + last.Length;
        }

        _isCut = Stretches is [.., var end] && IsCutFrame(stream, end.Start + end.Length);
        if (skipped.Count > 0)
        {
            Holes = HolesOf(skipped, (double)bytes / Frames);
        }
    }

    private bool IsCutFrame(Stream stream, long place) =>
        MpegFrameHeader.TryParse(Formats.Header.Read(stream, place), out MpegFrameHeader next, First.FreeLength)
        && (next.Version, next.Layer, next.SampleRate) == (First.Version, First.Layer, First.SampleRate)
        && place + next.Length > stream.Length;

    private int[] HolesOf(List<long> skipped, double frameBytes)
    {
        double all = skipped.Sum(), estimate = all / frameBytes, declared = (Info?.Frames ?? 0) - Frames;
        double lost = declared > 0 && declared <= 2 * estimate + 2 ? declared : Math.Round(estimate);
        int[] holes = new int[skipped.Count];
        double before = 0;
        if (lost > MostLost)
        {
            return holes;              // minutes of foreign bytes stand for nothing
        }

        for (int i = 0; i < holes.Length; i++)
        {
            holes[i] = (int)(Math.Round(lost * (before + skipped[i]) / all) - Math.Round(lost * before / all));
            before += skipped[i];
        }

        return holes;
    }

    private static MpegFrameHeader? FindFirst(ByteWindow window)
    {
        ReadOnlySpan<byte> start = window.Peek(MpegWalker.SearchBytes);
        if (MpegFrames.FindFreeLength(start) is > 0 and var free
            && MpegFrameHeader.TryParse(start, out MpegFrameHeader first, free))
        {
            return first;
        }

        for (long skipped = 0; skipped < MostJunk;)
        {
            ReadOnlySpan<byte> bytes = window.Peek(MpegWalker.SearchBytes);
            int at = MpegFrames.Find(bytes, out MpegFrameHeader header);
            if (at >= 0)
            {
                window.Skip(at);
                return header;
            }

            if (bytes.Length < MpegWalker.SearchBytes)
            {
                return null;
            }

            window.Skip(MpegWalker.SearchBytes / 2);
            skipped += MpegWalker.SearchBytes / 2;
        }

        return null;
    }
}
