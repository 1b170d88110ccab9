namespace VoiceClean.Formats.Mp4;

/// <summary>
/// Which part of a track is sound by the file's own word: without the encoder's delay at the start and without the
/// padding of the last frame, up to 1023 samples of AAC. Source: ISO/IEC 14496-12 §8 (mdhd 8.4.2, elst 8.6.6; stts is
/// not needed because mdhd carries its sum); Apple Technical Note TN2258 for iTunes' tag.
/// </summary>
internal static class Mp4Length
{
    /// <summary>A length of media: <paramref name="Ticks"/> of 1/<paramref name="Timescale"/> s.</summary>
    internal readonly record struct Declared(long Ticks, uint Timescale)
    {
        /// <summary>[sample per channel]</summary>
        public long Samples(int sampleRate) => (long)(((Int128)Ticks * sampleRate + Timescale / 2) / Timescale);
    }

    /// <summary>
    /// The length of an audio track; null if the file does not declare one (fragments, several edits, damage).
    /// </summary>
    /// <param name="stream">Readable and seekable; its position is left undefined.</param>
    /// <param name="track">1 for the first audio track.</param>
    public static Declared? Of(Stream stream, int track = 1) =>
        Of(Mp4Movie.Read(stream, withSamples: false), track);

    /// <summary>The same for an index that was read already.</summary>
    public static Declared? Of(Mp4Movie movie, int track) =>
        track <= movie.Tracks.Count && !movie.IsFragmented ? Of(movie, movie.Tracks[track - 1]) : null;

    /// <summary>The length of a track; null if the file does not declare one.</summary>
    public static Declared? Of(Mp4Movie movie, Mp4Track track)
    {
        if (track is not { Timescale: > 0, Duration: > 0 } || track.Edits > 1 || track.HasMoreEdits)
        {
            return null;
        }

        // Where a tag counts the samples, it is exact. The media's own duration is, too, if the writer shortened the
        // last frame; the edit's is only as fine as the movie's clock, so it decides only where it is clearly shorter.
        long media = track.Duration - track.EditStart;
        double edit =
            movie.Timescale > 0 && track.EditDuration > 0
                ? (double)track.EditDuration * track.Timescale / movie.Timescale
                : double.PositiveInfinity;
        double tick = movie.Timescale > 0 ? (double)track.Timescale / movie.Timescale : 0;
        long ticks =
            movie.Tag is { Samples: var samples } && samples > 0 && samples <= media ? samples
            : edit + tick < media ? (long)Math.Round(edit)
            : media;
        return ticks > 0 ? new Declared(ticks, track.Timescale) : null;
    }
}
