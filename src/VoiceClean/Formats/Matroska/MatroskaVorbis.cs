using System.Buffers.Binary;

namespace VoiceClean.Formats.Matroska;

/// <summary>
/// The packets of a Vorbis track; the position of one behind damage is told by the time of the block that follows it.
/// Source: RFC 9559 §A.1.3 (three headers in one, with lengths as in Xiph's lacing).
/// </summary>
/// <param name="blocks">Of the track.</param>
/// <param name="headers">Identification, comments and setup.</param>
internal sealed class MatroskaVorbis(MatroskaBlocks blocks, byte[][] headers) : IPackets
{
    private const int RateAt = 12;         // in the identification header, Vorbis I §4.2.2

    private const double NanosecondsInSecond = 1e9;

    private byte[] _packet = [];
    private byte[]? _held;
    private int _header, _count;
    private long _start;
    private long? _heldTime;
    private bool _isJoinedHeld, _isDamagedHeld;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Packet => _packet;

    /// <inheritdoc/>
    public long Granule { get; private set; } = -1;

    /// <inheritdoc/>
    public bool IsFirst { get; private set; }

    /// <inheritdoc/>
    public bool IsLast { get; private set; }

    /// <inheritdoc/>
    public bool IsBehindGap { get; private set; }

    /// <inheritdoc/>
    public bool EndsOpen => false;         // MatroskaReader says so

    private uint SampleRate =>
        headers[0].Length >= RateAt + 4 ? BinaryPrimitives.ReadUInt32LittleEndian(headers[0].AsSpan(RateAt)) : 0;

    /// <summary>Takes the three headers apart; null if there are not three.</summary>
    public static byte[][]? Split(ReadOnlySpan<byte> joined)
    {
        // The number of packets but the last stands first, as in a block.
        var places = new List<(int Start, int Length)>();
        return joined is [2, ..] && MatroskaLaces.Split(joined, 2, places)
            ? [.. Cut(joined, places)]
            : null;

        static byte[][] Cut(ReadOnlySpan<byte> bytes, List<(int Start, int Length)> places)
        {
            byte[][] cut = new byte[places.Count][];
            for (int i = 0; i < cut.Length; i++)
            {
                cut[i] = bytes.Slice(places[i].Start, places[i].Length).ToArray();
            }

            return cut;
        }
    }

    /// <inheritdoc/>
    public bool Next()
    {
        (IsFirst, IsLast, IsBehindGap, Granule) = (_header == 0, false, false, -1);
        if (_header < headers.Length)
        {
            _packet = headers[_header++];
            return true;
        }

        if (_count == 0 && _held is null)
        {
            Hold();
        }

        if (_held is null)
        {
            return false;
        }

        if (_isJoinedHeld)
        {
            (_isJoinedHeld, _header, _count, IsFirst) = (false, 1, 0, true);
            _packet = headers[0];
            return true;
        }

        (_packet, IsBehindGap) = (_held, _isDamagedHeld);
        _start = ++_count <= 2 ? _heldTime ?? _start : _start;       // the first packet of a stream gives no sound
        Hold();
        IsLast = _held is null || _isJoinedHeld;
        if (IsBehindGap && !IsLast && _heldTime is { } end)
        {
            Granule = Math.Max(0, (long)Math.Round((end - _start) / NanosecondsInSecond * SampleRate));
        }

        return true;
    }

    /// <summary>Reads the frame behind the one that is given out.</summary>
    private void Hold()
    {
        _held = blocks.Next() ? blocks.Frame.ToArray() : null;
        _heldTime = blocks.Time;
        (_isJoinedHeld, _isDamagedHeld) = _held is null ? (false, false) : (blocks.IsJoined, blocks.IsBehindDamage);
    }
}
