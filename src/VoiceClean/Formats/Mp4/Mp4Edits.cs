namespace VoiceClean.Formats.Mp4;

/// <summary>
/// The parts that an edit list of several entries shows, as an editor leaves it that cuts without coding again.
/// Source: ISO/IEC 14496-12 §8.6.6.
/// </summary>
internal static class Mp4Edits
{
    /// <summary>
    /// Ascending parts of the media. Null if they overlap, go back or were not all read: then somebody else must show
    /// them.
    /// </summary>
    /// <param name="movie">Whose clock counts the lengths.</param>
    /// <param name="track">With more than one edit.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="held">What the track holds [sample per channel]; a part reaches no farther.</param>
    public static IReadOnlyList<EditedPart>? PartsOf(Mp4Movie movie, Mp4Track track, int sampleRate, long held)
    {
        if (track.HasMoreEdits || track.Timescale == 0 || movie.Timescale == 0)
        {
            return null;
        }

        var parts = new List<EditedPart>();
        long end = 0;
        foreach ((long ticks, long duration) in track.EditList)
        {
            long start = new Mp4Length.Declared(ticks, track.Timescale).Samples(sampleRate);
            long length = duration == 0
                ? held - start
                : new Mp4Length.Declared(duration, movie.Timescale).Samples(sampleRate);
            if (start < end || start >= held)
            {
                return null;
            }

            parts.Add(new EditedPart(start, Math.Min(length, held - start)));
            end = parts[^1].End;
        }

        return parts;
    }
}
