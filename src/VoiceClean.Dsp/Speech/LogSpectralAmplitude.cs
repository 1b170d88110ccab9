using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp.Speech;

/// <summary>
/// The minimum mean-square error estimate of the log spectral amplitude and its decision-directed a-priori SNR (Ephraim
/// and Malah, "Speech enhancement using a minimum mean-square error log-spectral amplitude estimator", IEEE TASSP
/// 33(2), 1985), eight bins at once, without logarithm or exponential.
/// </summary>
/// <remarks>
/// The gain is G = w·e^(E1(v)/2) with w = ξ/(1+ξ), v = w·γ. Since v = w·γ, the estimated speech power over the noise
/// power is G²·γ = w·f(v) with f(v) = v·e^E1(v), which is smooth: e^-γEuler = 0.5615 at 0, and v for large v. So one
/// rational function serves for both.
/// </remarks>
internal static class LogSpectralAmplitude
{
    /// <summary>The largest a-posteriori SNR that is told apart from a larger one (30 dB).</summary>
    public const float MaxPosterior = 1000;

    /// <summary>
    /// f(v) = v·e^E1(v), relative error below 1e-6 for all v from 0 to 1000: a rational function of degree 6/5 whose
    /// leading coefficients agree, so that f(v) → v (minimax by iterated linear programmes on 3000 points, 0 and 1e-6 …
    /// 1000; 5.5e-7 in exact arithmetic, 8.3e-7 in single precision).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> VTimesExpE1(Vector256<float> v)
    {
        Vector256<float> p = Vector256.Create(0.0006757627946919889f);
        p = Vector256.FusedMultiplyAdd(p, v, Vector256.Create(0.004195196018929443f));
        p = Vector256.FusedMultiplyAdd(p, v, Vector256.Create(0.032504648716112625f));
        p = Vector256.FusedMultiplyAdd(p, v, Vector256.Create(0.162151458369665f));
        p = Vector256.FusedMultiplyAdd(p, v, Vector256.Create(0.5052214850889025f));
        p = Vector256.FusedMultiplyAdd(p, v, Vector256.Create(0.8345755977598749f));
        p = Vector256.FusedMultiplyAdd(p, v, Vector256.Create(0.5614597932149065f));
        Vector256<float> q = Vector256.Create(0.0006757627946919889f);
        q = Vector256.FusedMultiplyAdd(q, v, Vector256.Create(0.004195364020729233f));
        q = Vector256.FusedMultiplyAdd(q, v, Vector256.Create(0.03248194929390118f));
        q = Vector256.FusedMultiplyAdd(q, v, Vector256.Create(0.16313647163412362f));
        q = Vector256.FusedMultiplyAdd(q, v, Vector256.Create(0.4864687762313918f));
        q = Vector256.FusedMultiplyAdd(q, v, Vector256<float>.One);
        return p / q;
    }

    /// <summary>G²·γ: estimated speech power over noise power, at most γ (so that the gain never exceeds 1).</summary>
    /// <param name="prior">A-priori SNR ξ &gt; 0 (power ratio).</param>
    /// <param name="posterior">A-posteriori SNR γ, 0 to <see cref="MaxPosterior"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SpeechPower(Vector256<float> prior, Vector256<float> posterior)
    {
        Vector256<float> w = prior / (prior + Vector256<float>.One);
        return Vector256.MinNative(w * VTimesExpE1(w * posterior), posterior);
    }

    /// <summary>
    /// One frame of the decision-directed recursion for one bin group: ξ = max(α·G²γ(previous frame) + (1-α)·max(γ-1,
    /// 0), floor). Run forward it sees the past, run backward the future.
    /// </summary>
    /// <param name="previous">G²·γ of the frame before; replaced by that of this frame.</param>
    /// <param name="posterior">γ of this frame.</param>
    /// <param name="alpha">Weight of the previous frame, 0 to 1.</param>
    /// <param name="floor">Least ξ.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> DecisionDirected(
        ref Vector256<float> previous,
        Vector256<float> posterior,
        Vector256<float> alpha,
        Vector256<float> floor)
    {
        Vector256<float> instantaneous = Vector256.MaxNative(posterior - Vector256<float>.One, Vector256<float>.Zero);
        Vector256<float> prior = Vector256.MaxNative(
            Vector256.FusedMultiplyAdd(alpha, previous, (Vector256<float>.One - alpha) * instantaneous),
            floor);
        previous = SpeechPower(prior, posterior);
        return prior;
    }
}
