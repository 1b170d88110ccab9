using VoiceClean.Dsp.Statistics;

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
}
