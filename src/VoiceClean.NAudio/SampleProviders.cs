using NAudio.Wave;
using VoiceClean.Audio;
using VoiceClean.Formats;

namespace VoiceClean.NAudio;

/// <summary>Readers and clips of VoiceClean as sample providers of NAudio, and the other way round.</summary>
public static class SampleProviders
{
    /// <summary>What a reader delivers, for NAudio; the reader stays the caller's.</summary>
    /// <param name="reader">Any rate and number of channels.</param>
    public static ISampleProvider AsSampleProvider(this IAudioReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new ReaderProvider(reader);
    }

    /// <summary>The samples of a clip as they are when they are asked for, mono, from the first one on.</summary>
    /// <param name="clip">Not to be changed or disposed of meanwhile.</param>
    public static ISampleProvider AsSampleProvider(this AudioClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return new ClipProvider(clip);
    }

    /// <summary>What a provider delivers, for VoiceClean.</summary>
    /// <param name="provider">Any rate and number of channels.</param>
    /// <param name="owner">Disposed of with the reader; null = nothing is.</param>
    public static IAudioReader AsAudioReader(this ISampleProvider provider, IDisposable? owner = null) =>
        new SampleProviderReader(provider, owner);

    private sealed class ReaderProvider(IAudioReader reader) : ISampleProvider
    {
        public WaveFormat WaveFormat { get; } =
            WaveFormat.CreateIeeeFloatWaveFormat(reader.Format.SampleRate, reader.Format.Channels);

        public int Read(Span<float> buffer) =>
            buffer.Length < reader.Format.Channels ? 0 : reader.Read(buffer);
    }

    private sealed class ClipProvider(AudioClip clip) : ISampleProvider
    {
        private int _next;

        public WaveFormat WaveFormat { get; } = WaveFormat.CreateIeeeFloatWaveFormat(clip.SampleRate, 1);

        public int Read(Span<float> buffer)
        {
            Span<float> rest = clip.Samples[Math.Min(_next, clip.Samples.Length)..];
            int count = Math.Min(buffer.Length, rest.Length);
            rest[..count].CopyTo(buffer);
            _next += count;
            return count;
        }
    }
}
