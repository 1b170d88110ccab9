using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Datasets.Slicing;

/// <summary>
/// Cuts a recording into clips: in pauses where there are any, else at the quietest point within reach, never outside
/// the limits. Short leftovers are merged with a neighbour; long pauses within a clip are shortened, never removed.
/// Deterministic; changes nothing in the recording.
/// </summary>
internal static class Slicer
{
    private const double SearchSeconds = 0.002;

    /// <summary>Finds the speech and plans the clips.</summary>
    /// <param name="clip">The recording, usually after denoising and before its level is set; at any level.</param>
    /// <param name="options">Limits, target, pauses and pads.</param>
    /// <param name="cancellation">Looked at once per second of audio.</param>
    /// <returns>The plan; without speech it holds no slices.</returns>
    /// <exception cref="VoiceCleanException">The lengths contradict each other.</exception>
    public static SlicePlan Plan(AudioClip clip, SliceOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return Plan(
            clip.Samples,
            SpeechDetector.Detect(clip.Samples, clip.SampleRate, cancellation: cancellation),
            options,
            cancellation);
    }

    /// <summary>Plans the clips of speech that is known.</summary>
    /// <param name="samples">[sample] the recording.</param>
    /// <param name="activity">Where its speech is; its length is that of <paramref name="samples"/>.</param>
    /// <param name="options">Limits, target, pauses and pads.</param>
    /// <param name="cancellation">Looked at once per second of audio.</param>
    /// <exception cref="VoiceCleanException">The lengths contradict each other.</exception>
    public static SlicePlan Plan(
        ReadOnlySpan<float> samples,
        SpeechActivity activity,
        SliceOptions options,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(activity);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (!activity.HasSpeech)
        {
            return new SlicePlan([], [], 0);
        }

        LevelCurve levels = LevelCurve.Measure(samples, activity.SampleRate, cancellation);
        List<SpeechPiece> pieces = SpeechPieces.Find(
            activity,
            levels,
            SlicePlanner.LongestPiece(options, activity.SampleRate));
        if (pieces.Count == 0)
        {
            return new SlicePlan([], [], 0);
        }

        SnapToZero(samples, pieces, (int)(SearchSeconds * activity.SampleRate));
        return new SlicePlanner(pieces, samples.Length, activity.SampleRate, options).Plan();
    }

    // A cut without a pause has no fade, because that would touch speech; it falls on a zero crossing instead.
    private static void SnapToZero(ReadOnlySpan<float> samples, List<SpeechPiece> pieces, int reach)
    {
        for (int k = 0; k + 1 < pieces.Count; k++)
        {
            SampleRange left = pieces[k].Range, right = pieces[k + 1].Range;
            if (left.End == right.Start)
            {
                int at = NearestZero(samples, left.End, reach);
                pieces[k] = pieces[k] with { Range = new SampleRange(left.Start, at) };
                pieces[k + 1] = pieces[k + 1] with { Range = new SampleRange(at, right.End) };
            }
        }
    }

    private static int NearestZero(ReadOnlySpan<float> samples, int position, int reach)
    {
        for (int distance = 0; distance <= reach; distance++)
        {
            int before = position - distance, behind = position + distance;
            if (before >= 1 && samples[before - 1] < 0 != samples[before] < 0)
            {
                return before;
            }

            if (behind < samples.Length && samples[behind - 1] < 0 != samples[behind] < 0)
            {
                return behind;
            }
        }

        return position;
    }
}
