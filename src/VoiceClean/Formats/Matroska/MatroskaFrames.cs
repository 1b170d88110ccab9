namespace VoiceClean.Formats.Matroska;

/// <summary>The frames of one block, and the one of them that was taken last.</summary>
internal sealed class MatroskaFrames
{
    private readonly List<(int Start, int Length)> _places = [];
    private byte[] _bytes = new byte[4096];
    private int _next, _length, _block;

    /// <summary>The frame taken last.</summary>
    public ReadOnlySpan<byte> Frame => _bytes.AsSpan(0, _length);

    /// <summary>True if there are frames that were not taken.</summary>
    public bool HasMore => _next < _places.Count;

    /// <summary>Forgets them.</summary>
    public void Clear() => _places.Clear();

    /// <summary>Takes a block over; false if it contradicts itself.</summary>
    /// <param name="content">Behind its flags.</param>
    /// <param name="flags">Of the block.</param>
    /// <param name="stripped">Bytes that will come in front of each frame.</param>
    public bool Load(ReadOnlySpan<byte> content, int flags, int stripped)
    {
        bool isGood = MatroskaLaces.Split(content, flags, _places);
        _next = 0;

        // In front of it there is room for its longest frame.
        _block = stripped + content.Length;
        if (_block + content.Length > _bytes.Length)
        {
            _bytes = new byte[2 * (_block + content.Length)];
        }

        content.CopyTo(_bytes.AsSpan(_block));
        return isGood;
    }

    /// <summary>Takes the next frame; true if it is the last.</summary>
    /// <param name="stripped">What comes in front of it.</param>
    public bool Take(ReadOnlySpan<byte> stripped)
    {
        (int start, int length) = _places[_next++];
        _length = stripped.Length + length;
        stripped.CopyTo(_bytes);
        _bytes.AsSpan(_block + start, length).CopyTo(_bytes.AsSpan(stripped.Length));
        return !HasMore;
    }
}
