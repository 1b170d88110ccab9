using NVorbis.Contracts;

namespace VoiceClean.Formats.Vorbis;

/// <summary>
/// The packets of one whole part of a Vorbis stream, as the package NVorbis wants to see them: the three headers, then
/// sound up to the next gap, the next stream, or the end of the file.
/// </summary>
internal sealed class VorbisPackets : IPacketProvider
{
    private readonly IPackets _packets;
    private readonly byte[][] _headers;
    private byte[]? _first;
    private Packet? _peeked;
    private int _header;

    /// <param name="packets">Behind the headers.</param>
    /// <param name="headers">Three packets.</param>
    /// <param name="first">A packet that was read already; null if none was.</param>
    public VorbisPackets(IPackets packets, byte[][] headers, byte[]? first)
    {
        _packets = packets;
        _headers = headers;
        _first = first;
    }

    /// <summary>The packet behind a gap, or the first of the next stream, with which the next part begins; null at the
    /// end of the file.</summary>
    public byte[]? Rest { get; private set; }

    /// <summary>True if <see cref="Rest"/> begins another stream.</summary>
    public bool IsRestFirst { get; private set; }

    /// <summary>Packets of sound given out.</summary>
    public int Count { get; private set; }

    /// <summary>The first position that the file states, and how many packets end before or at it; null = none
    /// yet.</summary>
    public (long Granule, int Count)? Anchor { get; private set; }

    /// <summary>Where the stream ends by its own word, once its last packet was given out; null before.</summary>
    public long? End { get; private set; }

    /// <inheritdoc/>
    public bool CanSeek => false;

    /// <inheritdoc/>
    public int StreamSerial => 0;

    /// <inheritdoc/>
    public IPacket? GetNextPacket()
    {
        Packet? packet = _peeked ?? Produce();
        _peeked = null;
        if (packet is { IsSound: true })
        {
            Count++;
            if (packet.Granule >= 0)
            {
                Anchor ??= (packet.Granule, Count);
                End = packet.IsLast ? packet.Granule : null;
            }
        }

        return packet;
    }

    /// <inheritdoc/>
    public IPacket? PeekNextPacket() => _peeked ??= Produce();

    /// <inheritdoc/>
    public long SeekTo(long granulePos, int preRoll, GetPacketGranuleCount getPacketGranuleCount) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public long GetGranuleCount() => 0;

    private Packet? Produce()
    {
        if (_header < _headers.Length)
        {
            return new Packet(_headers[_header++], isSound: false, -1, isLast: false);
        }

        if (_first is { } first)
        {
            _first = null;
            return Sound(first);
        }

        if (Rest is not null || !_packets.Next())
        {
            return null;
        }

        byte[] packet = _packets.Packet.ToArray();
        if (_packets.IsFirst || _packets.IsBehindGap)
        {
            (Rest, IsRestFirst) = (packet, _packets.IsFirst);
            return null;
        }

        return Sound(packet);
    }

    // Where the end has no position, what the last window fades out is none of the sound.
    private Packet Sound(byte[] bytes) => new(bytes, isSound: true, _packets.Granule, _packets.IsLast)
    {
        IsEndOfStream = _packets is { IsLast: true, Granule: < 0 },
    };

    // Positions are kept from NVorbis, which loops for ever where they contradict each other.
    private sealed class Packet(byte[] bytes, bool isSound, long granule, bool isLast) : NVorbis.DataPacket
    {
        private int _next;

        public bool IsSound => isSound;

        public long Granule => granule;

        public bool IsLast => isLast;

        protected override int TotalBits => 8 * bytes.Length;

        public override void Reset()
        {
            _next = 0;
            base.Reset();
        }

        protected override int ReadNextByte() => _next < bytes.Length ? bytes[_next++] : -1;
    }
}
