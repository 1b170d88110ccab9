using VoiceClean.Errors;

namespace VoiceClean.Formats.Ffmpeg;

/// <summary>
/// The decoder of last resort: M4A, MP4, WebM, WMA, AMR and whatever else ffmpeg reads, in a child process. Only
/// content that was recognised as audio or as a video container reaches it; playlists and scripts never do.
/// </summary>
public sealed class FfmpegDecoder : IAudioDecoder
{
    /// <inheritdoc/>
    public string Name => "ffmpeg";

    /// <inheritdoc/>
    public IReadOnlyList<string> Formats { get; } =
        ["m4a", "mp4", "aac", "mov", "webm", "mkv", "wma", "amr", "3gp", "avi", "ac3", "wavpack", "ape", "ts"];

    /// <inheritdoc/>
    public string? Version => FfmpegProgram.Version();

    /// <inheritdoc/>
    public DecoderRequirement? Missing => FfmpegProgram.Path is null ? FfmpegProgram.Requirement : null;

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> header) => ContentType.Of(header) is not null;

    /// <inheritdoc/>
    public IAudioReader Open(Stream stream, DecodeLimits limits)
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
        Mp4Length.Declared? declared = type.Demuxer == "mov" ? Mp4Length.Of(stream) : null;
        var reader = new FfmpegReader(program, stream, type, limits, (stream as GroupedInput)?.TakeDecoded());
        return declared is { } length ? new TrimmedReader(reader, length.Samples(reader.Format.SampleRate)) : reader;
    }
}
