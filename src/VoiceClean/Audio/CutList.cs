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
}
