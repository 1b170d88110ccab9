using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Formats.Ogg;

namespace VoiceClean.Formats.Opus;

/// <summary>
/// Streams Opus in Ogg at 48 kHz through Concentus. What the file lacks by its own positions becomes silence; streams
/// that are chained come one after the other. Source: RFC 7845 §4.
/// </summary>
internal sealed class OpusReader : IAudioReader, IGapReader
{
    /// <summary>The rate at which Opus counts and is decoded here [Hz].</summary>
    public const int SampleRate = 48_000;

    // What positions may leave out at most; beyond it they are damaged.
    private const long LargestGap = 600L * SampleRate;

    private readonly Stream _stream;
    private readonly OpusPages _pages;
    private readonly GapList _gaps = new(SampleRate);
    private readonly float[] _samples;
    private readonly ChainedChannels _chain;
    private readonly int[]? _order;
    private OpusHead _head;
    private OpusCodec _codec;
    private long _position, _delivered;    // in the stream by its own count; of all streams
    private long _skip, _silence, _left;
    private int _packet, _at, _end;
    private bool _isFirstPage = true, _ended;

    /// <param name="stream">Owned and disposed of unless this throws.</param>
    /// <param name="packets">Behind the first packet.</param>
    /// <param name="head">What that says.</param>
    /// <param name="last">Declared end of the last page [sample]; 0 = unknown.</param>
    public OpusReader(Stream stream, IPackets packets, OpusHead head, long last)
    {
        _stream = stream;
        _pages = new OpusPages(packets);
        _head = head;
        _codec = new OpusCodec(head);
        _samples = new float[OpusPacket.MostSamples * head.Channels];
        _skip = head.PreSkip;
        uint[] places = ChannelPlaces.Of("opus", [], head.Channels)!;
        _order = ChannelPlaces.Reorder(places);
        SampleCount = last > head.PreSkip ? (last - head.PreSkip) * head.Channels : null;
        Format = new AudioFormat(SampleRate, head.Channels)
        {
            Container = "opus",
            Decoder = "opus",
            SpeakerMask = ChannelPlaces.MaskOf("opus", head.Channels),
        };
        _chain = new ChainedChannels(Format);
    }

    /// <inheritdoc/>
    public AudioFormat Format { get; }

    /// <inheritdoc/>
    public long? SampleCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Gap> Gaps => _gaps.Places;

    /// <inheritdoc/>
    public IReadOnlyList<Warning> Warnings => [.. _gaps.Warnings, .. _chain.Warnings];

    /// <inheritdoc/>
    public int Read(Span<float> interleaved)
    {
        int wanted = interleaved.Length / Format.Channels;
        ArgumentOutOfRangeException.ThrowIfZero(wanted, nameof(interleaved));
        while (_silence == 0 && _at == _end)
        {
            if (!Advance())
            {
                return 0;
            }
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
            count = Math.Min(wanted, (_end - _at) / Format.Channels);
            _samples.AsSpan(_at, count * Format.Channels).CopyTo(interleaved);
            _at += count * Format.Channels;
        }

        _delivered += count;
        return count * Format.Channels;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _codec.Dispose();
        _stream.Dispose();
    }

    private bool Advance()
    {
        if (_packet < _pages.Count)
        {
            Decode(_pages[_packet++]);
            return true;
        }

        _packet = 0;
        if (_ended || !_pages.Next())
        {
            if (!_ended && _pages.EndsOpen)
            {
                _gaps.EndOpen(_delivered);
            }

            _ended = true;
            return false;
        }

        PlacePage();
        if (_pages.NextHead is { } head && !Begin(head))
        {
            _chain.EndAt(_pages.HeadAt);   // of another codec, or damaged: what is behind it cannot be read
            _ended = true;
        }

        return true;
    }

    /// <summary>Finds out where the page belongs: what is missing before it, and what is too much at its end.</summary>
    private void PlacePage()
    {
        long samples = _pages.Samples;
        _left = samples;
        if (_pages.Granule < 0)
        {
            _position += samples;
            return;
        }

        long start = _pages.Granule - samples;
        if (_isFirstPage && start > 0)
        {
            _position = start;             // the beginning of a longer stream (§4.3)
        }

        _isFirstPage = false;
        long missing = start - _position;
        if (missing is > 0 and <= LargestGap)
        {
            _silence = missing;
            _gaps.Add(_delivered, missing);
        }
        else if (missing < 0 && _pages.IsLast)
        {
            _left = Math.Max(0, samples + missing);
        }

        _position = _pages.Granule;
    }

    private bool Begin(byte[] bytes)
    {
        try
        {
            var head = OpusHead.Parse(bytes);
            _chain.Begin(head.Channels, _delivered);
            _codec.Dispose();
            (_head, _codec) = (head, new OpusCodec(head));
            (_skip, _position, _isFirstPage) = (head.PreSkip, 0, true);
            return true;
        }
        catch (InputException)
        {
            return false;
        }
    }

    private void Decode(ReadOnlySpan<byte> packet)
    {
        int length = OpusPacket.Samples(packet), channels = Format.Channels;
        if (length == 0)
        {
            _gaps.Add(_delivered, 0);
            return;
        }

        Span<float> samples = _samples.AsSpan(0, length * channels);
        if (!TryDecode(packet, samples, length))
        {
            samples.Clear();
            _gaps.Add(_delivered, length);
        }

        int skip = (int)Math.Min(_skip, length), count = (int)Math.Min(length, _left);
        _skip -= skip;
        _left -= count;
        _at = Math.Min(skip, count) * channels;
        _end = count * channels;
        Finish(_samples.AsSpan(_at, _end - _at));
    }

    private bool TryDecode(ReadOnlySpan<byte> packet, Span<float> samples, int length)
    {
        int channels = _head.Channels;
        if (channels == Format.Channels)
        {
            return _codec.TryDecode(packet, samples, length);
        }

        Span<float> decoded = _chain.Room(length * channels);
        bool isWhole = _codec.TryDecode(packet, decoded, length);
        _chain.Spread(decoded, channels, samples);
        return isWhole;
    }

    /// <summary>Gain of the header, and channels in the order of WAVE files.</summary>
    private void Finish(Span<float> samples)
    {
        if (_head.Gain != 1)
        {
            foreach (ref float sample in samples)
            {
                sample *= _head.Gain;
            }
        }

        if (_order is not null)
        {
            ChannelPlaces.Apply(_order, samples);
        }
    }
}
