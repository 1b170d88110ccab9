using VoiceClean.Dsp.Statistics;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>How much of a gated signal may be mixed with its input so that a change keeps its bound.</summary>
internal static class HarmlessMix
{
    /// <summary>
    /// The largest share of the gated signal, 0 to 1: mixing scales the change of an amplitude by the share.
    /// </summary>
    /// <param name="changeDb">Change of a level without mixing [dB]; NaN allows everything.</param>
    /// <param name="leastDb">Change that is allowed [dB], negative.</param>
    public static double Share(double changeDb, double leastDb) =>
        changeDb < leastDb ? (1 - Decibels.ToAmplitude(leastDb)) / (1 - Decibels.ToAmplitude(changeDb)) : 1;

    /// <summary>
    /// samples ← samples + share·(gated - samples) where a voice is near, gated elsewhere: there is nothing to harm.
    /// </summary>
    /// <param name="samples">The whole clip.</param>
    /// <param name="gated">A stretch of it, gated.</param>
    /// <param name="from">The sample with which that begins, a multiple of the hop.</param>
    /// <param name="share">0 to 1.</param>
    /// <param name="framing">The frames.</param>
    /// <param name="voice">How far a voice is; null if that is unknown.</param>
    public static void Mix(
        Span<float> samples,
        ReadOnlySpan<float> gated,
        int from,
        float share,
        SpeechFraming framing,
        NearVoice? voice)
    {
        int hop = framing.Stft.HopLength;
        samples = samples.Slice(from, gated.Length);
        float before = ShareIn(FrameAt(from, framing), share, voice);
        for (int t = 0; t * hop < samples.Length; t++)
        {
            float after = ShareIn(FrameAt(from + ((t + 1) * hop), framing), share, voice);
            int count = Math.Min(hop, samples.Length - (t * hop));
            for (int i = 0; i < count; i++)
            {
                int n = (t * hop) + i;
                samples[n] += (before + ((after - before) * i / hop)) * (gated[n] - samples[n]);
            }

            before = after;
        }
    }

    // The frame whose middle a sample is.
    private static int FrameAt(int sample, SpeechFraming framing) =>
        (sample + framing.Stft.LeadPadding - (framing.Stft.FrameLength / 2)) / framing.Stft.HopLength;

    private static float ShareIn(int frame, float share, NearVoice? voice) =>
        voice is null || voice.SecondsFrom(frame) <= GateConstants.NearVoiceSeconds ? share : 1;
}
