using System.Buffers.Binary;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Opus;

/// <summary>The first packet of an Opus stream in Ogg. Source: RFC 7845 §5.1.</summary>
/// <param name="Channels">1 to 8.</param>
/// <param name="PreSkip">Samples at 48 kHz that the encoder put before the first one.</param>
/// <param name="Gain">Factor on the output.</param>
/// <param name="Streams">Opus streams in each packet.</param>
/// <param name="Coupled">How many of them, the first ones, are stereo.</param>
/// <param name="Mapping">For each channel the decoded one that it is.</param>
internal sealed record OpusHead(int Channels, int PreSkip, float Gain, int Streams, int Coupled, byte[] Mapping)
{
    private const int FixedBytes = 19;

    /// <summary>Reads the packet.</summary>
    /// <exception cref="InputException">It cannot be, or is of a kind that is not read here
    /// (<c>unsupported_format</c>).</exception>
    public static OpusHead Parse(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < FixedBytes || !packet.StartsWith("OpusHead"u8) || packet[8] > 15)
        {
            throw Unsupported("does not begin as it should");
        }

        int channels = packet[9], family = packet[18];
        int skip = BinaryPrimitives.ReadUInt16LittleEndian(packet[10..]);
        float gain = (float)Math.Pow(10, BinaryPrimitives.ReadInt16LittleEndian(packet[16..]) / (20.0 * 256));
        if (family == 0 && channels is 1 or 2)
        {
            return new OpusHead(channels, skip, gain, 1, channels - 1, channels == 1 ? [0] : [0, 1]);
        }

        if (family != 1 || channels is 0 or > 8 || packet.Length < FixedBytes + 2 + channels)
        {
            throw Unsupported($"has {channels} channels of mapping family {family}");
        }

        int streams = packet[FixedBytes], coupled = packet[FixedBytes + 1];
        byte[] mapping = packet.Slice(FixedBytes + 2, channels).ToArray();
        return streams > 0 && coupled <= streams && mapping.All(m => m == 255 || m < streams + coupled)
            ? new OpusHead(channels, skip, gain, streams, coupled, mapping)
            : throw Unsupported("contradicts itself");
    }

    private static InputException Unsupported(string what) =>
        new(ReasonCodes.UnsupportedFormat, $"The Opus stream {what}; it is damaged, or needs ffmpeg.");
}
