using VoiceClean.Audio;
using VoiceClean.Dsp.Speech;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Speech;
using VoiceClean.Stages.SpectralGate;
using VoiceClean.Stages.SuppressClicks;

namespace VoiceClean.Stages.StripSilence;

/// <summary>
/// Keys before the first word and after the last stand out of the background as speech does, but have no voice. In a
/// recording in which keys were found, what lies too far from any voice at its ends is no speech.
/// </summary>
internal static class TypedEnds
{
    // What sounds without voice belongs to a word so near to it: fricatives, releases, a syllable without voice.
    private const double NearS = 0.4;

    // A release after the last voice may be a stretch of its own so far behind it.
    private const double ReleaseS = 0.25;

    private const float Periodicity = 0.6f;
    private const float LeastPower = 1e-3f;     // of the loudest twentieth: -30 dB
    private const int LeastFrames = 3;          // 60 ms

    /// <summary>The same activity without keys at its ends; itself where no keys were found or nothing is
    /// voiced.</summary>
    /// <param name="clip">The clip as it is now, and what was found in it.</param>
    /// <param name="activity">What stands out of the background; at least one stretch.</param>
    /// <param name="cancellation">Looked at every few seconds of audio.</param>
    public static SpeechActivity Without(AudioClip clip, SpeechActivity activity, CancellationToken cancellation)
    {
        bool isTyped = clip.Findings.TryGet<SuppressedClicks>() is { Count: > 0 }
            || clip.Findings.TryGet<SpectralGateResult>() is { StrokeSeconds: > 0 };
        if (!isTyped || Voiced(clip, cancellation) is not { } voiced)
        {
            return activity;
        }

        int near = (int)(NearS * clip.SampleRate), release = (int)(ReleaseS * clip.SampleRate);
        var speech = new List<SampleRange>(activity.Speech.Count);
        foreach (SampleRange stretch in activity.Speech)
        {
            int start = Math.Max(stretch.Start, voiced.Start - near), end = Math.Min(stretch.End, voiced.End + near);
            if (stretch.End > voiced.Start && stretch.Start < voiced.End + release && end > start)
            {
                speech.Add(new SampleRange(start, end));
            }
        }

        return speech.Count == 0 ? activity : activity with { Speech = speech };
    }

    // From the first voiced sound to the last; null without any.
    private static SampleRange? Voiced(AudioClip clip, CancellationToken cancellation)
    {
        (float[] periodicity, float[] energies, _) = Voicing.Of(clip, cancellation);
        if (periodicity.Length == 0)
        {
            return null;
        }

        float least = LeastPower * OrderStatistics.Quantile([.. energies], 0.95);
        int first = -1, last = -1;
        for (int t = 0, run = 0; t < periodicity.Length; t++)
        {
            run = periodicity[t] > Periodicity && energies[t] > least ? run + 1 : 0;
            if (run >= LeastFrames)
            {
                first = first < 0 ? t - run + 1 : first;
                last = t;
            }
        }

        return first < 0
            ? null
            : new SampleRange(Sample(first), (int)Math.Min(clip.ReadOnlySamples.Length, (long)Sample(last + 2)));

        int Sample(int frame) => (int)VoicingDetector.FrameStart(frame, clip.SampleRate);
    }
}
