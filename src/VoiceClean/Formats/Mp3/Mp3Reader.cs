using NLayer;
using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Mp3;

/// <summary>
/// Streams an MP3 through NLayer's decoder of single frames. Which frames there are and what belongs to them is our own
/// walk's business; a frame that cannot be decoded becomes silence of its length.
/// </summary>
internal sealed class Mp3Reader : IAudioReader, IGapReader
{
    private readonly Stream _stream;
    private readonly MpegStream _found;
    private readonly MpegWalker _walker;
    private readonly MpegFrameDecoder _decoder = new();
    private readonly LayerFrame _frame = new();
    private readonly GapList _gaps;
    private readonly float[] _samples = new float[2 * 1152];
    private long _skip, _left, _position;
    private int _at, _end, _hole, _lost;
    private bool _hasFrame;

    /// <param name="stream">Owned and disposed of.</param>
    /// <param name="found">What was counted in it.</param>
    public Mp3Reader(Stream stream, MpegStream found)
    {
        _stream = stream;
        _found = found;
        _walker = new MpegWalker(stream, found.Start, found.First);
        _gaps = new GapList(found.First.SampleRate);
        (_skip, _left) = (found.Delay, found.Samples);
        SampleCount = found.Samples * found.First.Channels;
        Format = new AudioFormat(found.First.SampleRate, found.First.Channels)
        {
            Container = "mp3",
            Decoder = "mp3",
            SpeakerMask = ChannelPlaces.MaskOf("opus", found.First.Channels),
        };
    }

    /// <inheritdoc/>
    public AudioFormat Format { get; }

    /// <inheritdoc/>
    public long? SampleCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Gap> Gaps => _gaps.Places;

    /// <inheritdoc/>
    public IReadOnlyList<Warning> Warnings => [.. _found.Warnings, .. _gaps.Warnings];

    /// <inheritdoc/>
    public int Read(Span<float> interleaved)
    {
        int wanted = interleaved.Length / Format.Channels * Format.Channels;
        ArgumentOutOfRangeException.ThrowIfZero(wanted, nameof(interleaved));
        while (_at == _end)
        {
            if (_left == 0 || (!_hasFrame && !Next()))
            {
                return 0;
            }

            Decode();
        }

        int count = Math.Min(wanted, _end - _at);
        _samples.AsSpan(_at, count).CopyTo(interleaved);
        _at += count;
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private bool Next()
    {
        _hasFrame = _walker.Next();
        if (_hasFrame && _walker.SkippedBytes > 0 && _hole < _found.Holes.Count)
        {
            _lost = _found.Holes[_hole++];
            _gaps.Add(_position, 0);
            _decoder.Reset();          // what follows refers to bits that are gone
        }

        return _hasFrame;
    }

    private void Decode()
    {
        int length = _walker.Header.Samples, channels = Format.Channels;
        bool isLost = _lost > 0;
        _lost -= isLost ? 1 : 0;
        _hasFrame = isLost;
        bool isBad = isLost || !TryDecode();
        if (isBad)
        {
            _samples.AsSpan(0, length * channels).Clear();
        }

        int skip = (int)Math.Min(_skip, length);
        int count = (int)Math.Min(length - skip, _left);
        if (isBad)
        {
            _gaps.Add(_position, count);
        }

        _skip -= skip;
        _left -= count;
        _position += count;
        (_at, _end) = (skip * channels, (skip + count) * channels);
    }

    private bool TryDecode()
    {
        try
        {
            _frame.Set(_walker.Frame, _walker.Header);
            int count = _decoder.DecodeFrame(_frame, _samples.AsSpan());
            int channels = _walker.Header.Channels;
            if (count != _walker.Header.Samples * channels)
            {
                // A stream that was cut in front refers to frames that are not there: silence, but no damage.
                _samples.AsSpan().Clear();
            }

            Match(channels, _walker.Header.Samples);
            return true;
        }
#pragma warning disable CA1031 // Whatever another project's decoder throws for damaged bytes.
        catch (Exception e) when (e is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            _decoder.Reset();
            return false;
        }
    }

    /// <summary>Frames may change between mono and stereo; the reader does not.</summary>
    private void Match(int channels, int length)
    {
        if (channels == 1 && Format.Channels == 2)
        {
            for (int i = length - 1; i >= 0; i--)
            {
                (_samples[2 * i], _samples[2 * i + 1]) = (_samples[i], _samples[i]);
            }
        }
        else if (channels == 2 && Format.Channels == 1)
        {
            for (int i = 0; i < length; i++)
            {
                _samples[i] = 0.5f * (_samples[2 * i] + _samples[2 * i + 1]);
            }
        }
    }
}
