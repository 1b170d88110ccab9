using VoiceClean.Audio;

namespace VoiceClean.Datasets.Slicing;

/// <summary>One stretch of a clip that is one stretch of its source.</summary>
/// <param name="ClipS">Where it begins in the clip [s].</param>
/// <param name="SourceS">Where it begins in the source [s].</param>
/// <param name="LengthS">How long it is [s].</param>
internal sealed record TimeMapEntry(double ClipS, double SourceS, double LengthS);

/// <summary>
/// From the time of a clip back to the time of the file it was cut from, through everything that was cut on the way.
/// </summary>
internal static class TimeMap
{
    /// <summary>The map of stretches of a recording that may itself have been cut before.</summary>
    /// <param name="recording">The recording; its <see cref="AudioClip.Kept"/> says what was cut before.</param>
    /// <param name="ranges">Stretches of its present samples, ascending, one after the other in the clip.</param>
    public static IReadOnlyList<TimeMapEntry> Of(AudioClip recording, IReadOnlyList<SampleRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(ranges);
        var entries = new List<TimeMapEntry>();
        double rate = recording.SampleRate;
        int inClip = 0, lastEnd = -1;
        foreach (SampleRange range in ranges)
        {
            int offset = 0;
            foreach (SampleRange kept in recording.Kept)
            {
                int from = Math.Max(range.Start, offset), to = Math.Min(range.End, offset + kept.Length);
                if (from < to)
                {
                    int source = kept.Start + (from - offset);
                    if (entries.Count > 0 && source == lastEnd)
                    {
                        entries[^1] = entries[^1] with { LengthS = entries[^1].LengthS + ((to - from) / rate) };
                    }
                    else
                    {
                        entries.Add(new TimeMapEntry(inClip / rate, source / rate, (to - from) / rate));
                    }

                    lastEnd = source + (to - from);
                    inClip += to - from;
                }

                offset += kept.Length;
            }
        }

        return entries;
    }

    /// <summary>
    /// Where in the source a moment of the clip lies [s]; before the first and behind the last entry the map goes on
    /// straight.
    /// </summary>
    public static double ToSource(IReadOnlyList<TimeMapEntry> map, double clipSeconds)
    {
        ArgumentNullException.ThrowIfNull(map);
        TimeMapEntry entry = map[0];
        foreach (TimeMapEntry e in map)
        {
            if (e.ClipS <= clipSeconds)
            {
                entry = e;
            }
        }

        return entry.SourceS + (clipSeconds - entry.ClipS);
    }
}
