using VoiceClean.Errors;

namespace VoiceClean.Formats.SoundFile;

/// <summary>FLAC, Ogg Vorbis, Opus, MP3, AIFF, AU, CAF through libsndfile, in process.</summary>
public sealed class SoundFileDecoder : IAudioDecoder
{
    /// <inheritdoc/>
    public string Name => "sndfile";

    /// <inheritdoc/>
    public string? MissingLibrary => SoundFileLibrary.IsPresent ? null : "libsndfile";

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> header) => ContentType.Of(header) is { IsReadBySoundFile: true };

    /// <inheritdoc/>
    public IAudioReader Open(Stream stream, DecodeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        if (MissingLibrary is not null)
        {
            throw new InputException(ReasonCodes.UnsupportedFormat, DecoderInventory.HowToInstall("libsndfile"));
        }

        long start = Id3Tag.Skip(stream);
        ContentType type = ContentType.Of(Header.Read(stream, start))
            ?? throw new InputException(ReasonCodes.UnsupportedFormat, "The content is not a format that libsndfile reads.");
        if (type.Demuxer == "ogg" && OggPages.HasSeveralStreams(stream, start))
        {
            throw new InputException(ReasonCodes.UnsupportedFormat, $"The {type.Container} file holds several streams, which libsndfile does not read. {DecoderInventory.HowToInstall("ffmpeg")}");
        }

        return new RescuedReader(stream, type, limits);
    }
}
