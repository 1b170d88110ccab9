using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Formats;

/// <summary>
/// Shows the parts of a source that its file names, one behind the other: a recording from whose middle something was
/// taken without coding it again (the edit list of ISO/IEC 14496-12 §8.6.6).
/// </summary>
/// <param name="source">The whole; owned and disposed of.</param>
/// <param name="parts">What is shown [sample per channel], ascending, none over another.</param>
internal sealed class EditedReader(IAudioReader source, IReadOnlyList<EditedPart> parts) : IAudioReader, IGapReader
{
    private long _position;
    private int _part;

    /// <inheritdoc/>
    public AudioFormat Format => source.Format;

    /// <inheritdoc/>
    public long? SampleCount { get; } = parts.Sum(p => p.Length) * source.Format.Channels;

    /// <inheritdoc/>
    public IReadOnlyList<Warning> Warnings => source.Warnings;

    /// <inheritdoc/>
    public IReadOnlyList<Gap> Gaps
    {
        get
        {
            var gaps = new List<Gap>();
            long shown = 0;
            foreach (EditedPart part in parts)
            {
                foreach (Gap gap in (source as IGapReader)?.Gaps ?? [])
                {
                    long start = Math.Max(gap.Position, part.Start);
                    long length = Math.Min(gap.Position + gap.Length, part.End) - start;
                    if (length > 0 || (gap.Length == 0 && length == 0))
                    {
                        gaps.Add(new Gap(shown + start - part.Start, length));
                    }
                }

                shown += part.Length;
            }

            return gaps;
        }
    }

    /// <inheritdoc/>
    public int Read(Span<float> interleaved)
    {
        while (_part < parts.Count)
        {
            int count = source.Read(interleaved);
            if (count == 0)
            {
                return 0;
            }

            int kept = Keep(interleaved[..count]);
            if (kept > 0)
            {
                return kept;
            }
        }

        // Only at its end does a source say what went wrong on the way.
        _ = source.Read(interleaved);
        return 0;
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();

    /// <summary>Moves what is shown of a block to its start.</summary>
    private int Keep(Span<float> block)
    {
        int channels = Format.Channels, kept = 0;
        long end = _position + block.Length / channels;
        while (_part < parts.Count && parts[_part].Start < end)
        {
            EditedPart part = parts[_part];
            int from = (int)(Math.Max(part.Start, _position) - _position) * channels;
            int to = (int)(Math.Min(part.End, end) - _position) * channels;
            block[from..to].CopyTo(block[kept..]);
            kept += to - from;
            if (part.End > end)
            {
                break;
            }

            _part++;
        }

        _position = end;
        return kept;
    }
}

/// <summary>A stretch of a source.</summary>
/// <param name="Start">[sample per channel]</param>
/// <param name="Length">[sample per channel], above 0</param>
internal readonly record struct EditedPart(long Start, long Length)
{
    /// <summary>The first sample behind it.</summary>
    public long End => Start + Length;
}
