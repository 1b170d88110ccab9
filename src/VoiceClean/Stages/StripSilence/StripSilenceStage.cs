using System.Globalization;
using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Stages.StripSilence;

/// <summary>
/// Cuts silence at the ends and, if asked, shortens long inner pauses. What is silence is decided by
/// <see cref="SpeechDetector"/>; pads stay on both sides, cuts fall on zero crossings and are faded within the pads, so
/// speech itself is never touched. Keys at the ends are no speech (<see cref="TypedEnds"/>). In a very noisy clip, and
/// where no speech is found, nothing is cut.
/// </summary>
internal sealed class StripSilenceStage(StripSilenceOptions options) : IStage
{
    // A fixed threshold counts as if the clip had been normalised to this loudness first.
    private const double ProvisionalLufs = -16;

    /// <inheritdoc/>
    public string Name => "strip-silence";

    /// <inheritdoc/>
    public void Process(AudioClip clip, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (options.Mode == SilenceMode.Off)
        {
            return;
        }

        SpeechActivity activity = SpeechDetector.Detect(
            clip.ReadOnlySamples,
            clip.SampleRate,
            options.ThresholdDb - ProvisionalLufs,
            cancellation: cancellation);
        if (!activity.HasSpeech)
        {
            // Whether a recording is hopeless is the judge's business.
            clip.Warn(
                WarningCodes.ShortResult,
                "No speech stands out of the background, so that it cannot be told from silence; nothing was cut.");
            return;
        }

        activity = TypedEnds.Without(clip, activity, cancellation);
        List<SampleRange> kept = CutPlan.Make(clip.Samples, activity, options);
        double seconds = (double)kept.Sum(r => (long)r.Length) / clip.SampleRate;
        if (seconds < options.MinSegment.TotalSeconds)
        {
            clip.Warn(
                WarningCodes.ShortResult,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Without the silence only {seconds:0.00} s would be left, less than "
                        + $"{options.MinSegment.TotalSeconds:0.##} s; the silence stays."));
        }
        else
        {
            CutPlan.Fade(clip.Samples, kept, activity);
            clip.Keep(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(kept));
        }

        clip.Findings.Set(SilenceCuts.Of(clip, activity));
    }
}
