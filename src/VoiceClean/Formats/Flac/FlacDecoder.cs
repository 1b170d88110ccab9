using VoiceClean.Formats.Ogg;

namespace VoiceClean.Formats.Flac;

/// <summary>
/// FLAC in our own code, alone and in Ogg: all of RFC 9639, 4 to 32 bits, 1 to 8 channels. Recognises "fLaC" and an Ogg
/// stream that begins with it; extensions .flac, .fla, .oga, .ogg; needs nothing.
/// </summary>
internal sealed class FlacDecoder : IAudioDecoder
{
    /// <inheritdoc/>
    public string Name => "flac";

    /// <inheritdoc/>
    public IReadOnlyList<FileFormat> Formats { get; } = [new("flac", "flac", "fla")];

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> header) =>
        header.StartsWith("fLaC"u8) || FlacMetadata.IsOggStart(OggPages.FirstPacket(header));

    /// <inheritdoc/>
    public IAudioReader Open(Stream stream, DecodeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        long start = Id3Tag.Skip(stream);
        bool isOgg = Header.Read(stream, start).AsSpan().StartsWith("OggS"u8);
        (FlacStreamInfo info, IFlacFrames frames) = isOgg
            ? FlacMetadata.OpenOgg(stream, start, limits)
            : FlacMetadata.OpenNative(stream, start, limits);
        return new FlacReader(stream, info, frames, isOgg ? "ogg" : "flac");
    }
}
