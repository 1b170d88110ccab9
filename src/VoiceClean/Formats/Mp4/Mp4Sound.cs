using VoiceClean.Errors;
using VoiceClean.Formats.Flac;
using VoiceClean.Formats.Opus;

namespace VoiceClean.Formats.Mp4;

/// <summary>Opens tracks of Opus, which browsers record, and of FLAC.</summary>
internal static class Mp4Sound
{
    /// <summary>True if a track is of these codings and cut in a way that is read here.</summary>
    public static bool Takes(Mp4Track track) =>
        track.Edits <= 1 && !track.HasMoreEdits && (IsOpus(track) || (IsFlac(track) && track.EditStart == 0));

    /// <summary>Starts decoding.</summary>
    /// <param name="stream">Readable and seekable; the reader owns and disposes of it, but not if this throws.</param>
    /// <param name="movie">Its index.</param>
    /// <param name="track">One that <see cref="Takes"/> takes, with its frames.</param>
    /// <param name="limits">What may at most be decoded.</param>
    /// <param name="container">The name of the container.</param>
    /// <param name="known">What is known of the file before it is read.</param>
    /// <exception cref="InputException">Its head is damaged or exceeds the limits.</exception>
    public static Mp4Reader Open(
        Stream stream,
        Mp4Movie movie,
        Mp4Track track,
        DecodeLimits limits,
        string container,
        IReadOnlyList<Warning> known)
    {
        var frames = new Mp4Frames(stream, track.Samples, IsOpus(track) ? Mp4Opus.LargestPacket : Mp4Flac.LargestFrame);
        IAudioReader reader = IsOpus(track)
            ? OpenOpus(stream, track, frames)
            : OpenFlac(stream, track, frames, limits);
        if (reader.Format.Channels > limits.MaxChannels || reader.Format.SampleRate > limits.MaxSampleRate)
        {
            throw new InputException(
                ReasonCodes.TooLarge,
                $"The file has {reader.Format.Channels} channels at {reader.Format.SampleRate} Hz; at most "
                    + $"{limits.MaxChannels} channels at {limits.MaxSampleRate} Hz are read.");
        }

        long? length = LengthOf(stream, movie, track, reader.Format.SampleRate);
        return new Mp4Reader(length is { } some ? new TrimmedReader(reader, some) : reader, container, frames)
        {
            Listed = length ?? 0,
            Known = known,
        };
    }

    /// <summary>
    /// What is sound by the file's word [sample per channel]; null if it does not say, or far less than is there, as of
    /// recorders that were stopped.
    /// </summary>
    private static long? LengthOf(Stream stream, Mp4Movie movie, Mp4Track track, int sampleRate)
    {
        if (movie.IsFragmented || Mp4Length.Of(movie, track) is not { } declared)
        {
            return null;
        }

        long length = declared.Samples(sampleRate);
        if (!IsOpus(track))
        {
            return length;
        }

        // Where no edit leaves the start out, it is counted.
        length -= track.EditStart > 0 ? 0 : Mp4Opus.HeadOf(track.Config, null).PreSkip;
        if (track.EditDuration > 0)
        {
            return Math.Max(0, length);
        }

        var frames = new Mp4Frames(stream, track.Samples, Mp4Opus.LargestPacket);
        int packet = frames.Next() ? OpusPacket.Samples(frames.Frame) : 0;
        long held = (long)packet * track.Samples.Count;
        return length < held - track.EditStart - 2 * OpusPacket.MostSamples ? null : length;
    }

    private static OpusReader OpenOpus(Stream stream, Mp4Track track, Mp4Frames frames)
    {
        long? skip = track is { EditStart: > 0, Timescale: > 0 }
            ? new Mp4Length.Declared(track.EditStart, track.Timescale).Samples(OpusReader.SampleRate)
            : null;
        return new OpusReader(stream, new Mp4Opus(frames), Mp4Opus.HeadOf(track.Config, skip), 0);
    }

    private static FlacReader OpenFlac(Stream stream, Mp4Track track, Mp4Frames frames, DecodeLimits limits)
    {
        // Version and flags, then the blocks of a FLAC file without its signature.
        byte[] start = [.. "fLaC"u8, .. track.Config.Length > 4 ? track.Config[4..] : []];
        return new FlacReader(stream, FlacMetadata.ParseStart(start, limits), new Mp4Flac(frames), "mp4");
    }

    private static bool IsOpus(Mp4Track track) => track.Coding == Mp4Box.Name("Opus"u8);

    private static bool IsFlac(Mp4Track track) => track.Coding == Mp4Box.Name("fLaC"u8);
}
