using VoiceClean.Errors;
using VoiceClean.Formats.Aac;
using VoiceClean.Formats.Flac;
using VoiceClean.Formats.Opus;
using VoiceClean.Formats.Vorbis;

namespace VoiceClean.Formats.Matroska;

/// <summary>
/// Opus, AAC-LC, Vorbis and FLAC in WebM and Matroska, as browsers and OBS record them: the container in our own code,
/// the sound by the decoders that read it elsewhere. Recognises EBML; extensions .webm, .weba, .mkv, .mka; needs
/// nothing. Other codings are refused at opening with <c>unsupported_format</c>.
/// </summary>
internal sealed class MatroskaDecoder : ISelectiveDecoder, ITrackDecoder
{
    private const double NanosecondsInSecond = 1e9;

    /// <inheritdoc/>
    public string Name => "matroska";

    /// <summary>The containers.</summary>
    public static IReadOnlyList<FileFormat> Containers { get; } =
    [
        new("webm", "weba") { OtherExtensions = ["webm", "mkv"] },
        new("mkv", "mka") { OtherExtensions = ["mkv", "webm"] },
    ];

    /// <inheritdoc/>
    public IReadOnlyList<FileFormat> Formats => Containers;

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> header) => ContentType.Of(header) is { Demuxer: "matroska" };

    /// <inheritdoc/>
    public bool Takes(Stream stream) =>
        MatroskaHeader.Read(stream).AudioTracks is [{ IsEncoded: false } track, ..]
        && track.About.Codec is MatroskaTrack.Opus or "A_VORBIS" or "A_FLAC" or "A_AAC"
            or ['A', '_', 'P', 'C', 'M', ..];

    IReadOnlyList<AudioTrack> ITrackDecoder.TracksOf(Stream stream) => MatroskaHeader.Read(stream).Descriptions;

    /// <inheritdoc/>
    public IAudioReader Open(Stream stream, DecodeLimits limits) => Open(stream, limits, null);

    IAudioReader ITrackDecoder.Open(Stream stream, DecodeLimits limits, int track) => Open(stream, limits, track);

    private static MatroskaReader Open(Stream stream, DecodeLimits limits, int? chosen)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        var header = MatroskaHeader.Read(stream);
        int number = chosen ?? 1;
        if (header.AudioTracks.Count < number || header.Start == 0)
        {
            throw new InputException(
                ReasonCodes.UnsupportedFormat,
                "The file has no audio track, or ends before its sound.");
        }

        MatroskaTrack track = header.AudioTracks[number - 1];
        if (track.IsEncoded)
        {
            throw AacConfig.Unsupported("sound that is packed or encrypted");
        }

        var blocks = new MatroskaBlocks(stream, header, track);
        IAudioReader reader = track.About.Codec switch
        {
            MatroskaTrack.Opus => OpenOpus(stream, blocks, track),
            "A_VORBIS" => OpenVorbis(stream, blocks, track),
            "A_FLAC" => OpenFlac(stream, blocks, track, limits),
            "A_AAC" => OpenAac(stream, blocks, track),
            ['A', '_', 'P', 'C', 'M', ..] => new MatroskaPcm(stream, blocks, track),
            _ => throw AacConfig.Unsupported("sound of another coding"),
        };
        CheckLimits(reader.Format.Channels, reader.Format.SampleRate, limits);
        ContentType? type = ContentType.Of(Header.Read(stream, 0));
        return new MatroskaReader(reader, type?.Container ?? "mkv", header, blocks)
        {
            Unchosen = chosen is null ? header.AudioTracks.Count : 1,
        };
    }

    private static OpusReader OpenOpus(Stream stream, MatroskaBlocks blocks, MatroskaTrack track) =>
        new(stream, new MatroskaOpus(blocks), OpusHead.Parse(track.Private), 0);

    private static VorbisReader OpenVorbis(Stream stream, MatroskaBlocks blocks, MatroskaTrack track)
    {
        byte[][] headers =
            MatroskaVorbis.Split(track.Private)
            ?? throw AacConfig.Unsupported("Vorbis without its headers");
        return VorbisDecoder.Checked(new VorbisReader(stream, new MatroskaVorbis(blocks, headers), 0));
    }

    private static FlacReader OpenFlac(
        Stream stream,
        MatroskaBlocks blocks,
        MatroskaTrack track,
        DecodeLimits limits) =>
        new(stream, FlacMetadata.ParseStart(track.Private, limits), new MatroskaFlac(blocks), "mkv");

    private static AacReader OpenAac(Stream stream, MatroskaBlocks blocks, MatroskaTrack track)
    {
        var config = AacConfig.Parse(track.Private);
        var frames = new MatroskaAac(blocks, config.SampleRate);
        long delay = (long)(Math.Min(track.Delay, 1e9) / NanosecondsInSecond * config.SampleRate + 0.5);
        return new AacReader(stream, config, AacDecoder.Probe(frames, config), frames, "mkv", (delay, null));
    }

    private static void CheckLimits(int channels, int sampleRate, DecodeLimits limits)
    {
        if (channels > limits.MaxChannels || sampleRate > limits.MaxSampleRate)
        {
            throw new InputException(
                ReasonCodes.TooLarge,
                $"The file has {channels} channels at {sampleRate} Hz; at most {limits.MaxChannels} channels at "
                    + $"{limits.MaxSampleRate} Hz are read.");
        }
    }
}
