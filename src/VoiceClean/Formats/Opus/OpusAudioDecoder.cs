using Concentus;
using VoiceClean.Errors;
using VoiceClean.Formats.Ogg;

namespace VoiceClean.Formats.Opus;

/// <summary>
/// Opus in Ogg, as messengers record it, by the package Concentus. Recognises an Ogg stream that begins with
/// "OpusHead"; extensions .opus, .ogg, .oga; needs nothing installed.
/// </summary>
internal sealed class OpusAudioDecoder : IAudioDecoder
{
    /// <inheritdoc/>
    public string Name => "opus";

    /// <inheritdoc/>
    public IReadOnlyList<FileFormat> Formats { get; } = [new("opus", "opus") { OtherExtensions = ["ogg", "oga"] }];

    /// <inheritdoc/>
    public string? Version { get; } = $"Concentus {typeof(IOpusDecoder).Assembly.GetName().Version?.ToString(3)}";

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> header) => OggPages.FirstPacket(header).StartsWith("OpusHead"u8);

    /// <inheritdoc/>
    public IAudioReader Open(Stream stream, DecodeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        long start = Id3Tag.Skip(stream);
        var packets = new OggPackets(stream, start);
        if (!packets.Next())
        {
            throw new InputException(ReasonCodes.Truncated, "The Opus file ends before its first sample.");
        }

        var head = OpusHead.Parse(packets.Packet);
        return head.Channels <= limits.MaxChannels && OpusReader.SampleRate <= limits.MaxSampleRate
            ? new OpusReader(stream, packets, head, OggPages.LastGranule(stream))
            : throw new InputException(
                ReasonCodes.TooLarge,
                $"The file has {head.Channels} channels at 48000 Hz; at most {limits.MaxChannels} channels at "
                    + $"{limits.MaxSampleRate} Hz are read.");
    }
}
