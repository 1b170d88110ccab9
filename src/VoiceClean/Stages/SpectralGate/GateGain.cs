using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Speech;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>What is known of the cells of one frame [Stride each].</summary>
/// <param name="gamma">A-posteriori SNR.</param>
/// <param name="backward">A-priori SNR of the backward recursion.</param>
/// <param name="mean">A-posteriori SNR averaged over the neighbourhood.</param>
/// <param name="presence">Probability of speech per bin, 0 to 1.</param>
/// <param name="broad">Weight of the recipe for fricatives, 0 to 1.</param>
internal readonly unsafe struct GainCells(float* gamma, float* backward, float* mean, float* presence, float* broad)
{
    public readonly float* Gamma = gamma, Backward = backward, Mean = mean, Presence = presence, Broad = broad;
}

/// <summary>The gain of one frame, eight bins at a time. All rows are Stride long.</summary>
internal static unsafe class GateGain
{
    /// <summary>
    /// ξ is the greater of both directions: whichever has seen the speech knows better. Towards high frequencies it
    /// becomes √(the greater · local mean SNR), since fricatives are broad. The power of the speech over that of the
    /// noise is estimated by the MMSE-LSA gain, x = p·(G_LSA²·γ/5 + ξ·4/5), p being presence times activity, and looked
    /// at once more by W = x/(1+x) (two-step noise reduction: Plapous, Marro and Scalart, IEEE TASLP 14(6), 2006). What
    /// is wanted is the speech and the noise at G_min, so G = G_min + p·(1-G_min)·G_S, and G_S lies between √W, W and
    /// W² as the frame says. G_min is that of pauses or, as far as the frame belongs to speech, the one under speech,
    /// but not beside fricatives.
    /// </summary>
    /// <param name="cells">The cells.</param>
    /// <param name="frame">The frame as a whole.</param>
    /// <param name="alpha">Weight of the previous frame in the recursion.</param>
    /// <param name="floors">G_min of pauses, G_min under speech, and how much of the depth is used [3 x
    /// Stride].</param>
    /// <param name="forward">State of the forward recursion: G²γ of the previous frame; updated.</param>
    /// <param name="gains">Receives the gains, up to 1.</param>
    /// <param name="count">Stride.</param>
    public static void Compute(
        GainCells cells,
        GateFrame frame,
        float alpha,
        float* floors,
        float* forward,
        float* gains,
        int count)
    {
        Vector256<float> a = Vector256.Create(alpha),
            floor = Vector256.Create(GateConstants.LeastPrior),
            zero = Vector256<float>.Zero,
            one = Vector256<float>.One,
            prior = Vector256.Create(GateConstants.PriorShare);
        Vector256<float> active = Vector256.Create(frame.Activity),
            spared = Vector256.Create(frame.NearFricative),
            low = Vector256.Create(frame.LowDepth),
            rise = Vector256.Create(frame.HighDepth - frame.LowDepth),
            deepest = Vector256.Create(GateConstants.DeepestGain);
        for (nint k = 0; k < count; k += 8)
        {
            Vector256<float> g = Vector256.Load(cells.Gamma + k),
                previous = Vector256.Load(forward + k),
                w = Vector256.Load(cells.Broad + k);
            Vector256<float> xf = LogSpectralAmplitude.DecisionDirected(ref previous, g, a, floor),
                xb = Vector256.Load(cells.Backward + k);
            previous.Store(forward + k);
            Vector256<float> p = active * Vector256.Load(cells.Presence + k),
                pause = Vector256.Load(floors + k),
                deeper = active * (pause - Vector256.Load(floors + count + k)),
                min = pause - (deeper * (one - (w * spared)));
            if (Vector256.EqualsAll(p, zero))
            {
                min.Store(gains + k);       // most bins of most frames; what follows would come to the same
                continue;
            }

            Vector256<float> xi = Vector256.MaxNative(xf, xb),
                local = Vector256.MaxNative(Vector256.Load(cells.Mean + k) - one, floor);
            xi = Vector256.FusedMultiplyAdd(w, Vector256.Sqrt(xi * local) - xi, xi);
            Vector256<float> once = LogSpectralAmplitude.SpeechPower(xi, g);
            Vector256<float> speech = p * Vector256.FusedMultiplyAdd(prior, xi - once, once),
                wiener = speech / (one + speech),
                root = Vector256.Sqrt(wiener);
            Vector256<float> depth = Vector256.MinNative(
                Vector256.Load(floors + (2 * (nint)count) + k) * Vector256.FusedMultiplyAdd(w, rise, low),
                deepest);
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
