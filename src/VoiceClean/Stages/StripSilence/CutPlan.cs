using VoiceClean.Audio;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Stages.StripSilence;

/// <summary>Decides which stretches of a clip stay, and makes the edges inaudible.</summary>
internal static class CutPlan
{
    private const double SearchSeconds = 0.002, FadeSeconds = 0.005;

    /// <summary>The stretches to keep, ascending; one over the whole clip if nothing is to be cut.</summary>
    /// <param name="samples">[sample]</param>
    /// <param name="activity">The speech in them; at least one stretch.</param>
    /// <param name="options">What to cut.</param>
    public static List<SampleRange> Make(
        ReadOnlySpan<float> samples,
        SpeechActivity activity,
        StripSilenceOptions options)
    {
        int InSamples(TimeSpan time) =>
            (int)Math.Min(int.MaxValue / 2, Math.Round(time.TotalSeconds * activity.SampleRate));
        int before = InSamples(options.PadBefore),
            after = InSamples(options.PadAfter),
            minSilence = InSamples(options.MinSilence);
        SampleRange extent = activity.Extent;
        int reach = (int)(SearchSeconds * activity.SampleRate);
        int start = 0, end = samples.Length;
        if (extent.Start > minSilence && extent.Start > before)
        {
            start = NearestZero(samples, extent.Start - before, reach, 0, extent.Start);
        }

        if (samples.Length - extent.End > minSilence && samples.Length - extent.End > after)
        {
            end = NearestZero(samples, extent.End + after, reach, extent.End, samples.Length);
        }

        var kept = new List<SampleRange>();
        if (options.Mode == SilenceMode.All)
        {
            int longPause = InSamples(options.LongPause), maxPause = Math.Min(longPause, InSamples(options.MaxPause));
            // What is left of a pause is shared like the pads: a word's end rings longer than a word's start.
            int left = before + after == 0 ? maxPause / 2 : (int)((long)maxPause * after / (before + after));
            for (int i = 1; i < activity.Speech.Count; i++)
            {
                int from = activity.Speech[i - 1].End, to = activity.Speech[i].Start;
                if (to - from > longPause)
                {
                    int cut = NearestZero(samples, from + left, reach, from, to),
                        resume = NearestZero(samples, to - (maxPause - left), reach, cut, to);
                    if (resume > cut)
                    {
                        kept.Add(new SampleRange(start, cut));
                        start = resume;
                    }
                }
            }
        }

        kept.Add(new SampleRange(start, end));
        return kept;
    }

    /// <summary>
    /// Raised-cosine fades at the ends that are cut, equal-power cross-fades where a pause is shortened, all within
    /// kept silence.
    /// </summary>
    /// <param name="samples">[sample] changed in place, before the cut.</param>
    /// <param name="kept">What <see cref="Make"/> returned.</param>
    /// <param name="activity">The speech, which is not touched.</param>
    public static void Fade(Span<float> samples, IReadOnlyList<SampleRange> kept, SpeechActivity activity)
    {
        int fade = (int)(FadeSeconds * activity.SampleRate);
        int first = kept[0].Start, last = kept[^1].End;
        if (first > 0)
        {
            Span<float> edge = samples[first..Math.Min(activity.Extent.Start, first + fade)];
            for (int i = 0; i < edge.Length; i++)
            {
                edge[i] *= (float)RaisedCosine(i, edge.Length);
            }
        }

        if (last < samples.Length)
        {
            Span<float> edge = samples[Math.Max(activity.Extent.End, last - fade)..last];
            for (int i = 0; i < edge.Length; i++)
            {
                edge[edge.Length - 1 - i] *= (float)RaisedCosine(i, edge.Length);
            }
        }

        for (int piece = 1; piece < kept.Count; piece++)
        {
            // The audio that would have gone on behind the left piece fades out over the beginning of the right one.
            int from = kept[piece - 1].End, to = kept[piece].Start;
            int length = Math.Min(Math.Min(fade, to - from), Math.Max(0, SpeechAfter(activity, to) - to));
            for (int i = 0; i < length; i++)
            {
                double angle = Math.PI / 2 * (i + 0.5) / length;
                samples[to + i] = (float)((samples[to + i] * Math.Sin(angle)) + (samples[from + i] * Math.Cos(angle)));
            }
        }
    }

    private static double RaisedCosine(int i, int length) => 0.5 - (0.5 * Math.Cos(Math.PI * (i + 0.5) / length));

    private static int SpeechAfter(SpeechActivity activity, int position)
    {
        foreach (SampleRange speech in activity.Speech)
        {
            if (speech.Start >= position)
            {
                return speech.Start;
            }
        }

        return activity.Length;
    }

    // The cut nearest to a position, within reach and bounds, at which the signal changes its sign; the position itself
    // if there is none.
    private static int NearestZero(ReadOnlySpan<float> samples, int position, int reach, int lowest, int highest)
    {
        for (int distance = 0; distance <= reach; distance++)
        {
            foreach (int at in stackalloc[] { position - distance, position + distance })
            {
                if (
                    at >= Math.Max(1, lowest)
                    && at <= Math.Min(samples.Length - 1, highest)
                    && samples[at - 1] < 0 != samples[at] < 0)
                {
                    return at;
                }
            }
        }

        return Math.Clamp(position, lowest, highest);
    }
}
