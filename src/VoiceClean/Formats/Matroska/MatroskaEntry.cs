namespace VoiceClean.Formats.Matroska;

/// <summary>Reads the description of a track. Source: RFC 9559 §5.1.4.1.</summary>
internal static class MatroskaEntry
{
    private const uint Mark = 0xD7, Type = 0x83, Default = 0x88, Language = 0x22B59C, LanguageTag = 0x22B59D,
        Title = 0x536E, Codec = 0x86, Private = 0x63A2, Delay = 0x56AA, Encodings = 0x6D80, Encoding = 0x6240,
        Sound = 0xE1, Rate = 0xB5, Channels = 0x9F, Bits = 0x6264,
        Kind = 0x5033, Packing = 0x5034, Method = 0x4254, Settings = 0x4255;

    private const int Audio = 2, MostPrivate = 1 << 20, MostStripped = 64, Stripping = 3;

    /// <summary>Reads it; null if it is not audio.</summary>
    /// <param name="elements">Of the file.</param>
    /// <param name="entry">The description.</param>
    /// <param name="number">Of an audio track, 1 for the first.</param>
    public static MatroskaTrack? Read(EbmlElements elements, EbmlElement entry, int number)
    {
        // Both defaults are those of the specification.
        var about = new AudioTrack(number) { IsDefault = true, Language = "eng" };
        var track = new MatroskaTrack(about);
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
                    about = about with { IsDefault = elements.Number(element) != 0 };
                    break;
                case Codec:
                    about = about with { Codec = elements.Text(element) };
                    break;
                case Title:
                    about = about with { Name = elements.Text(element) };
                    break;
                case LanguageTag:
                case Language when !hasTag:
                    hasTag = element.Id == LanguageTag;
                    about = about with { Language = elements.Text(element) };
                    break;
                default:
                    track = ReadCoding(elements, element, track);
                    break;
            }
        }

        return type == Audio ? track with { About = about } : null;
    }

    private static MatroskaTrack ReadCoding(EbmlElements elements, EbmlElement element, MatroskaTrack track) =>
        element.Id switch
        {
            Mark => track with { Mark = (long)Math.Min(elements.Number(element), long.MaxValue) },
            Private => track with { Private = elements.Content(element, MostPrivate) },
            Delay => track with { Delay = (long)Math.Min(elements.Number(element), long.MaxValue) },
            Sound => ReadSound(elements, element, track),
            Encodings => ReadEncodings(elements, element, track),
            _ => track,
        };

    private static MatroskaTrack ReadSound(EbmlElements elements, EbmlElement parent, MatroskaTrack track)
    {
        foreach (EbmlElement element in elements.Between(parent.Start, parent.End))
        {
            track = element.Id switch
            {
                Rate => track with { SampleRate = (int)Math.Clamp(elements.Real(element), 0, int.MaxValue) },
                Channels => track with { Channels = (int)Math.Min(elements.Number(element), 1000) },
                Bits => track with { BitDepth = (int)Math.Min(elements.Number(element), 1000) },
                _ => track,
            };
        }

        return track;
    }

    /// <summary>Only one kind is undone here: bytes that all frames begin with, which old writers took away.</summary>
    private static MatroskaTrack ReadEncodings(EbmlElements elements, EbmlElement parent, MatroskaTrack track)
    {
        foreach (EbmlElement encoding in elements.Between(parent.Start, parent.End).Where(e => e.Id == Encoding))
        {
            ulong kind = 0, method = 0;
            byte[] settings = [];
            foreach (EbmlElement element in elements.Between(encoding.Start, encoding.End))
            {
                if (element.Id == Kind)
                {
                    kind = elements.Number(element);
                }
                else if (element.Id == Packing)
                {
                    foreach (EbmlElement part in elements.Between(element.Start, element.End))
                    {
                        method = part.Id == Method ? elements.Number(part) : method;
                        settings = part.Id == Settings ? elements.Content(part, MostStripped) : settings;
                    }
                }
            }

            bool isStripped = kind == 0 && method == Stripping && !track.IsEncoded && track.Stripped.Length == 0;
            track = isStripped ? track with { Stripped = settings } : track with { IsEncoded = true };
        }

        return track;
    }
}
