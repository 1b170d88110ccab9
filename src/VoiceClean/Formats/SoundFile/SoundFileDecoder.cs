using VoiceClean.Errors;
using VoiceClean.Formats.Aiff;
using VoiceClean.Formats.Mp3;
using VoiceClean.Formats.Ogg;

namespace VoiceClean.Formats.SoundFile;

/// <summary>Ogg Vorbis, Opus, MP3, AIFF, AU, CAF through libsndfile, in process.</summary>
internal sealed class SoundFileDecoder : IInstalledDecoder
{
    // By the registry of wave formats.
    private const int Mp3InWave = 0x55;

    /// <inheritdoc/>
    public string Name => "sndfile";

    /// <inheritdoc/>
    public IReadOnlyList<FileFormat> Formats { get; } =
    [
        new("ogg", "ogg", "oga", "spx"),
        new("opus", "opus") { OtherExtensions = ["ogg", "oga"] },
        new("mp3", "mp3") { OtherExtensions = ["mpga", "mp2"] },
        new("aiff", "aiff", "aif", "aifc"),
        new("au", "au", "snd"),
        new("caf", "caf"),
    ];

    /// <inheritdoc/>
    public string Purpose => "faster MP3 and Vorbis; au, caf, ADPCM and GSM";

    /// <inheritdoc/>
    public string? Version => SoundFileLibrary.Version;

    /// <inheritdoc/>
    public DecoderRequirement? Missing => SoundFileLibrary.IsPresent ? null : SoundFileLibrary.Requirement;

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> header) => ContentType.Of(header) is { IsReadBySoundFile: true };

    /// <inheritdoc/>
    public IAudioReader Open(Stream stream, DecodeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        if (Missing is { } missing)
        {
            throw new InputException(ReasonCodes.UnsupportedFormat, missing.HowToInstall);
        }

        long start = Id3Tag.Skip(stream);
        ContentType type =
            ContentType.Of(Header.Read(stream, start))
            ?? throw new InputException(
                ReasonCodes.UnsupportedFormat,
                "The content is not a format that libsndfile reads.");
        if (type.Demuxer == "ogg" && !OggPages.IsWhole(stream, start))
        {
            throw new InputException(
                ReasonCodes.UnsupportedFormat,
                $"The {type.Container} file is damaged or holds several streams, which libsndfile does not read.");
        }

        MpegStream? frames = type.Container == "mp3" ? CountFrames(stream) : null;
        bool isTold = type.Container is not ("aiff" or "au") || DeclaredData.IsTold(stream, start, type.Container);
        if (!isTold || (type.Container == "aiff" && AiffLayout.BehindForm(stream, start) > AiffLayout.MostPadding))
        {
            throw new InputException(
                ReasonCodes.UnsupportedFormat,
                $"The {type.Container} file does not say how long it is, or not the truth, which libsndfile needs.");
        }

        return type.Container == "wav" && DeclaredData.WaveCoding(stream, start) == Mp3InWave
            ? throw new InputException(
                ReasonCodes.UnsupportedFormat,
                "The WAV file holds MP3, whose length and damage libsndfile tells wrongly.")
            : new RescuedReader(stream, type, limits, frames);
    }

    private static MpegStream CountFrames(Stream stream)
    {
        MpegStream frames =
            MpegStream.Count(stream)
            ?? throw new InputException(ReasonCodes.UnsupportedFormat, "The file holds no whole MP3 frame.");
        return frames.First.FreeLength > 0
            ? throw new InputException(
                ReasonCodes.UnsupportedFormat,
                "The MP3 file is of the free format, whose frames do not say how long they are.")
            : frames.Holes.Count == 0 ? frames
            : throw new InputException(
                ReasonCodes.UnsupportedFormat,
                "The MP3 file is damaged between its frames, and libsndfile does not say where.");
    }
}
