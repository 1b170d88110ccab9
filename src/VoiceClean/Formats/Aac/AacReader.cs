using System.Globalization;
using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Aac;

/// <summary>
/// Streams the samples of an AAC track. A frame that cannot be read becomes silence of its length, with a warning.
/// </summary>
internal sealed class AacReader : IAudioReader, IGapReader
{
    private readonly Stream _stream;
    private readonly IAacFrames _frames;
    private readonly AacFrameDecoder _decoder;
    private readonly GapList _gaps;
    private readonly float[] _samples;
    private readonly long _declared;
    private long _skip, _left, _position;
    private long? _extended;               // where the first frame of HE-AAC stands
    private int _at, _end, _lost;
    private bool _hasFrame, _ended;

    /// <param name="stream">Owned and disposed of.</param>
    /// <param name="config">Rate and channels.</param>
    /// <param name="decoder">Of such a stream, at its beginning.</param>
    /// <param name="frames">Where the frames come from, at their beginning.</param>
    /// <param name="container">"m4a", "mp4", "aac" …</param>
    /// <param name="part">Samples per channel to leave out at the start, and how many follow (null = all).</param>
    public AacReader(
        Stream stream,
        AacConfig config,
        AacFrameDecoder decoder,
        IAacFrames frames,
        string container,
        (long Start, long? Length) part)
    {
        _stream = stream;
        _frames = frames;
        _decoder = decoder;
        _gaps = new GapList(config.SampleRate);
        _samples = new float[AacFilterBank.Frame * config.Channels];
        _skip = part.Start;
        _declared = part.Length ?? 0;
        _left = part.Length ?? long.MaxValue;
        SampleCount = part.Length * config.Channels;
        Format = new AudioFormat(config.SampleRate, config.Channels)
        {
            Container = container,
            Decoder = "aac",
            SpeakerMask = config.Channels == 1 ? 4u : 3u,
        };
    }

    /// <inheritdoc/>
    public AudioFormat Format { get; }

    /// <inheritdoc/>
    public long? SampleCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Gap> Gaps => _gaps.Places;

    /// <inheritdoc/>
    public IReadOnlyList<Warning> Warnings
    {
        get
        {
            List<Warning> warnings = [.. _gaps.Warnings, .. Known];
            if (_frames.ForeignAt is { } place)
            {
                warnings.Add(JoinedFile.NotRead(place));
            }

            if (_frames.IsCut)
            {
                warnings.Add(GapList.EndsWithinFrame((double)AacFilterBank.Frame / Format.SampleRate));
            }

            if (_extended is { } position)
            {
                warnings.Add(HalfBand((double)position / Format.SampleRate));
            }

            return warnings;
        }
    }

    /// <summary>What is known of the file before it is read.</summary>
    public IReadOnlyList<Warning> Known { get; init; } = [];

    /// <summary>
    /// Samples per channel of the frames that an index lists, which counts where no length is declared; 0 = none does.
    /// </summary>
    public long Listed { get; init; }

    /// <inheritdoc/>
    public int Read(Span<float> interleaved)
    {
        int channels = Format.Channels, wanted = interleaved.Length / channels * channels, done = 0;
        ArgumentOutOfRangeException.ThrowIfZero(wanted, nameof(interleaved));
        while (done < wanted)
        {
            if (_at < _end)
            {
                int count = Math.Min(wanted - done, _end - _at);
                _samples.AsSpan(_at, count).CopyTo(interleaved[done..]);
                (_at, done) = (_at + count, done + count);
                continue;
            }

            // Where a whole frame has room and all of it counts, it needs no place of its own.
            bool isDirect = wanted - done >= _samples.Length && _skip == 0 && _left >= AacFilterBank.Frame;
            if (!Decode(isDirect ? interleaved.Slice(done, _samples.Length) : _samples))
            {
                break;
            }

            if (isDirect)
            {
                done += _samples.Length;
                _at = _end;
            }
        }

        return done;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private bool Decode(Span<float> samples)
    {
        if (_left == 0 || (!_hasFrame && !Next()))
        {
            End();
            return false;
        }

        bool isBad = _lost > 0;
        if (isBad)
        {
            _lost--;
            samples.Clear();
        }
        else
        {
            AacFrameResult result = _decoder.Decode(_frames.Frame, samples);
            isBad = result is AacFrameResult.Bad or AacFrameResult.Unsupported;
            _extended ??= result == AacFrameResult.Extended ? _position : null;
            _hasFrame = false;
        }

        int skip = (int)Math.Min(_skip, AacFilterBank.Frame);
        int count = (int)Math.Min(AacFilterBank.Frame - skip, _left);
        if (isBad)
        {
            _gaps.Add(_position, count);
        }

        _skip -= skip;
        _left -= count;
        _position += count;
        (_at, _end) = (skip * Format.Channels, (skip + count) * Format.Channels);
        return true;
    }

    private bool Next()
    {
        _hasFrame = !_ended && _frames.Next();
        if (_hasFrame && _frames.LostBefore is { } lost)
        {
            _lost = lost;
            if (lost == 0)
            {
                _gaps.Add(_position, 0);
            }
        }

        return _hasFrame;
    }

    private static Warning HalfBand(double seconds) => new(
        WarningCodes.NarrowBand,
        string.Create(
            CultureInfo.InvariantCulture,
            $"From {seconds:0.000} s on the sound is HE-AAC, of which the upper half of the band is missing; convert "
                + $"the file with ffmpeg first."));

    private void End()
    {
        if (!_ended)
        {
            _ended = true;
            _gaps.End(_position, _declared > 0 ? _declared : Listed);
        }
    }
}
