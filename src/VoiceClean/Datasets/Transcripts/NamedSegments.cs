namespace VoiceClean.Datasets.Transcripts;

/// <summary>
/// Lists with a row for each segment of a recording: path, start, end, text. The same columns may tell where a clip was
/// cut from, so they count only where a recording has several rows, or where the list says that they lie within it.
/// </summary>
internal static class NamedSegments
{
    // Segments shorter than this in whole numbers are no milliseconds.
    private const double LeastMilliseconds = 100;

    /// <summary>Makes one entry of the segments of each recording.</summary>
    /// <param name="entries">As they stand in the list.</param>
    /// <param name="voices">Gets the speakers of recordings in which several speak.</param>
    public static IReadOnlyList<TranscriptEntry> Join(
        IReadOnlyList<TranscriptEntry> entries,
        ICollection<string> voices)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(voices);
        if (!entries.Any(e => e.Segment is not null))
        {
            return entries;
        }

        var joined = new List<TranscriptEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var byName = entries.ToLookup(e => e.Name ?? "", e => e, StringComparer.Ordinal);
        double scale = AreMilliseconds(entries) ? 0.001 : 1;
        foreach (TranscriptEntry entry in entries)
        {
            TranscriptEntry[] own = [.. byName[entry.Name ?? ""]];
            bool areSegments = entry.Name is not null
                && own.All(e => e.Segment is not null)
                && (own.Length > 1 || entry.Segment!.IsWithin);
            if (!areSegments)
            {
                joined.Add(entry with { Segment = null });
            }
            else if (seen.Add(entry.Name!))
            {
                joined.Add(One(own, scale, voices));
            }
        }

        return joined;
    }

    private static TranscriptEntry One(TranscriptEntry[] own, double scale, ICollection<string> voices)
    {
        string[] speakers = [.. own.Select(e => e.Speaker).OfType<string>().Distinct()];
        if (speakers.Length > 1)
        {
            foreach (string speaker in speakers.Where(s => !voices.Contains(s)))
            {
                voices.Add(speaker);
            }
        }

        return own[0] with
        {
            Text = "",
            Segment = null,
            Speaker = speakers is [var only] ? only : null,
            Language = own.All(e => e.Language == own[0].Language) ? own[0].Language : null,
            Cues = CueTimes.Order(own.Select(e => new Cue(
                scale * e.Segment!.Start,
                scale * e.Segment.End,
                e.Text))),
        };
    }

    private static bool AreMilliseconds(IReadOnlyList<TranscriptEntry> entries)
    {
        TranscriptSegment[] all = [.. entries.Select(e => e.Segment).OfType<TranscriptSegment>()];
        return all.All(s => s.IsWhole) && all.Sum(s => s.End - s.Start) >= LeastMilliseconds * all.Length;
    }
}

/// <summary>Where in a recording something is said, as a list has it.</summary>
/// <param name="Start">[s], or [ms] if all of the list are whole numbers and long.</param>
/// <param name="End">Like <paramref name="Start"/>.</param>
/// <param name="IsWhole">Whether both are whole numbers.</param>
/// <param name="IsWithin">Whether the list says by itself that this lies within the named recording.</param>
internal sealed record TranscriptSegment(double Start, double End, bool IsWhole, bool IsWithin);
