using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Mp4;

/// <summary>
/// The sound of a track as its codec's reader delivers it, under the name of the container, with what only that knows:
/// how much there should be, which tracks there are, and that another file was joined on.
/// </summary>
/// <param name="reader">Owned and disposed of.</param>
/// <param name="container">"mp4", "m4a" …</param>
/// <param name="frames">Where the reader's frames come from.</param>
internal sealed class Mp4Reader(IAudioReader reader, string container, Mp4Frames frames) : IAudioReader, IGapReader
{
    private long _delivered;

    /// <inheritdoc/>
    public AudioFormat Format { get; } = reader.Format with { Container = container };

    /// <inheritdoc/>
    public long? SampleCount => Listed > 0 ? Listed * Format.Channels : reader.SampleCount;

    /// <summary>How much the file should hold by its index [sample per channel]; 0 = unknown.</summary>
    public long Listed { get; init; }

    /// <summary>What is known of the file before it is read.</summary>
    public IReadOnlyList<Warning> Known { get; init; } = [];

    /// <inheritdoc/>
    public IReadOnlyList<Gap> Gaps => ((IGapReader)reader).Gaps;

    /// <inheritdoc/>
    public IReadOnlyList<Warning> Warnings =>
        frames.IsCut && !reader.Warnings.Any(w => w.Code == WarningCodes.Truncated)
            ?
            [
                .. reader.Warnings,
                GapList.EndsEarly(
                    (double)_delivered / Format.SampleRate,
                    (double)Math.Max(Listed, _delivered) / Format.SampleRate),
                .. Known,
            ]
            : [.. reader.Warnings, .. Known];

    /// <inheritdoc/>
    public int Read(Span<float> interleaved)
    {
        int count = reader.Read(interleaved);
        _delivered += count / Format.Channels;
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();
}
