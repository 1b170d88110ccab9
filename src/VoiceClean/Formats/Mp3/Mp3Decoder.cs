using NLayer;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Mp3;

/// <summary>
/// MP3 (MPEG-1, 2 and 2.5, layer III) by the package NLayer, where libsndfile is not installed. Recognises two frames
/// in a row; extensions .mp3, .mpga; needs nothing installed.
/// </summary>
internal sealed class Mp3Decoder : IAudioDecoder
{
    /// <inheritdoc/>
    public string Name => "mp3";

    /// <inheritdoc/>
    public IReadOnlyList<FileFormat> Formats { get; } = [new("mp3", "mp3") { OtherExtensions = ["mpga", "mp2"] }];

    /// <inheritdoc/>
    public string? Version { get; } = $"NLayer {typeof(MpegFrameDecoder).Assembly.GetName().Version?.ToString(3)}";

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> header) => ContentType.Of(header) is { Container: "mp3" };

    /// <inheritdoc/>
    public IAudioReader Open(Stream stream, DecodeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        MpegStream found =
            MpegStream.Count(stream)
            ?? throw new InputException(ReasonCodes.UnsupportedFormat, "The file holds no whole MP3 frame.");
        if (found.First.SampleRate == 8000)
        {
            throw new InputException(
                ReasonCodes.UnsupportedFormat,
                "The file is MP3 at 8 kHz, for which libsndfile or ffmpeg is needed.");
        }

        return found.First.Channels <= limits.MaxChannels && found.First.SampleRate <= limits.MaxSampleRate
            ? new Mp3Reader(stream, found)
            : throw new InputException(
                ReasonCodes.TooLarge,
                $"The file has {found.First.Channels} channels at {found.First.SampleRate} Hz; at most "
                    + $"{limits.MaxChannels} channels at {limits.MaxSampleRate} Hz are read.");
    }
}
