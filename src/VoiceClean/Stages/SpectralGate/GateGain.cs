using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Speech;
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
        double full = Math.Min(1, Math.Pow(attenuationDb / GateSettings.FullDb, 2));
        return new GateFloor(
            (float)Decibels.ToAmplitude(-attenuationDb),
            (float)Decibels.ToAmplitude(-attenuationDb - (GateSettings.MaskedDb * full)),
            (float)full);
    }
}

/// <summary>What is known of a frame as a whole.</summary>
/// <param name="Activity">Whether it belongs to speech, 0 to 1.</param>
/// <param name="Strength">Its level, from weak (0) to strong (1).</param>
/// <param name="Fricative">How much of it is fricative, 0 to 1.</param>
/// <param name="NearFricative">The same averaged over its neighbours.</param>
internal readonly record struct GateFrame(float Activity, float Strength, float Fricative, float NearFricative)
{
    /// <summary>Depth of the gain of low frequencies, 0 (√W) over 1 (W) to 2 (W²).</summary>
    public float LowDepth =>
        GateSettings.WeakFrameDepth + (Strength * (GateSettings.StrongFrameDepth - GateSettings.WeakFrameDepth));

    /// <summary>Depth of the gain of high frequencies.</summary>
    public float HighDepth => (1 - Fricative) * (LowDepth + GateSettings.HighDepth);
}

/// <summary>The gain of one frame, eight bins at a time. All rows are Stride long.</summary>
internal static unsafe class GateGain
{
    /// <summary>
    /// ξ is the greater of both directions: whichever has seen the speech knows better. Towards high frequencies it
    /// becomes √(the greater · local mean SNR), since fricatives are broad. The power of the speech over that of the
    /// noise is estimated by the MMSE-LSA gain, x = p·G_LSA²·γ, p being presence times activity, and looked at once
    /// more by W = x/(1+x) (two-step noise reduction: Plapous, Marro and Scalart, IEEE TASLP 14(6), 2006). What is
    /// wanted is the speech and the noise at G_min, so G = G_min + p·(1-G_min)·G_S, and G_S lies between √W, W and W²
    /// as the frame says. G_min is that of pauses or, as far as the frame belongs to speech, the one under speech, but
    /// not beside fricatives.
    /// </summary>
    /// <param name="gamma">A-posteriori SNR.</param>
    /// <param name="backward">A-priori SNR of the backward recursion.</param>
    /// <param name="mean">A-posteriori SNR averaged over the neighbourhood.</param>
    /// <param name="presence">Probability of speech per bin, 0 to 1.</param>
    /// <param name="broad">Weight of the recipe for fricatives, 0 to 1.</param>
    /// <param name="frame">The frame as a whole.</param>
    /// <param name="alpha">Weight of the previous frame in the recursion.</param>
    /// <param name="least">G_min.</param>
    /// <param name="forward">State of the forward recursion: G²γ of the previous frame; updated.</param>
    /// <param name="gains">Receives the gains, up to 1.</param>
    /// <param name="count">Stride.</param>
    public static void Compute(
        float* gamma,
        float* backward,
        float* mean,
        float* presence,
        float* broad,
        GateFrame frame,
        float alpha,
        GateFloor least,
        float* forward,
        float* gains,
        int count)
    {
        Vector256<float> a = Vector256.Create(alpha),
            floor = Vector256.Create(GateSettings.LeastPrior),
            zero = Vector256<float>.Zero,
            one = Vector256<float>.One;
        float deeper = frame.Activity * (least.Pause - least.Masked),
            depthLow = least.Fullness * frame.LowDepth,
            depthHigh = least.Fullness * frame.HighDepth;
        Vector256<float> active = Vector256.Create(frame.Activity),
            lowMin = Vector256.Create(least.Pause - deeper),
            spared = Vector256.Create(frame.NearFricative * deeper);
        Vector256<float> low = Vector256.Create(depthLow),
            rise = Vector256.Create(depthHigh - depthLow),
            deepest = Vector256.Create(GateSettings.DeepestGain);
        for (nint k = 0; k < count; k += 8)
        {
            Vector256<float> g = Vector256.Load(gamma + k),
                previous = Vector256.Load(forward + k),
                w = Vector256.Load(broad + k);
            Vector256<float> xf = LogSpectralAmplitude.DecisionDirected(ref previous, g, a, floor),
                xb = Vector256.Load(backward + k);
            previous.Store(forward + k);
            Vector256<float> p = active * Vector256.Load(presence + k),
                min = Vector256.FusedMultiplyAdd(w, spared, lowMin);
            if (Vector256.EqualsAll(p, zero))
            {
                min.Store(gains + k);       // most bins of most frames; what follows would come to the same
                continue;
            }

            Vector256<float> xi = Vector256.MaxNative(xf, xb),
                local = Vector256.MaxNative(Vector256.Load(mean + k) - one, floor);
            xi = Vector256.FusedMultiplyAdd(w, Vector256.Sqrt(xi * local) - xi, xi);
            Vector256<float> speech = p * LogSpectralAmplitude.SpeechPower(xi, g),
                wiener = speech / (one + speech),
                root = Vector256.Sqrt(wiener);
            Vector256<float> depth = Vector256.MinNative(Vector256.FusedMultiplyAdd(w, rise, low), deepest);
            Vector256<float> gain =
                root
                + (Vector256.MinNative(depth, one) * (wiener - root))
                + (Vector256.MaxNative(depth - one, zero) * ((wiener * wiener) - wiener));
            (min + (p * (one - min) * gain)).Store(gains + k);
        }
    }

    /// <summary>Multiplies a spectrum by its gains.</summary>
    public static void Apply(float* re, float* im, float* gains, int count)
    {
        for (nint k = 0; k < count; k += 8)
        {
            Vector256<float> gain = Vector256.Load(gains + k);
            (Vector256.Load(re + k) * gain).Store(re + k);
            (Vector256.Load(im + k) * gain).Store(im + k);
        }
    }
}
