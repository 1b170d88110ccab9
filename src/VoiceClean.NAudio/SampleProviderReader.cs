using NAudio.Wave;
using VoiceClean.Audio;
using VoiceClean.Formats;

namespace VoiceClean.NAudio;

/// <summary>What a sample provider of NAudio delivers, as a reader of VoiceClean: from a player, a recorder, a
/// mixer.</summary>
public sealed class SampleProviderReader : IAudioReader
{
    private readonly ISampleProvider _source;
    private readonly IDisposable? _owner;

    /// <summary>Wraps a provider.</summary>
    /// <param name="source">Any rate and number of channels.</param>
    /// <param name="owner">Disposed of with the reader; null = nothing is.</param>
    /// <param name="container">What stands in reports: "aiff", "wav"; empty for raw samples.</param>
    public SampleProviderReader(ISampleProvider source, IDisposable? owner = null, string container = "")
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
        _owner = owner;
        Format = new AudioFormat(source.WaveFormat.SampleRate, source.WaveFormat.Channels)
        {
            Container = container,
            Decoder = "naudio",
        };
    }

    /// <inheritdoc/>
    public AudioFormat Format { get; }

    /// <inheritdoc/>
    public long? SampleCount => null;

    /// <inheritdoc/>
    public int Read(Span<float> interleaved) =>
        _source.Read(interleaved[..(interleaved.Length / Format.Channels * Format.Channels)]);

    /// <inheritdoc/>
    public void Dispose() => _owner?.Dispose();
}
