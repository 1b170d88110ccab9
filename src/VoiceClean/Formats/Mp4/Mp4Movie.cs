using System.Buffers.Binary;

namespace VoiceClean.Formats.Mp4;

/// <summary>
/// The index of an MP4, M4A, MOV or 3GP file: its audio tracks and where their frames stand, also in fragments.
/// Sources: ISO/IEC 14496-12 §8; Apple, "QuickTime File Format Specification" for sound descriptions of version 1 and
/// 2.
/// </summary>
internal sealed class Mp4Movie
{
    private const int LargestTag = 1 << 20;

    private readonly Mp4Boxes _boxes;
    private readonly List<Mp4Track> _tracks = [];

    private readonly bool _withSamples;

    private Mp4Movie(Stream stream, bool withSamples)
    {
        _boxes = new Mp4Boxes(stream);
        _withSamples = withSamples;
    }

    /// <summary>The audio tracks, in the order of the file.</summary>
    public IReadOnlyList<Mp4Track> Tracks => _tracks;

    /// <summary>Ticks of the movie's clock in a second.</summary>
    public uint Timescale { get; private set; }

    /// <summary>What iTunes wrote of the encoder: samples of delay and of sound; null if nothing.</summary>
    public (long Delay, long Samples)? Tag { get; private set; }

    /// <summary>Where the index of another file stands that was joined on and is not read [byte]; null if none
    /// does.</summary>
    public long? JoinedAt { get; private set; }

    /// <summary>Where a file of another kind was joined on [byte]; null if none was.</summary>
    public long? ForeignAt { get; private set; }

    /// <summary>False for a file that ends before its index, as recorders write it last.</summary>
    public bool HasIndex { get; private set; }

    /// <summary>True if there are fragments: what the header declares is not all then.</summary>
    public bool IsFragmented { get; private set; }

    /// <summary>Reads the index; never throws for what a file holds.</summary>
    /// <param name="stream">Readable and seekable; its position is left undefined.</param>
    /// <param name="withSamples">True if it shall know where the frames stand.</param>
    public static Mp4Movie Read(Stream stream, bool withSamples)
    {
        var movie = new Mp4Movie(stream, withSamples);
        foreach (Mp4Box box in movie._boxes.Between(movie._boxes.Origin, stream.Length))
        {
            if (withSamples && movie.HasIndex && !box.HasName)
            {
                movie.ForeignAt ??= JoinedFile.IsAt(stream, box.Begin) ? box.Begin : null;
            }
            else if (box.Type == Mp4Box.Name("moov"u8) && movie.Tracks.Count > 0)
            {
                movie.JoinedAt ??= box.Begin;              // its places count from the start of another file
            }
            else if (box.Type == Mp4Box.Name("moov"u8))
            {
                movie.HasIndex = true;
                movie.ReadMovie(box);
            }
            else if (box.Type == Mp4Box.Name("moof"u8))
            {
                movie.IsFragmented = true;
                if (withSamples)
                {
                    new Mp4Fragment(movie._boxes, movie._tracks).Read(box);
                }
            }
        }

        return movie;
    }

    /// <summary>The audio tracks as people see them.</summary>
    public IReadOnlyList<AudioTrack> Describe() =>
    [
        .. Tracks.Select((t, i) => new AudioTrack(i + 1)
        {
            Codec = t.CodingText,
            Language = t.Language,
            IsDefault = t.IsEnabled,
        }),
    ];

    private void ReadMovie(Mp4Box movie)
    {
        Mp4Box? extends = null;
        foreach (Mp4Box box in _boxes.Between(movie.Start, movie.End))
        {
            if (box.Type == Mp4Box.Name("mvhd"u8))
            {
                (Timescale, _) = Times(box);
            }
            else if (box.Type == Mp4Box.Name("udta"u8))
            {
                Tag = box.Length <= LargestTag ? Mp4Tag.Of(_boxes.Content(box, LargestTag)) : Tag;
            }
            else if (box.Type == Mp4Box.Name("mvex"u8))
            {
                extends = box;
            }
            else if (box.Type == Mp4Box.Name("trak"u8))
            {
                var track = new Mp4Track();
                ReadTrack(box, track);
                if (track.IsAudio)
                {
                    _tracks.Add(track);
                }
            }
        }

        if (extends is { } mvex)
        {
            ReadDefaults(mvex);
        }
    }

    // trex: flags, track, description, duration, size of frames that say nothing themselves (8.8.3)
    private void ReadDefaults(Mp4Box mvex)
    {
        foreach (Mp4Box box in _boxes.Between(mvex.Start, mvex.End))
        {
            byte[] b = box.Type == Mp4Box.Name("trex"u8) ? _boxes.Content(box, 20) : [];
            if (
                b.Length == 20
                && _tracks.Find(t => t.Id == BinaryPrimitives.ReadUInt32BigEndian(b.AsSpan(4))) is { } track)
            {
                track.DefaultSize = BinaryPrimitives.ReadUInt32BigEndian(b.AsSpan(16));
            }
        }
    }

    private void ReadTrack(Mp4Box parent, Mp4Track track)
    {
        foreach (Mp4Box box in _boxes.Between(parent.Start, parent.End))
        {
            if (
                box.Type == Mp4Box.Name("mdia"u8)
                || box.Type == Mp4Box.Name("edts"u8)
                || (box.Type == Mp4Box.Name("minf"u8) && track.IsAudio))
            {
                ReadTrack(box, track);
            }
            else if (box.Type == Mp4Box.Name("tkhd"u8))
            {
                byte[] b = _boxes.Content(box, 24);
                track.Id = b.Length == 24 ? BinaryPrimitives.ReadUInt32BigEndian(b.AsSpan(b[0] == 1 ? 20 : 12)) : 0;
                track.IsEnabled = b.Length == 24 && (b[3] & 1) != 0;
            }
            else if (box.Type == Mp4Box.Name("mdhd"u8))
            {
                (track.Timescale, track.Duration) = Times(box);
                track.Language = LanguageOf(_boxes.Content(box, 34));
            }
            else if (box.Type == Mp4Box.Name("hdlr"u8))
            {
                byte[] b = _boxes.Content(box, 12);
                track.IsAudio |= b.Length == 12 && b.AsSpan(8).SequenceEqual("soun"u8);
            }
            else if (box.Type == Mp4Box.Name("elst"u8))
            {
                ReadEdits(box, track);
            }
            else if (box.Type == Mp4Box.Name("stbl"u8))
            {
                new Mp4SampleTable(_boxes).Read(box, track, _withSamples);
            }
        }
    }

    // mvhd and mdhd begin alike: version and flags, two dates, timescale, duration; version 1 has 64-bit dates and
    // duration.
    private (uint Timescale, long Duration) Times(Mp4Box box)
    {
        ReadOnlySpan<byte> b = _boxes.Content(box, 32);
        return b.Length < 20 ? default
            : b[0] == 0 ? (BinaryPrimitives.ReadUInt32BigEndian(b[12..]), BinaryPrimitives.ReadUInt32BigEndian(b[16..]))
            : b.Length < 32 ? default
            : (
                BinaryPrimitives.ReadUInt32BigEndian(b[20..]),
                Math.Max(0, BinaryPrimitives.ReadInt64BigEndian(b[24..])));
    }

    // Behind the times: three letters of five bits each (mdhd 8.4.2); what is none is a code of the Macintosh.
    private static string LanguageOf(ReadOnlySpan<byte> mdhd)
    {
        int at = mdhd.Length > 0 && mdhd[0] == 1 ? 32 : 20;
        int code = mdhd.Length >= at + 2 ? BinaryPrimitives.ReadUInt16BigEndian(mdhd[at..]) : 0;
        string letters = string.Concat(Letter(code >> 10), Letter(code >> 5), Letter(code));
        return letters.All(char.IsAsciiLetterLower) ? letters : "";

        static char Letter(int bits) => (char)('a' - 1 + (bits & 31));
    }

    private void ReadEdits(Mp4Box box, Mp4Track track)
    {
        const int Most = 512;
        ReadOnlySpan<byte> b = _boxes.Content(box, 8 + 20 * Most);
        if (b.Length < 8)
        {
            return;
        }

        bool wide = b[0] == 1;
        int entry = wide ? 20 : 12;
        uint count = BinaryPrimitives.ReadUInt32BigEndian(b[4..]);
        for (int i = 0; i < Math.Min(count, Most) && b.Length >= 8 + (i + 1) * entry; i++)
        {
            ReadOnlySpan<byte> e = b[(8 + i * entry)..];
            long duration = wide ? BinaryPrimitives.ReadInt64BigEndian(e) : BinaryPrimitives.ReadUInt32BigEndian(e);
            long start = wide
                ? BinaryPrimitives.ReadInt64BigEndian(e[8..])
                : BinaryPrimitives.ReadInt32BigEndian(e[4..]);
            if (start >= 0)
            {
                track.EditList.Add((start, Math.Max(0, duration)));
            }
        }

        track.HasMoreEdits |= count > Most;
    }
}
