using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Formats.Aac;
using VoiceClean.Formats.Wav;

namespace VoiceClean.Formats.Matroska;

/// <summary>
/// A track of plain samples, as recorders of screens and browsers write it. Source: RFC 9559 §5.1.4.1.28,
/// "Matroska Media Container Codec Specifications" (A_PCM). Where blocks are missing, silence takes their place.
/// </summary>
internal sealed class MatroskaPcm : IAudioReader, IGapReader
{
    private readonly Stream _stream;
    private readonly MatroskaBlocks _blocks;
    private readonly SampleCoding _coding;
    private readonly bool _isBigEndian;
    private readonly MatroskaClock _clock;
    private readonly GapList _gaps;
    private byte[] _bytes = [];
    private float[] _samples = [];
    private int _next, _length;
    private long _silence, _delivered;

    /// <param name="stream">Owned and disposed of unless this throws.</param>
    /// <param name="blocks">Of the track.</param>
    /// <param name="track">What the file says of it.</param>
    /// <exception cref="InputException">It is of another coding, or has more than two channels.</exception>
    public MatroskaPcm(Stream stream, MatroskaBlocks blocks, MatroskaTrack track)
    {
        (_coding, _isBigEndian) = (track.About.Codec, track.BitDepth) switch
        {
            ("A_PCM/FLOAT/IEEE", 32) => (SampleCoding.Float32, false),
            ("A_PCM/FLOAT/IEEE", 64) => (SampleCoding.Float64, false),
            ("A_PCM/INT/LIT" or "A_PCM/INT/BIG", 8) => (SampleCoding.Unsigned8, false),
            ("A_PCM/INT/LIT", 16) => (SampleCoding.Signed16, false),
            ("A_PCM/INT/LIT", 24) => (SampleCoding.Signed24, false),
            ("A_PCM/INT/LIT", 32) => (SampleCoding.Signed32, false),
            ("A_PCM/INT/BIG", 16) => (SampleCoding.Signed16, true),
            ("A_PCM/INT/BIG", 24) => (SampleCoding.Signed24, true),
            ("A_PCM/INT/BIG", 32) => (SampleCoding.Signed32, true),
            _ => throw AacConfig.Unsupported("samples of another kind"),
        };
        if (track.Channels is not (1 or 2) || track.SampleRate < 1)
        {
            throw AacConfig.Unsupported("samples of more than two channels, or of no rate");
        }

        (_stream, _blocks) = (stream, blocks);
        (_clock, _gaps) = (new MatroskaClock(track.SampleRate), new GapList(track.SampleRate));
        Format = new AudioFormat(track.SampleRate, track.Channels)
        {
            Container = "mkv",
            Decoder = "pcm",
            BitDepth = track.BitDepth,
            SpeakerMask = track.Channels == 1 ? 4u : 3u,
        };
    }

    /// <inheritdoc/>
    public AudioFormat Format { get; }

    /// <inheritdoc/>
    public long? SampleCount => null;

    /// <inheritdoc/>
    public IReadOnlyList<Warning> Warnings => _gaps.Warnings;

    /// <inheritdoc/>
    public IReadOnlyList<Gap> Gaps => _gaps.Places;

    /// <inheritdoc/>
    public int Read(Span<float> interleaved)
    {
        int most = interleaved.Length / Format.Channels * Format.Channels;
        if (most == 0)
        {
            throw new ArgumentException(
                $"The buffer must hold at least one frame of {Format.Channels} channels.",
                nameof(interleaved));
        }

        while (_silence == 0 && _next == _length)
        {
            if (!_blocks.Next())
            {
                return 0;
            }

            Take();
        }

        int count;
        if (_silence > 0)
        {
            count = (int)Math.Min(most, _silence);
            interleaved[..count].Clear();
            _silence -= count;
        }
        else
        {
            count = Math.Min(most, _length - _next);
            _samples.AsSpan(_next, count).CopyTo(interleaved);
            _next += count;
        }

        _delivered += count / Format.Channels;
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Take()
    {
        int frames = _blocks.Frame.Length / (_coding.Bytes() * Format.Channels);
        (_next, _length) = (0, frames * Format.Channels);
        int bytes = _length * _coding.Bytes();
        if (_bytes.Length < bytes)
        {
            (_bytes, _samples) = (new byte[bytes], new float[_length]);
        }

        long missing = _clock.MissingBefore(_blocks, frames);
        if (missing > 0 || _blocks.IsBehindDamage)
        {
            _gaps.Add(_delivered, missing);
            _silence = missing * Format.Channels;
        }

        _blocks.Frame[..bytes].CopyTo(_bytes);
        SampleConverter.Convert(_bytes.AsSpan(0, bytes), _coding, _isBigEndian, _samples.AsSpan(0, _length));
    }
}
