using System.Buffers.Binary;

namespace VoiceClean.Formats.Matroska;

/// <summary>
/// The frames of one track, wherever they stand: no length of a segment or cluster is believed, and behind damage the
/// search goes on at the next block. Source: RFC 9559 §5.1.3, §10.
/// </summary>
internal sealed class MatroskaBlocks
{
    // A frame of FLAC with eight channels has at most some two million bytes; pictures are passed over.
    private const int LargestBlock = 4 << 20, BlockHeadBytes = 11;

    // 18 hours are what is decoded at most; this is some years [ns].
    private const long LongestTime = 1L << 56;

    // Tags of other formats that somebody put behind a file.
    private const int MostTrailing = 128;

    private readonly Stream _stream;
    private readonly (MatroskaHeader Header, MatroskaTrack Track) _first;
    private readonly ByteWindow _window;
    private readonly MatroskaFrames _frames = new();
    private MatroskaHeader _header;
    private MatroskaTrack _track;
    private long _clusterTicks, _time, _discard;
    private bool _lost, _ended, _isOther, _endsInside;

    /// <param name="stream">Readable and seekable; not owned.</param>
    /// <param name="header">Of the file.</param>
    /// <param name="track">One of its tracks.</param>
    public MatroskaBlocks(Stream stream, MatroskaHeader header, MatroskaTrack track)
    {
        _stream = stream;
        _first = (header, track);
        (_header, _track) = _first;
        _window = new ByteWindow(stream, header.Start);
    }

    /// <summary>The track that the frame belongs to, of the file where it stands.</summary>
    public MatroskaTrack Track => _track;

    /// <summary>The frame read last.</summary>
    public ReadOnlySpan<byte> Frame => _frames.Frame;

    /// <summary>When it begins [ns]; null for one that shares the block of the frame before.</summary>
    public long? Time { get; private set; }

    /// <summary>What of its end is no sound [ns].</summary>
    public long Discard { get; private set; }

    /// <summary>True if bytes before it are damaged or missing.</summary>
    public bool IsBehindDamage { get; private set; }

    /// <summary>True for the first frame of a file that was joined on.</summary>
    public bool IsJoined { get; private set; }

    /// <summary>True once the file has ended inside something, or in damage.</summary>
    public bool IsCut => _header.IsCut || _endsInside;

    /// <summary>Where a file was joined on whose sound cannot follow [byte]; null = none was.</summary>
    public long? Foreign { get; private set; }

    /// <summary>Goes back to the beginning.</summary>
    public void Restart()
    {
        _window.MoveTo(_first.Header.Start);
        _frames.Clear();
        (_header, _track) = _first;
        (_lost, _ended, _isOther, _endsInside, Foreign) = (false, false, false, false, null);
    }

    /// <summary>Reads the next frame; false at the end.</summary>
    public bool Next()
    {
        (IsBehindDamage, IsJoined) = (false, false);
        if (_frames.HasMore)
        {
            Take(null);
            return true;
        }

        while (!_ended && Foreign is null)
        {
            ReadOnlySpan<byte> head = _window.Peek(EbmlElements.HeadBytes);
            if (head.IsEmpty)
            {
                break;
            }

            bool isKnown =
                EbmlElements.TryParse(head, out uint id, out long size, out int skip) && MatroskaIds.IsKnown(id);
            if (!isKnown || (size > _stream.Length - _window.Position - skip && id != MatroskaIds.Segment))
            {
                Search(isKnown);
            }
            else if (Enter(id, size, skip))
            {
                Take(_time);
                return true;
            }
        }

        _ended = true;
        return false;
    }

    private void Take(long? time)
    {
        bool isLast = _frames.Take(_track.Stripped);
        Time = time;
        Discard = isLast ? _discard : 0;
        if (time is not null)
        {
            (IsBehindDamage, IsJoined) = (_lost, _isOther);
            (_lost, _isOther) = (false, false);
        }
    }

    /// <summary>Goes into an element or past it; true if it was a block of the track.</summary>
    private bool Enter(uint id, long size, int skip)
    {
        long start = _window.Position;
        switch (id)
        {
            case MatroskaIds.Segment when start > _first.Header.Start:
                Join(start);
                break;
            case MatroskaIds.Segment or MatroskaIds.Cluster:
                _window.Skip(skip);
                break;
            case MatroskaIds.ClusterTime:
                _window.Skip(skip);
                _clusterTicks = EbmlElements.Number(_window.Peek((int)Math.Clamp(size, 0, 8)));
                _window.Skip(Math.Max(0, size));
                break;
            case MatroskaIds.SimpleBlock when size >= 0:
                _discard = 0;
                _window.Skip(skip);
                return ReadBlock(_window.Position, size, start + skip + size);
            case MatroskaIds.Group when size >= 0:
                _window.Skip(skip);
                return ReadGroup(start + skip, start + skip + size);
            default:
                // Nothing else may leave its length open.
                if (size < 0)
                {
                    Search(isCut: false);
                }
                else
                {
                    _window.Skip(skip + size);
                }

                break;
        }

        return false;
    }

    private bool ReadGroup(long start, long end)
    {
        _lost |= !MatroskaGroup.Read(_window, start, end, out (long Start, long Size)? block, out _discard);
        if (block is { } found)
        {
            return ReadBlock(found.Start, found.Size, end);
        }

        _window.MoveTo(end);
        return false;
    }

    private bool ReadBlock(long start, long size, long end)
    {
        _window.MoveTo(start);
        ReadOnlySpan<byte> head = _window.Peek((int)Math.Min(size, BlockHeadBytes));
        int markLength = EbmlElements.TryParseNumber(head, out long mark);
        if (markLength == 0 || head.Length < markLength + 3)
        {
            _lost = true;
            _window.MoveTo(end);
            return false;
        }

        if (mark != _track.Mark || size > LargestBlock)
        {
            _lost |= mark == _track.Mark;
            _window.MoveTo(end);
            return false;
        }

        long most = LongestTime / _header.Tick;
        long ticks = Math.Clamp(_clusterTicks, 0, most) + BinaryPrimitives.ReadInt16BigEndian(head[markLength..]);
        int flags = head[markLength + 2];
        _time = ticks * _header.Tick;
        _window.Skip(markLength + 3);
        int length = (int)size - markLength - 3;
        ReadOnlySpan<byte> content = _window.Peek(length);
        _lost |= !_frames.Load(content, flags, _track.Stripped.Length) || content.Length < length;
        _window.MoveTo(end);
        return _frames.HasMore;
    }

    /// <summary>Another file begins: its track of the same number follows if it is of the same kind.</summary>
    private void Join(long start)
    {
        var next = MatroskaHeader.Read(_stream, start);
        int place = _track.About.Number - 1;
        if (next.Start == 0 || next.AudioTracks.Count <= place || !next.AudioTracks[place].IsLike(_track))
        {
            Foreign = start;
            return;
        }

        _endsInside |= _header.IsCut;
        (_header, _track, _isOther) = (next, next.AudioTracks[place], true);
        _window.MoveTo(next.Start);
    }

    /// <summary>Looks for the next cluster or block behind damaged bytes.</summary>
    /// <param name="isCut">True if what begins here is known, but longer than the file.</param>
    private void Search(bool isCut)
    {
        long begun = _window.Position;
        _lost = true;
        if (!MatroskaSearch.Next(_window, _stream.Length))
        {
            // What follows the end is no sound, nor are a few bytes where none is declared.
            long end = _header.End ?? begun + MostTrailing;
            _endsInside |= isCut || (begun < end && _stream.Length > end);
            Foreign = JoinedFile.IsAt(_stream, begun) ? begun : null;
            _ended = true;
        }
    }
}
