using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>What the attenuation asked for means to the gain.</summary>
/// <param name="Pause">G_min in pauses.</param>
/// <param name="Masked">G_min under speech, at most <paramref name="Pause"/>.</param>
/// <param name="Fullness">How much of the depth of the gain is used, 0 to 1.</param>
internal readonly record struct GateFloor(float Pause, float Masked, float Fullness)
{
    /// <param name="attenuationDb">How far noise is turned down in pauses [dB].</param>
    public static GateFloor Of(double attenuationDb)
    {
        double full = Math.Min(1, Math.Pow(attenuationDb / GateConstants.FullDb, 2));
        return new GateFloor(
            (float)Decibels.ToAmplitude(-attenuationDb),
            (float)Decibels.ToAmplitude(-attenuationDb - (GateConstants.MaskedDb * full)),
            (float)full);
    }
}

/// <summary>What is known of a frame as a whole.</summary>
/// <param name="Activity">Whether it belongs to speech, 0 to 1.</param>
/// <param name="Prominence">Its level over the noise, from weak (0) to strong (1).</param>
/// <param name="Fricative">How much of it is fricative, 0 to 1.</param>
/// <param name="NearFricative">The same averaged over its neighbours.</param>
internal readonly record struct GateFrame(float Activity, float Prominence, float Fricative, float NearFricative)
{
    /// <summary>Depth of the gain of low frequencies, 0 (√W) over 1 (W) to 2 (W²).</summary>
    public float LowDepth =>
        GateConstants.WeakFrameDepth + (Prominence * (GateConstants.StrongFrameDepth - GateConstants.WeakFrameDepth));

    /// <summary>Depth of the gain of high frequencies.</summary>
    public float HighDepth => (1 - Fricative) * (LowDepth + GateConstants.HighDepth);
}
