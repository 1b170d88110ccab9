using System.Buffers.Binary;

namespace VoiceClean.Formats.Ogg;

/// <summary>
/// The packets of an Ogg file, one after the other: of its first logical stream, and of those that are chained behind
/// it. Pages whose checksum is wrong are passed over, and what is missing is said. Source: RFC 3533 §6.
/// </summary>
/// <param name="stream">Readable and seekable; not owned.</param>
/// <param name="start">Where the first page begins [byte].</param>
internal sealed class OggPackets(Stream stream, long start) : IPackets
{
    private const int HeaderBytes = 27, LargestPage = 27 + 255 + 255 * 255;

    // Comments with a cover picture; sound packets have at most some ten thousand bytes.
    private const int LargestPacket = 16 << 20;

    private const byte Continued = 1, BeginOfStream = 2, EndOfStream = 4;

    private readonly ByteWindow _window = new(stream, start, 2 * LargestPage);
    private readonly byte[] _page = new byte[LargestPage];
    private byte[] _packet = new byte[4096];
    private int _length;                   // of the packet
    private int _segment, _segments, _body;
    private uint _serial, _sequence;
    private bool _hasSerial, _hasSound, _hasEnd, _complete = true, _lost;

    /// <summary>The packet read last.</summary>
    public ReadOnlySpan<byte> Packet => _packet.AsSpan(0, _length);

    /// <summary>
    /// The position that the page states on which the packet ends, if it is the last that ends there; −1 otherwise.
    /// </summary>
    public long Granule { get; private set; }

    /// <summary>True for the first packet of a logical stream.</summary>
    public bool IsFirst { get; private set; }

    /// <summary>True for the last packet of a logical stream that says so.</summary>
    public bool IsLast { get; private set; }

    /// <summary>True if pages or parts of packets before this packet are missing.</summary>
    public bool IsBehindGap { get; private set; }

    /// <summary>True once the file has ended inside a page or a packet.</summary>
    public bool IsCut { get; private set; }

    /// <summary>True if the last page of the stream so far is not marked as its end, or the file ended inside
    /// one.</summary>
    public bool EndsOpen => IsCut || !_hasEnd;

    /// <summary>True once a page of a stream beside it was met.</summary>
    public bool HasOthers { get; private set; }

    /// <summary>Where the page begins on which the packet ends [byte].</summary>
    public long PageStart { get; private set; }

    /// <inheritdoc/>
    public long Place => PageStart;

    /// <summary>Reads the next packet; false at the end of the file.</summary>
    public bool Next()
    {
        if (_complete)
        {
            _length = 0;
            _complete = false;
        }

        while (true)
        {
            while (_segment < _segments)
            {
                int size = _page[HeaderBytes + _segment++];
                Append(_page.AsSpan(_body, size));
                _body += size;
                if (size < 255)
                {
                    FinishPacket();
                    return true;
                }
            }

            if (!ReadPage())
            {
                IsCut |= _length > 0;
                return false;
            }
        }
    }

    private void Append(ReadOnlySpan<byte> part)
    {
        if (_length + part.Length > LargestPacket)
        {
            _lost = true;
            _length = 0;
        }

        if (_length + part.Length > _packet.Length)
        {
            Array.Resize(ref _packet, Math.Max(2 * _packet.Length, _length + part.Length));
        }

        part.CopyTo(_packet.AsSpan(_length));
        _length += part.Length;
    }

    private void FinishPacket()
    {
        _complete = true;
        bool isLastHere = true;
        for (int i = _segment; i < _segments; i++)
        {
            isLastHere &= _page[HeaderBytes + i] == 255;
        }

        Granule = isLastHere ? BinaryPrimitives.ReadInt64LittleEndian(_page.AsSpan(6)) : -1;
        IsFirst = (_page[5] & BeginOfStream) != 0;
        IsLast = isLastHere && (_page[5] & EndOfStream) != 0;
        _hasSound |= !IsFirst;
        IsBehindGap = _lost;
        _lost = false;
    }

    /// <summary>Reads the next page of the stream that is followed; false at the end of the file.</summary>
    private bool ReadPage()
    {
        while (true)
        {
            ReadOnlySpan<byte> bytes = _window.Peek(LargestPage);
            if (bytes.Length < HeaderBytes)
            {
                return false;
            }

            int length = PageLength(bytes);
            if (length < 0)
            {
                _lost |= _hasSerial;
                SkipToNextPage(bytes);
                continue;
            }

            PageStart = _window.Position;
            bytes[..length].CopyTo(_page);
            _window.Skip(length);
            if (Follow())
            {
                return true;
            }
        }
    }

    /// <summary>Length of the page that begins here [byte]; −1 if none does, or a damaged one.</summary>
    private int PageLength(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith("OggS"u8) || bytes[4] != 0)
        {
            return -1;
        }

        int segments = bytes[26], length = HeaderBytes + segments;
        if (bytes.Length >= length)
        {
            foreach (byte size in bytes.Slice(HeaderBytes, segments))
            {
                length += size;
            }
        }

        if (bytes.Length < length)
        {
            IsCut = true;
            return -1;
        }

        return OggChecksum.Of(bytes[..length]) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[22..]) ? length : -1;
    }

    private void SkipToNextPage(ReadOnlySpan<byte> bytes)
    {
        int next = bytes[1..].IndexOf("OggS"u8);
        _window.Skip(next >= 0 ? next + 1 : bytes.Length < LargestPage ? bytes.Length : bytes.Length - 3);
    }

    /// <summary>Takes the page if it belongs to the stream, or begins one that is chained behind it.</summary>
    private bool Follow()
    {
        byte flags = _page[5];
        uint serial = BinaryPrimitives.ReadUInt32LittleEndian(_page.AsSpan(14));
        uint sequence = BinaryPrimitives.ReadUInt32LittleEndian(_page.AsSpan(18));
        if ((flags & BeginOfStream) != 0 && (!_hasSerial || _hasSound))
        {
            (_hasSerial, _hasSound, _serial, _sequence) = (true, false, serial, sequence);
            _length = 0;
        }
        else if (!_hasSerial || serial != _serial)
        {
            HasOthers = true;
            return false;
        }

        if (sequence != _sequence)
        {
            _lost = true;
        }

        _sequence = sequence + 1;
        _hasEnd = (flags & EndOfStream) != 0;
        (_segment, _segments) = (0, _page[26]);
        _body = HeaderBytes + _segments;
        bool continues = (flags & Continued) != 0;
        if (_length > 0 && (_lost || !continues))
        {
            _lost = true;
            _length = 0;
        }

        if (continues && _length == 0)
        {
            SkipRestOfPacket();
        }

        return true;
    }

    /// <summary>Passes over the end of a packet whose beginning is missing.</summary>
    private void SkipRestOfPacket()
    {
        _lost = true;
        while (_segment < _segments)
        {
            int size = _page[HeaderBytes + _segment++];
            _body += size;
            if (size < 255)
            {
                break;
            }
        }
    }
}
