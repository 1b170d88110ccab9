using VoiceClean.Formats.Wav;

namespace VoiceClean.Formats.Aiff;

/// <summary>
/// AIFF and AIFC with PCM, float, A-law and µ-law samples, where libsndfile is not installed. Recognises "FORM" with
/// "AIFF" or "AIFC"; extensions .aiff, .aif, .aifc; needs nothing.
/// </summary>
internal sealed class AiffDecoder : IAudioDecoder
{
    /// <inheritdoc/>
    public string Name => "aiff";

    /// <inheritdoc/>
    public IReadOnlyList<FileFormat> Formats { get; } = [new("aiff", "aiff", "aif", "aifc")];

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> header) => ContentType.Of(header) is { Container: "aiff" };

    /// <inheritdoc/>
    public IAudioReader Open(Stream stream, DecodeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        return new WavReader(stream, AiffLayout.Parse(stream, Id3Tag.Skip(stream), limits));
    }
}
