using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Matroska;

/// <summary>
/// The sound of a track as its codec's reader delivers it, under the name of the container and with what only that
/// knows: that the file was cut, that another was joined on, which tracks there are.
/// </summary>
/// <param name="reader">Owned and disposed of.</param>
/// <param name="container">"webm" or "mkv".</param>
/// <param name="header">Of the file.</param>
/// <param name="blocks">Where the reader's frames come from.</param>
internal sealed class MatroskaReader(
    IAudioReader reader,
    string container,
    MatroskaHeader header,
    MatroskaBlocks blocks) : IAudioReader, IGapReader
{
    // What the times of a file round away.
    private const double LeastMissing = 0.1;

    private long _delivered;
    private bool _ended;

    /// <inheritdoc/>
    public AudioFormat Format { get; } = reader.Format with { Container = container };

    /// <inheritdoc/>
    public long? SampleCount { get; } =
        header.Seconds is { } seconds && seconds < int.MaxValue
            ? (long)(seconds * reader.Format.SampleRate) * reader.Format.Channels
            : reader.SampleCount;

    /// <summary>Audio tracks of the file, if nobody has chosen one; else 1.</summary>
    public int Unchosen { get; init; } = 1;

    /// <inheritdoc/>
    public IReadOnlyList<Gap> Gaps => ((IGapReader)reader).Gaps;

    /// <inheritdoc/>
    public IReadOnlyList<Warning> Warnings
    {
        get
        {
            List<Warning> warnings = [.. reader.Warnings];
            if (_ended && !warnings.Exists(w => w.Code == WarningCodes.Truncated) && Cut() is { } cut)
            {
                warnings.Add(cut);
            }

            if (blocks.Foreign is { } place)
            {
                warnings.Add(JoinedFile.NotRead(place));
            }

            if (Unchosen > 1)
            {
                warnings.Add(AudioTrack.FirstOf(Unchosen));
            }

            return warnings;
        }
    }

    /// <inheritdoc/>
    public int Read(Span<float> interleaved)
    {
        int count = reader.Read(interleaved);
        _delivered += count / Format.Channels;
        _ended |= count == 0;
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    /// <summary>
    /// What is said of a file that ends too early. The length that it declares is that of its longest track.
    /// </summary>
    private Warning? Cut()
    {
        double delivered = (double)_delivered / Format.SampleRate;
        bool isAlone = !header.HasOthers && header.AudioTracks.Count == 1;
        if (header.Seconds is { } declared && delivered < declared - LeastMissing && (isAlone || blocks.IsCut))
        {
            return GapList.EndsEarly(delivered, declared);
        }

        if (!blocks.IsCut)
        {
            return null;
        }

        var open = new GapList(Format.SampleRate);
        open.EndOpen(_delivered);
        return open.Warnings[0];
    }
}
