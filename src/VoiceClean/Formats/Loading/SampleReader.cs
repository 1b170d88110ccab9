using VoiceClean.Audio;

namespace VoiceClean.Formats.Loading;

/// <summary>Delivers samples that are in memory already.</summary>
/// <param name="interleaved">Whole frames of all channels.</param>
/// <param name="format">Their rate and number of channels.</param>
internal sealed class SampleReader(ReadOnlyMemory<float> interleaved, AudioFormat format) : IAudioReader
{
    private ReadOnlyMemory<float> _rest = interleaved;

    public AudioFormat Format => format;

    public long? SampleCount { get; } = interleaved.Length;

    public int Read(Span<float> target)
    {
        int count = Math.Min(target.Length / format.Channels * format.Channels, _rest.Length);
        _rest.Span[..count].CopyTo(target);
        _rest = _rest[count..];
        return count;
    }

    public void Dispose()
    {
    }
}
