using VoiceClean.Errors;
using VoiceClean.Formats.Mp4;

namespace VoiceClean.Formats.Aac;

/// <summary>
/// AAC-LC with one or two channels in our own code: in MP4, M4A, M4B, MOV and 3GP, also in fragments, and alone with
/// ADTS headers. Recognises these containers; extensions .m4a, .m4b, .m4r, .mp4, .mov, .3gp, .aac; needs nothing.
/// Opus and FLAC in MP4 are handed to their decoders; HE-AAC, other codings and more channels are refused at opening
/// with <c>unsupported_format</c>.
/// </summary>
internal sealed class AacDecoder : ISelectiveDecoder, ITrackDecoder
{
    private const int ProbedFrames = 4, Mpeg4Audio = 0x40, Mpeg2LowComplexity = 0x67;

    /// <inheritdoc/>
    public string Name => "aac";

    /// <summary>The containers it reads if they hold AAC-LC.</summary>
    public static IReadOnlyList<FileFormat> Containers { get; } =
    [
        new("m4a", "m4a", "m4b", "alac") { OtherExtensions = ["mp4", "m4r", "aac"] },
        new("mp4") { OtherExtensions = ["mp4", "m4a", "m4v", "m4b", "mov", "aac", "3gp"] },
        new("aac", "aac", "adts"),
        new("mov") { OtherExtensions = ["mov", "qt", "mp4", "m4a"] },
        new("3gp", "3gp", "3gpp") { OtherExtensions = ["3g2", "mp4", "m4a"] },
    ];

    /// <inheritdoc/>
    public IReadOnlyList<FileFormat> Formats => Containers;

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> header) => ContentType.Of(header) is { Demuxer: "mov" or "aac" };

    /// <inheritdoc/>
    public bool Takes(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            var movie = Mp4Movie.Read(stream, withSamples: false);
            if (movie.Tracks is not [var track, ..] || Mp4Sound.Takes(track))
            {
                return movie.Tracks.Count > 0;
            }

            AacConfig config = ConfigOf(track);
            return track.Edits <= 1
                || Mp4Edits.PartsOf(movie, track, config.SampleRate, long.MaxValue) is not null;
        }
        catch (InputException)
        {
            return false;
        }
    }

    IReadOnlyList<AudioTrack> ITrackDecoder.TracksOf(Stream stream) =>
        ContentType.Of(Header.Read(stream, Id3Tag.Skip(stream))) is { Demuxer: "mov" }
            ? Mp4Movie.Read(stream, withSamples: false).Describe()
            : [];

    /// <inheritdoc/>
    public IAudioReader Open(Stream stream, DecodeLimits limits) => Open(stream, limits, null);

    IAudioReader ITrackDecoder.Open(Stream stream, DecodeLimits limits, int track) => Open(stream, limits, track);

    private static IAudioReader Open(Stream stream, DecodeLimits limits, int? chosen)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        long start = Id3Tag.Skip(stream);
        ContentType? type = ContentType.Of(Header.Read(stream, start));
        if (type?.Demuxer != "aac")
        {
            return OpenMovie(stream, limits, chosen, type?.Container ?? "mp4");
        }

        AacConfig config = AdtsFrames.ReadConfig(stream, start);
        CheckLimits(config, limits);
        var frames = new AdtsFrames(stream, start);
        return new AacReader(stream, config, Probe(frames, config), frames, type.Container, (0, null));
    }

    private static IAudioReader OpenMovie(Stream stream, DecodeLimits limits, int? chosen, string container)
    {
        var movie = Mp4Movie.Read(stream, withSamples: true);
        int number = chosen ?? 1;
        if (movie.Tracks.Count >= number && Mp4Sound.Takes(movie.Tracks[number - 1]))
        {
            Mp4Track other = movie.Tracks[number - 1];
            return other.Samples.Count > 0
                ? Mp4Sound.Open(stream, movie, other, limits, container, Known(movie, chosen))
                : throw AacConfig.Unsupported("no index of its frames");
        }

        (Mp4Track track, AacConfig config) = TrackOf(movie, number);
        IReadOnlyList<EditedPart>? edits = track.Edits > 1 ? EditsOf(movie, track, config.SampleRate) : null;
        (long Start, long? Length) part =
            edits is null ? PartOf(movie, track, config.SampleRate) : (0, edits[^1].End);
        CheckLimits(config, limits);
        var frames = new Mp4AacFrames(stream, track.Samples);
        var reader = new AacReader(stream, config, Probe(frames, config), frames, container, part)
        {
            Known = Known(movie, chosen),
            Listed = (long)track.Samples.Count * AacFilterBank.Frame - part.Start,
        };
        return edits is null ? reader : new EditedReader(reader, edits);
    }

    /// <summary>What a user should know before anything is decoded.</summary>
    private static List<Warning> Known(Mp4Movie movie, int? chosen)
    {
        var known = new List<Warning>();
        if (chosen is null && movie.Tracks.Count > 1)
        {
            known.Add(AudioTrack.FirstOf(movie.Tracks.Count));
        }

        if (movie is { IsFragmented: false, JoinedAt: { } place })
        {
            known.Add(JoinedOn(place));
        }

        if (movie.ForeignAt is { } other)
        {
            known.Add(JoinedFile.NotRead(other));
        }

        return known;
    }

    private static IReadOnlyList<EditedPart> EditsOf(Mp4Movie movie, Mp4Track track, int sampleRate) =>
        Mp4Edits.PartsOf(movie, track, sampleRate, (long)track.Samples.Count * AacFilterBank.Frame)
            ?? throw AacConfig.Unsupported("a track of several edits that are not in the order of time");

    private static (Mp4Track Track, AacConfig Config) TrackOf(Mp4Movie movie, int number)
    {
        Mp4Track track = movie.Tracks.Count >= number ? movie.Tracks[number - 1] : throw NoAudio(movie);
        AacConfig config = ConfigOf(track);
        return track.Samples.Count > 0 ? (track, config) : throw AacConfig.Unsupported("no index of its frames");
    }

    private static AacConfig ConfigOf(Mp4Track track)
    {
        if (track.Coding == Mp4Box.Name("drms"u8) || track.Coding == Mp4Box.Name("enca"u8))
        {
            throw new InputException(
                ReasonCodes.DecodeFailed,
                "The sound of the file is encrypted (copy protection), and without its key nobody can read it; get the "
                    + "recording without protection.");
        }

        if (track.Coding != Mp4Box.Name("mp4a"u8) || track.ObjectType is not (Mpeg4Audio or Mpeg2LowComplexity))
        {
            throw AacConfig.Unsupported("sound that is not AAC");
        }

        return AacConfig.Parse(track.Config);
    }

    /// <summary>
    /// Which part is sound. An edit cuts as it says; the length of the media only takes the padding of the last frame
    /// away, because recorders that were stopped leave others.
    /// </summary>
    private static (long Start, long? Length) PartOf(Mp4Movie movie, Mp4Track track, int sampleRate)
    {
        long held = (long)track.Samples.Count * AacFilterBank.Frame;
        long start = track is { Edits: 1, Timescale: > 0 }
            ? new Mp4Length.Declared(track.EditStart, track.Timescale).Samples(sampleRate)
            : movie.Tag?.Delay ?? 0;
        start = Math.Min(start, held);
        if (movie.IsFragmented || Mp4Length.Of(movie, track) is not { } declared)
        {
            return (start, null);
        }

        long length = declared.Samples(sampleRate);
        if (track.Edits == 0 && movie.Tag is { Delay: > 0 } && length > held - start)
        {
            length = held - start;
        }

        bool isCut = track is { Edits: 1, EditDuration: > 0 };
        return (start, length < held - start - 2 * AacFilterBank.Frame && !isCut ? held - start : length);
    }

    /// <summary>Decodes the first frames and goes back: only they tell HE-AAC whose header does not say so.</summary>
    /// <returns>A decoder at the beginning.</returns>
    /// <exception cref="InputException">They are not AAC-LC (<c>unsupported_format</c>).</exception>
    public static AacFrameDecoder Probe(IAacFrames frames, AacConfig config)
    {
        var decoder = new AacFrameDecoder(config);
        float[] samples = new float[AacFilterBank.Frame * config.Channels];
        for (int i = 0; i < ProbedFrames && frames.Next(); i++)
        {
            switch (decoder.Decode(frames.Frame, samples))
            {
                case AacFrameResult.Extended:
                    throw AacConfig.Unsupported("HE-AAC");
                case AacFrameResult.Unsupported:
                    throw AacConfig.Unsupported("AAC with other channels than its header says");
            }
        }

        frames.Restart();
        decoder.Reset();
        return decoder;
    }

    private static void CheckLimits(AacConfig config, DecodeLimits limits)
    {
        if (config.Channels > limits.MaxChannels || config.SampleRate > limits.MaxSampleRate)
        {
            throw new InputException(
                ReasonCodes.TooLarge,
                $"The file has {config.Channels} channels at {config.SampleRate} Hz; at most {limits.MaxChannels} "
                    + $"channels at {limits.MaxSampleRate} Hz are read.");
        }
    }

    private static Warning JoinedOn(long place) => new(
        WarningCodes.Truncated,
        $"Another MP4 file was joined on, whose index stands at byte {place}; it is not read. Take the files apart, or "
            + "join them with ffmpeg.");

    private static InputException NoAudio(Mp4Movie movie) =>
        movie.HasIndex
            ? new(ReasonCodes.UnsupportedFormat, "The file has no audio track that its index describes.")
            : new(
                ReasonCodes.Truncated,
                "The file ends before its index (moov), without which its sound cannot be found; copy it again.");
}
