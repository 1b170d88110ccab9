namespace VoiceClean.Formats.Matroska;

/// <summary>
/// What stands before the sound of a Matroska or WebM file: its tracks and the length it declares, which recorders that
/// stream leave out. Bounded: what is damaged ends the search. Source: RFC 9559 (Matroska) §5.1.2, §5.1.4.
/// </summary>
internal sealed class MatroskaHeader
{
    private const uint Segment = 0x18538067, Cluster = 0x1F43B675, Tracks = 0x1654AE6B, Entry = 0xAE,
        Info = 0x1549A966, Duration = 0x4489, TimeScale = 0x2AD7B1;

    private const int MostTracks = 64;

    private const double NanosecondsInSecond = 1e9;

    private readonly List<MatroskaTrack> _tracks = [];

    private MatroskaHeader()
    {
    }

    /// <summary>The audio tracks in their order.</summary>
    public IReadOnlyList<MatroskaTrack> AudioTracks => _tracks;

    /// <summary>The same, for people to choose from.</summary>
    public IReadOnlyList<AudioTrack> Descriptions => [.. _tracks.Select(t => t.About)];

    /// <summary>True if there are tracks of pictures or texts too.</summary>
    public bool HasOthers { get; private set; }

    /// <summary>Declared length of all tracks together [s]; null if the file does not say it. A hint.</summary>
    public double? Seconds { get; private set; }

    /// <summary>A tick of the file's clock [ns].</summary>
    public long Tick { get; private set; } = 1_000_000;

    /// <summary>Where the sound begins [byte]; 0 if there is none.</summary>
    public long Start { get; private set; }

    /// <summary>Where the file ends by its own word [byte]; null if it does not say.</summary>
    public long? End { get; private set; }

    /// <summary>True if the file is shorter than that.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Reads it; never throws for what a file holds.</summary>
    /// <param name="stream">Readable and seekable; its position is left undefined.</param>
    /// <param name="from">Where the file begins in the stream [byte].</param>
    public static MatroskaHeader Read(Stream stream, long from = 0)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var header = new MatroskaHeader();
        var elements = new EbmlElements(stream);
        foreach (EbmlElement top in elements.Between(from, elements.Length))
        {
            if (top.Id == Segment)
            {
                header.IsCut = top.IsCut;
                header.End = top.HasLength && !top.IsCut ? top.End : null;
                header.Read(elements, top);
                break;
            }
        }

        return header;
    }

    private void Read(EbmlElements elements, EbmlElement segment)
    {
        bool hasTracks = false;
        foreach (EbmlElement element in elements.Between(segment.Start, segment.End))
        {
            switch (element.Id)
            {
                case Info:
                    ReadInfo(elements, element);
                    break;
                case Tracks when !hasTracks:
                    hasTracks = true;
                    ReadTracks(elements, element);
                    break;
                case Cluster:
                    Start = Start == 0 ? element.Start : Start;

                    // Its length may not be known, and what is behind it then neither.
                    if (hasTracks || !element.HasLength)
                    {
                        return;
                    }

                    break;
            }
        }
    }

    private void ReadInfo(EbmlElements elements, EbmlElement info)
    {
        double ticks = 0;
        foreach (EbmlElement element in elements.Between(info.Start, info.End))
        {
            switch (element.Id)
            {
                case Duration:
                    ticks = elements.Real(element);
                    break;
                case TimeScale:
                    Tick = (long)Math.Clamp(elements.Number(element), 1, 1_000_000_000);
                    break;
            }
        }

        double seconds = ticks * Tick / NanosecondsInSecond;
        Seconds = seconds > 0 && double.IsFinite(seconds) ? seconds : null;
    }

    private void ReadTracks(EbmlElements elements, EbmlElement parent)
    {
        foreach (EbmlElement entry in elements.Between(parent.Start, parent.End))
        {
            if (entry.Id == Entry && _tracks.Count < MostTracks)
            {
                if (MatroskaEntry.Read(elements, entry, _tracks.Count + 1) is { } track)
                {
                    _tracks.Add(track);
                }
                else
                {
                    HasOthers = true;
                }
            }
        }
    }
}
