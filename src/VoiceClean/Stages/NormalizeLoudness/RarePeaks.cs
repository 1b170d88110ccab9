using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Stages.NormalizeLoudness;

/// <summary>
/// Tells peaks that come with the voice from a few moments that have nothing to do with it: a bump must not decide how
/// loud a recording is.
/// </summary>
internal static class RarePeaks
{
    // One moment more for every three seconds; each no longer than 0.6 s, together no more than a twentieth.
    private const int LongestMoment = 60, MomentGap = 10, UsualMoments = 2, StepsPerMoment = 300, ShareOfSteps = 20;

    /// <summary>The highest peak but for the moments above a limit [dBFS]; null if those are not rare.</summary>
    /// <param name="samples">[sample] mono.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="limitDb">What a peak would have to stay below [dBFS].</param>
    public static double? CommonPeakDb(ReadOnlySpan<float> samples, int sampleRate, double limitDb)
    {
        float[] peaks = StepPeaks.Measure(samples, sampleRate);
        float limit = (float)Decibels.ToAmplitude(limitDb), highest = 0;
        int moments = 0, start = 0, last = -MomentGap - 1, above = 0;
        for (int i = 0; i < peaks.Length; i++)
        {
            if (peaks[i] <= limit)
            {
                highest = Math.Max(highest, peaks[i]);
                continue;
            }

            above++;
            if (i - last > MomentGap)
            {
                moments++;
                start = i;
            }

            last = i;
            if (i - start >= LongestMoment)
            {
                return null;
            }
        }

        return moments > 0
            && moments <= UsualMoments + (peaks.Length / StepsPerMoment)
            && above <= Math.Max(UsualMoments, peaks.Length / ShareOfSteps)
                ? Decibels.FromAmplitude(highest)
                : null;
    }
}
