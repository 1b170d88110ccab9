using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Formats;

/// <summary>
/// Streams interleaved samples, full scale ±1. Same contract as NAudio's ISampleProvider, so either adapts to the other
/// in a few lines (shown in src/README.md).
/// </summary>
public interface IAudioReader : IDisposable
{
    /// <summary>What <see cref="Read"/> delivers; constant over the life of the reader.</summary>
    AudioFormat Format { get; }

    /// <summary>
    /// Samples of all channels together that the source promises [sample], null if unknown. A hint: sources lie, so
    /// nothing is allocated by it.
    /// </summary>
    long? SampleCount { get; }

    /// <summary>
    /// Fills <paramref name="interleaved"/> from its start with whole multi-channel frames and returns how many samples
    /// it wrote; 0 = end. May write less than asked before the end. Values may exceed ±1; they are always finite.
    /// </summary>
    /// <exception cref="VoiceCleanException">The source is corrupt or cannot be read on.</exception>
    int Read(Span<float> interleaved);

    /// <summary>
    /// What was noticed so far (a lying header, a truncated end …); complete once <see cref="Read"/> has returned 0.
    /// </summary>
    IReadOnlyList<Warning> Warnings => [];
}
