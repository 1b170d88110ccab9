namespace VoiceClean.Formats.Opus;

/// <summary>
/// Sound packets up to the next one whose end has a position in the recording: usually those of a page. Only together
/// they say where they begin.
/// </summary>
internal sealed class OpusPages(IPackets packets)
{
    private const int MostBytes = 1 << 20;

    private readonly List<(int Start, int Length)> _packets = [];
    private byte[] _bytes = new byte[64 * 1024];
    private int _length;

    /// <summary>Number of packets.</summary>
    public int Count => _packets.Count;

    /// <summary>A packet.</summary>
    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(_packets[index].Start, _packets[index].Length);

    /// <summary>How long they are together [sample at 48 kHz].</summary>
    public long Samples { get; private set; }

    /// <summary>Where the last one ends [sample at 48 kHz]; −1 if the file does not say.</summary>
    public long Granule { get; private set; }

    /// <summary>True if they end a stream.</summary>
    public bool IsLast { get; private set; }

    /// <summary>True if packets before them are missing.</summary>
    public bool IsBehindGap { get; private set; }

    /// <summary>True if the file ends without the mark of an end.</summary>
    public bool EndsOpen => packets.EndsOpen;

    /// <summary>Head of a stream that begins behind them; null if none does.</summary>
    public byte[]? NextHead { get; private set; }

    /// <summary>Where it stands in the file [byte].</summary>
    public long HeadAt { get; private set; }

    /// <summary>Reads the next ones; false at the end of the file.</summary>
    public bool Next()
    {
        _packets.Clear();
        (_length, Samples, Granule) = (0, 0, -1);
        (IsLast, IsBehindGap, NextHead) = (false, false, null);
        while (_length < MostBytes && packets.Next())
        {
            ReadOnlySpan<byte> packet = packets.Packet;
            if (packets.IsFirst)
            {
                (NextHead, HeadAt) = (packet.ToArray(), packets.Place);
                return true;
            }

            IsBehindGap |= packets.IsBehindGap;
            if (packet.StartsWith("OpusTags"u8))
            {
                continue;
            }

            if (_length + packet.Length > _bytes.Length)
            {
                Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + packet.Length));
            }

            packet.CopyTo(_bytes.AsSpan(_length));
            _packets.Add((_length, packet.Length));
            _length += packet.Length;
            Samples += OpusPacket.Samples(packet);
            if (packets.Granule >= 0)
            {
                (Granule, IsLast) = (packets.Granule, packets.IsLast);
                return true;
            }
        }

        return _packets.Count > 0;
    }
}
