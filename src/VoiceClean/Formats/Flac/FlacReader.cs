using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Flac;

/// <summary>
/// Streams the samples of a FLAC file. Where frames are missing or damaged, silence stands in their place, so that all
/// that follows stays where it was, and a warning says where and how long.
/// </summary>
internal sealed class FlacReader : IAudioReader, IGapReader
{
    private readonly Stream _stream;
    private readonly FlacStreamInfo _info;
    private readonly IFlacFrames _frames;
    private readonly FlacFrameDecoder _decoder;
    private readonly GapList _gaps;
    private readonly float _scale;
    private long _position;                // [sample per channel] of what was delivered
    private long _shift;                   // what is added to the numbers of a joined file
    private long _silence;                 // still to be delivered before the frame
    private int _next;                     // of the frame, not delivered yet
    private bool _hasFrame, _ended;

    /// <param name="stream">Owned and disposed of.</param>
    /// <param name="info">What the header says.</param>
    /// <param name="frames">Where the frames come from.</param>
    /// <param name="container">"flac" or "ogg".</param>
    public FlacReader(Stream stream, FlacStreamInfo info, IFlacFrames frames, string container)
    {
        _stream = stream;
        _info = info;
        _frames = frames;
        _decoder = new FlacFrameDecoder(info);
        _gaps = new GapList(info.SampleRate);
        _scale = 1f / (1L << (info.BitDepth - 1));
        Format = new AudioFormat(info.SampleRate, info.Channels)
        {
            Container = container,
            Decoder = "flac",
            BitDepth = info.BitDepth,
            SpeakerMask = ChannelPlaces.MaskOf("flac", info.Channels),
        };
    }

    /// <inheritdoc/>
    public AudioFormat Format { get; }

    /// <inheritdoc/>
    public long? SampleCount => _info.Frames > 0 ? _info.Frames * _info.Channels : null;

    /// <inheritdoc/>
    public IReadOnlyList<Gap> Gaps => _gaps.Places;

    /// <inheritdoc/>
    public IReadOnlyList<Warning> Warnings =>
        _frames.ForeignAt is { } place ? [.. _gaps.Warnings, JoinedFile.NotRead(place)] : _gaps.Warnings;

    /// <inheritdoc/>
    public int Read(Span<float> interleaved)
    {
        int wanted = interleaved.Length / Format.Channels;
        ArgumentOutOfRangeException.ThrowIfZero(wanted, nameof(interleaved));
        if (!_hasFrame && !TryNext())
        {
            return 0;
        }

        int count;
        if (_silence > 0)
        {
            count = (int)Math.Min(_silence, wanted);
            interleaved[..(count * Format.Channels)].Clear();
            _silence -= count;
        }
        else
        {
            count = Math.Min(_decoder.Header.Block - _next, wanted);
            Deliver(interleaved, count);
            _next += count;
            _hasFrame = _next < _decoder.Header.Block;
        }

        _position += count;
        return count * Format.Channels;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private bool TryNext()
    {
        if (_ended)
        {
            return false;
        }

        if (!_frames.Next(_decoder))
        {
            _ended = true;
            _gaps.End(_position, _info.Frames);
            return false;
        }

        FlacFrameHeader header = _decoder.Header;
        long first = _shift + header.Number * (header.Varies ? 1 : _info.MostBlock);
        long missing = first - _position;
        if (missing < 0 || missing > LargestGap())
        {
            // A joined file counts from 0 again; a number that cannot be is worth nothing.
            _shift -= missing;
            missing = 0;
        }

        if (missing > 0 || _frames.IsBehindDamage)
        {
            _gaps.Add(_position, missing);
        }

        (_silence, _next, _hasFrame) = (missing, 0, true);
        return true;
    }

    /// <summary>No gap leads beyond the declared end; without one, ten minutes are the most that is believed.</summary>
    private long LargestGap() =>
        _info.Frames > 0
            ? Math.Max(0, _info.Frames - _position - _decoder.Header.Block)
            : 600L * _info.SampleRate;

    private void Deliver(Span<float> interleaved, int count)
    {
        for (int channel = 0; channel < Format.Channels; channel++)
        {
            ReadOnlySpan<int> samples = _decoder.Channel(channel).Slice(_next, count);
            for (int i = 0, at = channel; i < samples.Length; i++, at += Format.Channels)
            {
                interleaved[at] = samples[i] * _scale;
            }
        }
    }
}
