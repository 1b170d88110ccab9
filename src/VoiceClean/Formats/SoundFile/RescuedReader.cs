using System.Globalization;
using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Formats.Ffmpeg;
using VoiceClean.Formats.Mp3;

namespace VoiceClean.Formats.SoundFile;

/// <summary>
/// libsndfile stops at some kinds of damage without an error. When fewer samples came than the file declares,
/// ffmpeg decodes it again, and what it finds behind the samples already delivered is delivered as well.
/// </summary>
internal sealed class RescuedReader : IAudioReader, IGapReader, IAbortable
{
    private const int BlockFrames = 4096;

    private readonly SoundFileReader _first;
    private readonly MpegStream? _frames;
    private readonly Stream _stream;
    private readonly ContentType _type;
    private readonly DecodeLimits _limits;
    private readonly List<Warning> _warnings = [];
    private readonly List<Gap> _gaps = [];
    private readonly double _excess;
    private readonly (long Bytes, double Share) _behind;
    private FfmpegReader? _second;
    private long _delivered;
    private bool _ended;

    /// <param name="stream">Owned and disposed of unless this throws.</param>
    /// <param name="type">What it holds.</param>
    /// <param name="limits">What may at most be decoded.</param>
    /// <param name="frames">What was counted in an MP3 file; null for everything else.</param>
    public RescuedReader(Stream stream, ContentType type, DecodeLimits limits, MpegStream? frames)
    {
        _frames = frames;
        _excess = DeclaredData.Excess(stream, Id3Tag.Skip(stream), type.Container);
        _behind = DeclaredData.Behind(stream, Id3Tag.Skip(stream), type.Container);
        stream.Position = 0;
        if (_frames is not null)
        {
            _warnings.AddRange(_frames.Warnings);
        }

        _first = new SoundFileReader(stream, type, limits, _frames);
        _stream = stream;
        _type = type;
        _limits = limits;
    }

    public AudioFormat Format => _first.Format;

    public long? SampleCount => _first.SampleCount;

    public IReadOnlyList<Warning> Warnings => [.. _first.Warnings, .. _warnings, .. _second?.Warnings ?? []];

    public IReadOnlyList<Gap> Gaps => [.. _gaps, .. _second?.Gaps ?? []];

    public int Read(Span<float> interleaved)
    {
        if (_ended)
        {
            return 0;
        }

        int count = _second is null ? _first.Read(interleaved) : _second.Read(interleaved);
        if (count == 0 && _second is null && IsShort())
        {
            count = Rescue(interleaved);
        }

        _delivered += count / Format.Channels;
        _ended = count == 0;
        if (_ended)
        {
            SayWhatIsMissing();
        }

        return count;
    }

    public void Abort() => _second?.Abort();

    public void Dispose()
    {
        _first.Dispose();
        _second?.Dispose();
    }

    private void SayWhatIsMissing()
    {
        if (_second is null && ContainerEnd.OfJoined(_stream) is { } place)
        {
            _warnings.Add(JoinedFile.NotReached(place));
        }

        if (_behind.Bytes > 0)
        {
            double seconds = _behind.Share * _delivered / Format.SampleRate;
            _warnings.Add(
                new Warning(
                    WarningCodes.MalformedHeader,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Counted.Of(_behind.Bytes, "byte")} behind the declared end of the samples "
                            + $"({seconds:0.000} s, if they are samples) are ignored.")));
        }

        if (_excess > 1 && !_warnings.Exists(w => w.Code == WarningCodes.Truncated))
        {
            double seconds = (double)_delivered / Format.SampleRate;
            _warnings.Add(
                new Warning(
                    WarningCodes.Truncated,
                    FormattableString.Invariant(
                        $"The file ends after {seconds:0.000} s where it declares {seconds * _excess:0.000} s.")));
        }
    }

    // A decoder of a stream that was cut in front delivers nothing for its first two frames, which refer to others.
    private bool IsShort() =>
        _first.Frames is { } frames && _delivered < frames - (_type.Container == "mp3" ? 2 * 1152 : 0);

    private int Rescue(Span<float> interleaved)
    {
        double stopped = (double)_delivered / Format.SampleRate,
            promised = (double)_first.Frames!.Value / Format.SampleRate;
        int count = TryOpenSecond() ? SkipDelivered(interleaved) : 0;
        if (count == 0 && _warnings.Any(w => w.Code == WarningCodes.Truncated))
        {
            return 0;                   // said at opening, from the count of the frames
        }

        if (count > 0)
        {
            _gaps.Add(new Gap(_delivered, 0));
        }

        _warnings.Add(
            count > 0
                ? new Warning(
                    WarningCodes.DamagedData,
                    FormattableString.Invariant(
                        $"The file is damaged {stopped:0.000} s from its start; ffmpeg decoded the rest."))
                : new Warning(
                    WarningCodes.Truncated,
                    FormattableString.Invariant(
                        $"The file ends after {stopped:0.000} s where it declares {promised:0.000} s.")));
        return count;
    }

    private bool TryOpenSecond()
    {
        if (FfmpegProgram.Path is not { } program)
        {
            return false;
        }

        try
        {
            _second = new FfmpegReader(program, _stream, _type, _limits);
            return _second.Format.SampleRate == Format.SampleRate && _second.Format.Channels == Format.Channels;
        }
        catch (InputException)
        {
            return false;      // what libsndfile delivered is all there is
        }
    }

    private int SkipDelivered(Span<float> interleaved)
    {
        float[] block = new float[BlockFrames * Format.Channels];
        for (long left = _delivered * Format.Channels; left > 0;)
        {
            int count = _second!.Read(block.AsSpan(0, (int)Math.Min(block.Length, left)));
            if (count == 0)
            {
                return 0;
            }

            left -= count;
        }

        return _second!.Read(interleaved);
    }
}
