using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Formats;

/// <summary>Makes one channel of several.</summary>
public sealed class MonoReader : IAudioReader
{
    private readonly IAudioReader _source;
    private readonly ChannelChoice _choice;
    private float[] _block = [];

    /// <summary>Wraps <paramref name="source"/>, which the reader then owns.</summary>
    public MonoReader(IAudioReader source, ChannelChoice choice)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
        _choice = choice;
        Format = source.Format with { Channels = 1, SpeakerMask = 0 };
    }

    /// <inheritdoc/>
    public AudioFormat Format { get; }

    /// <inheritdoc/>
    public long? SampleCount => _source.SampleCount / _source.Format.Channels;

    /// <inheritdoc/>
    public IReadOnlyList<Warning> Warnings => _source.Warnings;

    /// <summary>How long the source was as far as it has been read [sample per channel].</summary>
    public long Delivered { get; private set; }

    /// <inheritdoc/>
    public int Read(Span<float> interleaved)
    {
        int count = ReadMono(interleaved);
        Delivered += count;
        return count;
    }

    private int ReadMono(Span<float> interleaved)
    {
        int channels = _source.Format.Channels;
        if (channels == 1)
        {
            return _source.Read(interleaved);
        }

        int frames = Math.Min(interleaved.Length, 8192);
        if (_block.Length < frames * channels)
        {
            _block = new float[frames * channels];
        }

        int count = _source.Read(_block.AsSpan(0, frames * channels)) / channels;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> frame = _block.AsSpan(i * channels, channels);
            float sum = 0;
            foreach (float s in frame)
            {
                sum += s;
            }

            interleaved[i] = _choice switch
            {
                ChannelChoice.Left => frame[0],
                ChannelChoice.Right => frame[1],
                _ => sum / channels,
            };
        }

        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
