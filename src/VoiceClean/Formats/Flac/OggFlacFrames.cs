using VoiceClean.Formats.Ogg;

namespace VoiceClean.Formats.Flac;

/// <summary>
/// The frames of FLAC in Ogg, one a packet. Source: RFC 9639 §10.1. Headers, also those of chained streams, are passed
/// over.
/// </summary>
/// <param name="packets">Behind the first packet.</param>
internal sealed class OggFlacFrames(OggPackets packets) : IFlacFrames
{
    private bool _isForeign;

    /// <inheritdoc/>
    public bool IsBehindDamage { get; private set; }

    /// <inheritdoc/>
    public long? ForeignAt { get; private set; }

    /// <inheritdoc/>
    public bool Next(FlacFrameDecoder decoder)
    {
        IsBehindDamage = false;
        while (packets.Next())
        {
            IsBehindDamage |= packets.IsBehindGap;
            if (packets.IsFirst)
            {
                _isForeign = !decoder.Follows(packets.Packet);
                ForeignAt ??= _isForeign ? packets.PageStart : null;
            }

            if (packets.IsFirst || _isForeign || packets.Packet is not [0xFF, ..])
            {
                continue;
            }

            if (decoder.Decode(packets.Packet) == FlacFrameResult.Good)
            {
                return true;
            }

            IsBehindDamage = true;
        }

        return false;
    }
}
