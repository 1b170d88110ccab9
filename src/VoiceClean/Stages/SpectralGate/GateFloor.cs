using VoiceClean.Dsp.Statistics;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>What the attenuation asked for means to the gain.</summary>
/// <param name="Pause">G_min in pauses.</param>
/// <param name="Masked">G_min under speech, at most <paramref name="Pause"/>.</param>
/// <param name="Fullness">How much of the depth of the gain is used, 0 to 1.</param>
internal readonly record struct GateFloor(float Pause, float Masked, float Fullness)
{
    /// <summary>Three rows: <see cref="Pause"/>, <see cref="Masked"/> and <see cref="Fullness"/> per bin [3 x
    /// Stride].</summary>
    /// <param name="framing">The bins.</param>
    /// <param name="depth">How far noise is turned down.</param>
    public static float[] PerBin(SpeechFraming framing, GateDepth depth)
    {
        int stride = framing.Stride;
        float[] rows = new float[3 * stride];
        for (int k = 0; k < stride; k++)
        {
            double share = Math.Clamp(
                (GateConstants.RumbleNoneHz - (k * framing.BinWidthHz))
                    / (GateConstants.RumbleNoneHz - GateConstants.RumbleFullHz),
                0,
                1);
            var floor = Of(depth.Db + (share * (depth.RumbleDb - depth.Db)));
            (rows[k], rows[stride + k], rows[(2 * stride) + k]) = (floor.Pause, floor.Masked, floor.Fullness);
        }

        return rows;
    }

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
/// <param name="StrongDepth">Depth of the gain where it is strong, 0 (√W) over 1 (W) to 2 (W²).</param>
internal readonly record struct GateFrame(
    float Activity,
    float Prominence,
    float Fricative,
    float NearFricative,
    float StrongDepth)
{
    /// <summary>Depth of the gain of low frequencies, 0 (√W) over 1 (W) to 2 (W²).</summary>
    public float LowDepth =>
        GateConstants.WeakFrameDepth + (Prominence * (StrongDepth - GateConstants.WeakFrameDepth));

    /// <summary>Depth of the gain of high frequencies.</summary>
    public float HighDepth => (1 - Fricative) * (LowDepth + GateConstants.HighDepth);
}
