namespace VoiceClean.Formats.Matroska;

/// <summary>
/// The audio tracks of a Matroska or WebM file, by its header alone. Bounded: what is damaged ends the list. Source:
/// RFC 9559 (Matroska) §5.1.4.
/// </summary>
internal static class MatroskaTracks
{
    private const uint Segment = 0x18538067, Cluster = 0x1F43B675, Tracks = 0x1654AE6B, Entry = 0xAE, Type = 0x83,
        Default = 0x88, Language = 0x22B59C, LanguageTag = 0x22B59D, Title = 0x536E, Codec = 0x86;

    private const int Audio = 2, MostTracks = 64;

    /// <summary>The audio tracks in their order; never throws for what a file holds.</summary>
    /// <param name="stream">Readable and seekable; its position is left undefined.</param>
    public static IReadOnlyList<AudioTrack> Of(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var tracks = new List<AudioTrack>();
        var elements = new EbmlElements(stream);
        foreach (EbmlElement top in elements.Between(0, elements.Length))
        {
            if (top.Id != Segment)
            {
                continue;
            }

            foreach (EbmlElement element in elements.Between(top.Start, top.End))
            {
                // Recorders write the tracks before the sound; a cluster without a length cannot be passed over.
                if (element.Id == Tracks || (element.Id == Cluster && !element.HasLength))
                {
                    ReadTracks(elements, element, tracks);
                    return tracks;
                }
            }
        }

        return tracks;
    }

    private static void ReadTracks(EbmlElements elements, EbmlElement parent, List<AudioTrack> tracks)
    {
        foreach (EbmlElement entry in elements.Between(parent.Start, parent.End))
        {
            if (
                entry.Id == Entry
                && tracks.Count < MostTracks
                && ReadTrack(elements, entry, tracks.Count + 1) is { } track)
            {
                tracks.Add(track);
            }
        }
    }

    /// <summary>Null if it is not audio.</summary>
    private static AudioTrack? ReadTrack(EbmlElements elements, EbmlElement entry, int number)
    {
        // Both defaults are those of the specification.
        var track = new AudioTrack(number) { IsDefault = true, Language = "eng" };
        ulong type = 0;
        bool hasTag = false;
        foreach (EbmlElement element in elements.Between(entry.Start, entry.End))
        {
            switch (element.Id)
            {
                case Type:
                    type = elements.Number(element);
                    break;
                case Default:
                    track = track with { IsDefault = elements.Number(element) != 0 };
                    break;
                case Codec:
                    track = track with { Codec = elements.Text(element) };
                    break;
                case Title:
                    track = track with { Name = elements.Text(element) };
                    break;
                case LanguageTag:
                case Language when !hasTag:
                    hasTag = element.Id == LanguageTag;
                    track = track with { Language = elements.Text(element) };
                    break;
            }
        }

        return type == Audio ? track : null;
    }
}
