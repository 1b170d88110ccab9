using VoiceClean.Errors;
using VoiceClean.Formats.Aac;
using VoiceClean.Formats.Matroska;
using VoiceClean.Formats.Mp4;

namespace VoiceClean.Formats.Ffmpeg;

/// <summary>
/// The decoder of last resort: HE-AAC, ALAC, WMA, AMR and whatever else ffmpeg reads, in a child process. What
/// no rule knows is offered to it last, within bounds; playlists and scripts never are.
/// </summary>
internal sealed class FfmpegDecoder : IInstalledDecoder, IGroupDecoder, IGuessingDecoder, ITrackDecoder
{
    private static ContentType Unknown { get; } = new("other", ContentType.Guess);

    /// <inheritdoc/>
    public string Name => "ffmpeg";

    /// <inheritdoc/>
    public IReadOnlyList<FileFormat> Formats { get; } =
    [
        .. AacDecoder.Containers,            // HE-AAC, ALAC and more than two channels
        .. MatroskaDecoder.Containers,       // AC-3, PCM, MP3 and more
        new("wma", "wma") { OtherExtensions = ["asf", "wmv"] },
        new("amr", "amr", "awb"),
        new("avi") { OtherExtensions = ["avi"] },
        new("ac3", "ac3", "eac3"),
        new("mp2", "mp2") { OtherExtensions = ["mpa", "mpga", "mp3"] },
        new("dts", "dts"),
        new("voc", "voc"),
        new("rm", "ra") { OtherExtensions = ["rm"] },
        new("nut") { OtherExtensions = ["nut"] },
        new("other", "sbc"),
        new("wavpack", "wv"),
        new("ape", "ape"),
        new("tta", "tta"),
        new("musepack") { OtherExtensions = ["mpc"] },
        new("dsf") { OtherExtensions = ["dsf"] },
        new("flv") { OtherExtensions = ["flv"] },
        new("ts") { OtherExtensions = ["ts", "m2ts", "mts"] },
        new("mpeg") { OtherExtensions = ["mpg", "mpeg", "vob"] },
    ];

    /// <inheritdoc/>
    public string Purpose => "HE-AAC, ALAC, wma, amr, video and whatever else it knows";

    /// <inheritdoc/>
    public string? Version => FfmpegProgram.Version();

    /// <inheritdoc/>
    public DecoderRequirement? Missing => FfmpegProgram.Path is null ? FfmpegProgram.Requirement : null;

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> header) => ContentType.Of(header) is not null;

    int IGroupDecoder.GroupSize => FfmpegGroup.Size;

    /// <inheritdoc/>
    public IAudioReader Open(Stream stream, DecodeLimits limits) => OpenKnown(stream, limits, 1);

    IReadOnlyList<AudioTrack> ITrackDecoder.TracksOf(Stream stream)
    {
        ContentType type = ContentType.Of(Header.Read(stream, Id3Tag.Skip(stream))) ?? Unknown;
        return type.Demuxer switch
        {
            "mov" => Mp4Movie.Read(stream, withSamples: false).Describe(),
            "matroska" => MatroskaHeader.Read(stream).Descriptions,
            _ when FfmpegTracks.MayBeSeveral(type) && FfmpegProgram.Path is { } program =>
                FfmpegTracks.Of(program, stream, type),
            _ => [],
        };
    }

    IAudioReader ITrackDecoder.Open(Stream stream, DecodeLimits limits, int track) =>
        OpenKnown(stream, limits, track);

    IAudioReader? IGuessingDecoder.OpenUnknown(Stream stream, DecodeLimits limits, int track)
    {
        if (FfmpegProgram.Path is not { } program)
        {
            return null;
        }

        try
        {
            return new FfmpegReader(program, stream, Unknown, limits, track: track);
        }
        catch (InputException e) when (e.Code == ReasonCodes.DecodeFailed)
        {
            return null;
        }
    }

    long? IGroupDecoder.GroupLimit(Stream stream) => FfmpegGroup.OutputLimit(stream);

    IDisposable?[] IGroupDecoder.DecodeGroup(
        IReadOnlyList<(FileStream Stream, long Limit)> inputs,
        CancellationToken cancellation) =>
        FfmpegProgram.Path is { } program
            ? FfmpegGroup.Decode(program, inputs, cancellation)
            : new IDisposable?[inputs.Count];

    private static IAudioReader OpenKnown(Stream stream, DecodeLimits limits, int track)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        ContentType type =
            ContentType.Of(Header.Read(stream, Id3Tag.Skip(stream)))
            ?? throw new InputException(
                ReasonCodes.UnsupportedFormat,
                "The content is not a format that is handed to ffmpeg.");
        string program =
            FfmpegProgram.Path
            ?? throw new InputException(ReasonCodes.UnsupportedFormat, FfmpegProgram.Requirement.HowToInstall);
        Mp4Length.Declared? declared = type.Demuxer == "mov" ? Mp4Length.Of(stream, track) : null;
        double? seconds = type.Demuxer == "matroska" ? MatroskaHeader.Read(stream).Seconds : null;
        DecodedFile? decoded = (stream as GroupedInput)?.TakeDecoded<DecodedFile>();
        var reader = new FfmpegReader(program, stream, type, limits, decoded, track) { DeclaredSeconds = seconds };
        return declared is { } length ? new TrimmedReader(reader, length.Samples(reader.Format.SampleRate)) : reader;
    }
}
