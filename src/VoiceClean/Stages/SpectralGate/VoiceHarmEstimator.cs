using VoiceClean.Dsp.Speech;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// What denoising did to the voice, judged without the noise profile: the level of periodic frames before and after.
/// For profiles that a user has named, since one learnt from speech by mistake would find that all is well.
/// </summary>
internal static class VoiceHarmEstimator
{
    /// <summary>
    /// The largest share of <paramref name="gated"/> in a mix with <paramref name="samples"/> at which the voice keeps
    /// its level, 0 to 1.
    /// </summary>
    public static double HarmlessShare(
        ReadOnlySpan<float> samples,
        ReadOnlySpan<float> gated,
        int sampleRate,
        CancellationToken cancellation)
    {
        int frames = VoicingDetector.CountFrames(samples.Length, sampleRate);
        float[] periodicity = new float[frames], before = new float[frames], after = new float[frames];
        VoicingDetector.Measure(gated, sampleRate, new float[frames], after, cancellation);
        VoicingDetector.Measure(samples, sampleRate, periodicity, before, cancellation);
        double sumBefore = 0, sumAfter = 0;
        for (int t = 0; t < frames; t++)
        {
            if (periodicity[t] > GateConstants.VoicePeriodicity)
            {
                sumBefore += before[t];
                sumAfter += after[t];
            }
        }

        double change = sumBefore > 0 ? Decibels.FromPower(sumAfter / sumBefore) : 0;
        return HarmlessMix.Share(change, GateConstants.LeastVoiceChangeDb);
    }
}
