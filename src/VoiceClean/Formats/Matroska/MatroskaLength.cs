namespace VoiceClean.Formats.Matroska;

/// <summary>
/// The length that a Matroska or WebM file declares; recorders that stream leave it out. Source: RFC 9559 §5.1.2
/// (Info, Duration, TimestampScale).
/// </summary>
internal static class MatroskaLength
{
    private const uint Segment = 0x18538067, Cluster = 0x1F43B675, Info = 0x1549A966, Duration = 0x4489,
        Scale = 0x2AD7B1;

    private const double DefaultScale = 1e6, NanosecondsInSecond = 1e9;

    /// <summary>[s]; null if the file does not say it. A hint: files lie.</summary>
    /// <param name="stream">Readable and seekable; its position is left undefined.</param>
    public static double? Of(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var elements = new EbmlElements(stream);
        foreach (EbmlElement top in elements.Between(0, elements.Length))
        {
            if (top.Id != Segment)
            {
                continue;
            }

            foreach (EbmlElement element in elements.Between(top.Start, top.End))
            {
                if (element.Id is Info or Cluster)
                {
                    return element.Id == Info ? Of(elements, element) : null;
                }
            }
        }

        return null;
    }

    private static double? Of(EbmlElements elements, EbmlElement info)
    {
        double ticks = 0, scale = DefaultScale;
        foreach (EbmlElement element in elements.Between(info.Start, info.End))
        {
            switch (element.Id)
            {
                case Duration:
                    ticks = elements.Real(element);
                    break;
                case Scale:
                    scale = elements.Number(element);
                    break;
            }
        }

        double seconds = ticks * scale / NanosecondsInSecond;
        return seconds > 0 && double.IsFinite(seconds) ? seconds : null;
    }
}
