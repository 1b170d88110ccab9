using VoiceClean.Audio;
using VoiceClean.Formats;

namespace VoiceClean.Tests.Formats;

/// <summary>Delivers samples from memory, at most so many per call.</summary>
internal sealed class ArrayReader(float[] interleaved, AudioFormat format, int mostFrames = int.MaxValue) : IAudioReader
{
    private int _at;

    public AudioFormat Format => format;

    public long? SampleCount => interleaved.Length;

    public int Read(Span<float> target)
    {
        int frames = Math.Min(Math.Min(target.Length, interleaved.Length - _at) / format.Channels, mostFrames);
        int count = frames * format.Channels;
        interleaved.AsSpan(_at, count).CopyTo(target);
        _at += count;
        return count;
    }

    public void Dispose()
    {
    }
}
