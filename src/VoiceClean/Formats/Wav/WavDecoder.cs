using VoiceClean.Errors;

namespace VoiceClean.Formats.Wav;

/// <summary>
/// The WAV family in our own code: RIFF, RF64/BW64, RIFX and Wave64 with PCM, float, A-law and µ-law samples.
/// </summary>
internal sealed class WavDecoder : IAudioDecoder
{
    /// <inheritdoc/>
    public string Name => "wav";

    /// <inheritdoc/>
    public IReadOnlyList<FileFormat> Formats { get; } =
    [
        new("wav", "wav", "wave", "bwf", "rf64"),
        new("rf64"),          // reported as wav
        new("rifx"),          // reported as wav
        new("w64", "w64"),
    ];

    // {66666972-912E-11CF-A5D6-28DB04C10000}, "riff" as a Wave64 GUID.
    private static ReadOnlySpan<byte> Wave64Riff =>
        [0x72, 0x69, 0x66, 0x66, 0x2E, 0x91, 0xCF, 0x11, 0xA5, 0xD6, 0x28, 0xDB, 0x04, 0xC1, 0x00, 0x00];

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> header) => ContainerOf(header) is not null;

    /// <inheritdoc/>
    public IAudioReader Open(Stream stream, DecodeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        long start = Id3Tag.Skip(stream);
        Span<byte> header = stackalloc byte[40];
        stream.Position = start;
        int length = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        WaveContainer container = ContainerOf(header[..length])
            ?? throw new InputException(ReasonCodes.UnsupportedFormat, "The content is not a WAV file.");
        return new WavReader(stream, WavLayoutParser.Parse(stream, start, container, limits));
    }

    private static WaveContainer? ContainerOf(ReadOnlySpan<byte> header)
    {
        if (header.Length >= 40 && header.StartsWith(Wave64Riff) && header[24..28].SequenceEqual("wave"u8))
        {
            return WaveContainer.Wave64;
        }

        if (header.Length < 12 || !header[8..12].SequenceEqual("WAVE"u8))
        {
            return null;
        }

        ReadOnlySpan<byte> id = header[..4];
        return id.SequenceEqual("RIFF"u8) ? WaveContainer.Riff
            : id.SequenceEqual("RF64"u8) || id.SequenceEqual("BW64"u8) ? WaveContainer.Rf64
            : id.SequenceEqual("RIFX"u8) ? WaveContainer.Rifx
            : null;
    }
}
