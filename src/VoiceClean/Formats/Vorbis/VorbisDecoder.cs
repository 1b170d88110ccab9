using NVorbis;
using VoiceClean.Errors;
using VoiceClean.Formats.Ogg;

namespace VoiceClean.Formats.Vorbis;

/// <summary>
/// Vorbis in Ogg by the package NVorbis, where libsndfile is not installed, and for damaged and chained files, which
/// libsndfile would shorten. Recognises an Ogg stream that begins with Vorbis; extensions .ogg, .oga; needs nothing
/// installed.
/// </summary>
internal sealed class VorbisDecoder : IAudioDecoder
{
    /// <inheritdoc/>
    public string Name => "vorbis";

    /// <inheritdoc/>
    public IReadOnlyList<FileFormat> Formats { get; } = [new("ogg", "ogg", "oga", "spx")];

    /// <inheritdoc/>
    public string? Version { get; } = $"NVorbis {typeof(StreamDecoder).Assembly.GetName().Version?.ToString(3)}";

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> header) =>
        OggPages.FirstPacket(header).StartsWith("\u0001vorbis"u8);

    /// <inheritdoc/>
    public IAudioReader Open(Stream stream, DecodeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        var reader = new VorbisReader(
            stream,
            new OggPackets(stream, Id3Tag.Skip(stream)),
            OggPages.LastGranule(stream));
        return Checked(reader).Format switch
        {
            { SampleRate: var rate } when rate > limits.MaxSampleRate || reader.Format.Channels > limits.MaxChannels =>
                throw new InputException(
                    ReasonCodes.TooLarge,
                    $"The file has {reader.Format.Channels} channels at {rate} Hz; at most {limits.MaxChannels} "
                        + $"channels at {limits.MaxSampleRate} Hz are read."),
            _ => reader,
        };
    }

    /// <summary>The reader, unless NVorbis makes noise of its submaps, as files of more channels have them.</summary>
    /// <exception cref="InputException">It has them (<c>unsupported_format</c>).</exception>
    public static VorbisReader Checked(VorbisReader reader) =>
        reader.Format.Channels <= 2
            ? reader
            : throw new InputException(
                ReasonCodes.UnsupportedFormat,
                $"The file is Vorbis with {reader.Format.Channels} channels, for which libsndfile or ffmpeg is "
                    + $"needed.");
}
