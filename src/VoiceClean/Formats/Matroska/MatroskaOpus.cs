using VoiceClean.Formats.Opus;

namespace VoiceClean.Formats.Matroska;

/// <summary>
/// The packets of an Opus track, with positions as Ogg would state them: silence where times leave room
/// for it, and the end of the sound where a block says what of it is none. The head comes only where another file was
/// joined on. Source: RFC 9559 §5.1.3.5.7 (DiscardPadding).
/// </summary>
/// <param name="blocks">Of the track.</param>
internal sealed class MatroskaOpus(MatroskaBlocks blocks) : IPackets
{
    private const double NanosecondsInSecond = 1e9;

    // Lengths of Opus frames are multiples of it [sample at 48 kHz].
    private const int Grain = 120;

    private MatroskaClock _clock = new(OpusReader.SampleRate);
    private bool _isHeld;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Packet => IsFirst ? blocks.Track.Private : blocks.Frame;

    /// <inheritdoc/>
    public long Granule { get; private set; }

    /// <inheritdoc/>
    public bool IsFirst { get; private set; }

    /// <inheritdoc/>
    public bool IsLast { get; private set; }

    /// <inheritdoc/>
    public bool IsBehindGap => !IsFirst && blocks.IsBehindDamage;

    /// <inheritdoc/>
    public bool EndsOpen => false;         // MatroskaReader says so

    /// <inheritdoc/>
    public bool Next()
    {
        IsFirst = false;
        if (!_isHeld && !blocks.Next())
        {
            return false;
        }

        if (!_isHeld && blocks.IsJoined)
        {
            (_isHeld, IsFirst, Granule) = (true, true, 0);
            _clock = new MatroskaClock(OpusReader.SampleRate);
            return true;
        }

        _isHeld = false;
        int length = OpusPacket.Samples(blocks.Frame);
        long missing = _clock.MissingBefore(blocks, length);
        long discard = (long)(blocks.Discard / NanosecondsInSecond * OpusReader.SampleRate + 0.5);
        Granule += missing / Grain * Grain + length - Math.Min(discard, length);
        IsLast = discard > 0;
        return true;
    }
}
