using System.Runtime.InteropServices;
using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Formats.Ogg;

namespace VoiceClean.Formats.Vorbis;

/// <summary>
/// Streams Vorbis in Ogg through NVorbis, part by part: behind damage a new part begins, and silence stands for what is
/// missing by the file's own positions. Chained streams of the same rate and channels come one after the other.
/// </summary>
internal sealed class VorbisReader : IAudioReader, IGapReader
{
    private const int MostPadding = 2 * 8192;

    private readonly Stream _stream;
    private readonly IPackets _packets;
    private readonly GapList _gaps;
    private readonly List<float> _measured = [];
    private readonly int[]? _order;
    private readonly ChainedChannels _chain;
    private byte[][] _headers;
    private VorbisPart _part;
    private long _position, _delivered, _silence;
    private int _measuredAt;
    private bool _ended;

    /// <param name="stream">Owned and disposed of unless this throws.</param>
    /// <param name="packets">At the beginning.</param>
    /// <param name="last">Declared end [sample per channel]; 0 = unknown.</param>
    /// <exception cref="InputException">The headers are damaged (<c>unsupported_format</c>).</exception>
    public VorbisReader(Stream stream, IPackets packets, long last)
    {
        (_stream, _packets) = (stream, packets);
        _headers = VorbisHeaders.Read(packets, null) ?? throw VorbisHeaders.Damaged();
        _part = VorbisPart.Begin(packets, _headers, null) ?? throw VorbisHeaders.Damaged();
        _gaps = new GapList(_part.SampleRate);
        _order = ChannelPlaces.Of("ogg", [], _part.Channels) is { } places ? ChannelPlaces.Reorder(places) : null;
        SampleCount = last > 0 ? last * _part.Channels : null;
        Format = new AudioFormat(_part.SampleRate, _part.Channels)
        {
            Container = "ogg",
            Decoder = "vorbis",
            SpeakerMask = ChannelPlaces.MaskOf("ogg", _part.Channels),
        };
        _chain = new ChainedChannels(Format);
    }

    public AudioFormat Format { get; }

    public long? SampleCount { get; }
    public IReadOnlyList<Gap> Gaps => _gaps.Places;

    public IReadOnlyList<Warning> Warnings => [.. _gaps.Warnings, .. _chain.Warnings];

    public int Read(Span<float> interleaved)
    {
        int wanted = interleaved.Length / Format.Channels * Format.Channels;
        ArgumentOutOfRangeException.ThrowIfZero(wanted, nameof(interleaved));
        while (!_ended)
        {
            int count = ReadPart(interleaved[..wanted]);
            if (count > 0)
            {
                _delivered += count / Format.Channels;
                if (_order is not null)
                {
                    ChannelPlaces.Apply(_order, interleaved[..count]);
                }

                return count;
            }

            _ended = !NextPart();
            if (_ended && _packets.EndsOpen && !_chain.IsBroken)
            {
                _gaps.EndOpen(_delivered);
            }
        }

        return 0;
    }

    public void Dispose()
    {
        _part.Dispose();
        _stream.Dispose();
    }

    private int ReadPart(Span<float> interleaved)
    {
        if (_silence > 0)
        {
            int silent = (int)Math.Min(_silence * Format.Channels, interleaved.Length);
            interleaved[..silent].Clear();
            _silence -= silent / Format.Channels;
            return silent;
        }

        int count = Math.Min(interleaved.Length, _measured.Count - _measuredAt);
        if (count > 0)
        {
            CollectionsMarshal.AsSpan(_measured).Slice(_measuredAt, count).CopyTo(interleaved);
            _measuredAt += count;
            return count;
        }

        count = Decode(interleaved);
        if (_part.Packets.End is { } end && _position + count / Format.Channels - end is > 0 and <= MostPadding)
        {
            count = (int)Math.Max(0, end - _position) * Format.Channels;       // the rest is padding
        }

        _position += count / Format.Channels;
        return count;
    }

    private int Decode(Span<float> interleaved)
    {
        int channels = _part.Channels, frames = interleaved.Length / Format.Channels;
        if (channels == Format.Channels)
        {
            return DecodeRaw(interleaved);
        }

        Span<float> decoded = _chain.Room(frames * channels);
        int count = DecodeRaw(decoded);
        _chain.Spread(decoded[..count], channels, interleaved);
        return count / channels * Format.Channels;
    }

    private int DecodeRaw(Span<float> interleaved)
    {
        int count = _part.Read(interleaved);
        if (count < 0)
        {
            _gaps.Add(_delivered, 0);
        }

        return Math.Max(0, count);
    }

    /// <summary>Goes on behind a gap, or with the next stream of this rate; false at the end.</summary>
    private bool NextPart()
    {
        while (BeginRest() is { } isFirst)
        {
            if (_part.SampleRate != Format.SampleRate)
            {
                _chain.LeaveOut(_part.Skip());
                continue;
            }

            _chain.Begin(_part.Channels, _delivered);
            if (!isFirst)
            {
                Measure();
            }

            return true;
        }

        return false;
    }

    /// <summary>
    /// Begins what follows: true if it is a stream, false if it goes on behind a gap, null at the end.
    /// </summary>
    private bool? BeginRest()
    {
        (byte[]? rest, bool isFirst) = (_part.Packets.Rest, _part.Packets.IsRestFirst);
        if (rest is null && _packets.Next())       // the decoder gave up in mid-stream
        {
            (rest, isFirst) = (_packets.Packet.ToArray(), _packets.IsFirst);
        }

        if (
            rest is null
            || (isFirst && !TakeHeaders(ref rest))
            || VorbisPart.Begin(_packets, _headers, rest) is not { } part)
        {
            return null;
        }

        _part.Dispose();
        _part = part;
        return isFirst;
    }

    private bool TakeHeaders(ref byte[]? first)
    {
        long place = _packets.Place;
        if (VorbisHeaders.Read(_packets, first) is not { } headers)
        {
            _chain.EndAt(place);
            return false;
        }

        (_headers, first, _position) = (headers, null, 0);
        return true;
    }

    /// <summary>
    /// Decodes up to the first packet whose end has a position, sample by sample, to know where the part begins.
    /// </summary>
    private void Measure()
    {
        _measured.Clear();
        _measuredAt = 0;
        Span<float> one = stackalloc float[64];
        one = one[..Format.Channels];
        int most = 10 * Format.SampleRate, count = 0;
        for (; count < most; count++)
        {
            if (Decode(one) == 0)
            {
                break;
            }

            if (_part.Packets.Anchor is { } anchor && _part.Packets.Count > anchor.Count)
            {
                Place(anchor.Granule - count);
                _measured.AddRange(one);
                _position += count + 1;
                return;
            }

            _measured.AddRange(one);
        }

        if (_part.Packets.Anchor is { } end)
        {
            Place(end.Granule - count);
        }

        _position += count;
    }

    private void Place(long start)
    {
        long missing = start - _position;
        if (missing is > 0 and < int.MaxValue)
        {
            _silence = missing;
            _position = start;
        }

        _gaps.Add(_delivered, _silence);
    }
}
