using VoiceClean.Dsp.Speech;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// What denoising did to the voice, judged without the noise profile: the level of periodic frames before and after.
/// For profiles that a user has named, since one learnt from speech by mistake would find that all is well.
/// </summary>
internal static class VoiceMeter
{
    private const float LeastPeriodicity = 0.8f;

    // At 5 dB SNR the noise within voiced frames is worth 1.2 dB; losing more than this loses voice.
    private const double LeastChangeDb = -2.5;

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
        int frames = VoicingMeter.CountFrames(samples.Length, sampleRate);
        float[] periodicity = new float[frames], before = new float[frames], after = new float[frames];
        VoicingMeter.Measure(gated, sampleRate, new float[frames], after, cancellation);
        VoicingMeter.Measure(samples, sampleRate, periodicity, before, cancellation);
        double sumBefore = 0, sumAfter = 0;
        for (int t = 0; t < frames; t++)
        {
            if (periodicity[t] > LeastPeriodicity)
            {
                sumBefore += before[t];
                sumAfter += after[t];
            }
        }

        double change = sumBefore > 0 ? Decibels.FromPower(sumAfter / sumBefore) : 0;
        return change < LeastChangeDb
            ? (1 - Decibels.ToAmplitude(LeastChangeDb)) / (1 - Decibels.ToAmplitude(change))
            : 1;
    }
}
