namespace VoiceClean.Audio;

/// <summary>Stretches of an input that a clip has, one after the other.</summary>
internal static class CutList
{
    /// <summary>The cut list of a recording of which stretches are kept once more.</summary>
    /// <param name="kept">What of the input it has.</param>
    /// <param name="ranges">Which of its present samples stay.</param>
    public static List<SampleRange> Within(List<SampleRange> kept, ReadOnlySpan<SampleRange> ranges)
    {
        var mapped = new List<SampleRange>();
        int piece = 0, offset = 0;     // kept[piece] begins at present sample `offset`
        foreach (SampleRange r in ranges)
        {
            int at = r.Start;
            while (at < r.End)
            {
                while (offset + kept[piece].Length <= at)
                {
                    offset += kept[piece++].Length;
                }

                int end = Math.Min(r.End, offset + kept[piece].Length);
                int start = kept[piece].Start + (at - offset);
                int stop = start + (end - at);
                if (mapped.Count > 0 && mapped[^1].End == start)
                {
                    mapped[^1] = new SampleRange(mapped[^1].Start, stop);
                }
                else
                {
                    mapped.Add(new SampleRange(start, stop));
                }

                at = end;
            }
        }

        return mapped;
    }

    /// <summary>Whether a clip can be cut to these stretches.</summary>
    /// <param name="ranges">Ascending, not overlapping, within the samples; at least one, none empty.</param>
    /// <param name="length">Samples of the clip.</param>
    /// <exception cref="ArgumentException">The ranges are not as described.</exception>
    public static void Check(ReadOnlySpan<SampleRange> ranges, int length)
    {
        int previous = 0;
        foreach (SampleRange r in ranges)
        {
            if (r.Start < previous || r.Length <= 0 || r.End > length)
            {
                throw new ArgumentException(
                    $"Range {r} is empty, overlaps its predecessor or leaves the clip of {length} samples.",
                    nameof(ranges));
            }

            previous = r.End;
        }

        ArgumentOutOfRangeException.ThrowIfZero(ranges.Length, nameof(ranges));
    }
}
