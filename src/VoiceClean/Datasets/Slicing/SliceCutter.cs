using VoiceClean.Audio;

namespace VoiceClean.Datasets.Slicing;

/// <summary>Makes the clip that a <see cref="Slice"/> describes.</summary>
internal static class SliceCutter
{
    /// <summary>
    /// Copies the stretches of a slice into a clip of its own: equal-power cross-fades where a pause is shortened,
    /// raised-cosine fades at ends that lie in a pause. Speech itself is copied as it is.
    /// </summary>
    /// <param name="recording">What the slice was planned on; is not changed.</param>
    /// <param name="slice">The clip to be.</param>
    /// <param name="id">Identity of the new clip.</param>
    /// <param name="fade">Length of the fades; shorter where less pause is left.</param>
    /// <returns>The clip; the caller disposes of it.</returns>
    public static AudioClip Cut(AudioClip recording, Slice slice, string id, TimeSpan fade)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(slice);
        ReadOnlySpan<float> source = recording.Samples;
        var store = SampleStore.OfLength(slice.Length);
        Span<float> target = store.Span;
        int length = (int)(fade.TotalSeconds * recording.SampleRate), at = 0;
        for (int k = 0; k < slice.Ranges.Count; k++)
        {
            SampleRange range = slice.Ranges[k];
            source[range.Start..range.End].CopyTo(target[at..]);
            if (k > 0)
            {
                // What would have gone on behind the left piece fades out over the beginning of the right one.
                int from = slice.Ranges[k - 1].End;
                CrossFade(source.Slice(from, Math.Min(length, range.Start - from)), target[at..]);
            }

            at += range.Length;
        }

        int lead = slice.Speech[0].Start - slice.Ranges[0].Start, tail = slice.Ranges[^1].End - slice.Speech[^1].End;
        if (slice.Start == CutKind.Pause && lead > 0)
        {
            FadeIn(target[..Math.Min(length, lead)]);
        }

        if (slice.End == CutKind.Pause && tail > 0)
        {
            Span<float> end = target[^Math.Min(length, tail)..];
            end.Reverse();
            FadeIn(end);
            end.Reverse();
        }

        return new AudioClip(id, recording.SampleRate, store);
    }

    private static void CrossFade(ReadOnlySpan<float> old, Span<float> samples)
    {
        for (int i = 0; i < old.Length; i++)
        {
            double angle = Math.PI / 2 * (i + 0.5) / old.Length;
            samples[i] = (float)((samples[i] * Math.Sin(angle)) + (old[i] * Math.Cos(angle)));
        }
    }

    private static void FadeIn(Span<float> samples)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] *= (float)(0.5 - (0.5 * Math.Cos(Math.PI * (i + 0.5) / samples.Length)));
        }
    }
}
