using VoiceClean.Audio;
using VoiceClean.Dsp.Resampling;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Loading;

/// <summary>Changes the sampling rate of a mono source. At equal rates the samples pass through bit for bit.</summary>
internal sealed class ResamplingReader : IAudioReader
{
    private readonly IAudioReader _source;
    private readonly PolyphaseResampler? _resampler;
    private readonly float[] _block;
    private bool _ended;

    /// <summary>Wraps <paramref name="source"/>, which the reader then owns.</summary>
    /// <param name="source">Mono.</param>
    /// <param name="sampleRate">Wanted rate [Hz], at least 1.</param>
    /// <param name="threads">Threads that may work on it; the samples are the same with any number.</param>
    /// <exception cref="ArgumentException">The source has more than one channel.</exception>
    public ResamplingReader(IAudioReader source, int sampleRate, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        if (source.Format.Channels != 1)
        {
            throw new ArgumentException(
                $"Resampling takes one channel, not {source.Format.Channels}; put a {nameof(MonoReader)} before it.",
                nameof(source));
        }

        _source = source;
        Format = source.Format with { SampleRate = sampleRate };
        if (source.Format.SampleRate == sampleRate)
        {
            _block = [];
            SampleCount = source.SampleCount;
            return;
        }

        _resampler = new PolyphaseResampler(source.Format.SampleRate, sampleRate, threads);
        _block = new float[_resampler.PreferredBlock];
        SampleCount = source.SampleCount is { } count
            ? PolyphaseResampler.OutputLength(count, source.Format.SampleRate, sampleRate)
            : null;
    }

    /// <inheritdoc/>
    public AudioFormat Format { get; }

    /// <inheritdoc/>
    public long? SampleCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Warning> Warnings => _source.Warnings;

    /// <inheritdoc/>
    public int Read(Span<float> interleaved)
    {
        if (_resampler is null)
        {
            return _source.Read(interleaved);
        }

        while (true)
        {
            int count = _resampler.Read(interleaved);
            if (count > 0 || _ended)
            {
                return count;
            }

            int received = _source.Read(_block);
            if (received > 0)
            {
                _resampler.Write(_block.AsSpan(0, received));
            }
            else
            {
                _ended = true;
                _resampler.Finish();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
