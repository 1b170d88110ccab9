using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp;

/// <summary>
/// The minimum mean-square error estimate of the log spectral amplitude and its decision-directed a-priori SNR (Ephraim and Malah, "Speech enhancement using
/// a minimum mean-square error log-spectral amplitude estimator", IEEE TASSP 33(2), 1985), eight bins at once, without logarithm or exponential.
/// </summary>
/// <remarks>
/// The gain is G = w·e^(E1(v)/2) with w = ξ/(1+ξ), v = w·γ. Since v = w·γ, the estimated speech power over the noise power is
/// G²·γ = w·f(v) with f(v) = v·e^E1(v), which is smooth: e^-γEuler = 0.5615 at 0, and v for large v. So one rational function serves for both.
/// </remarks>
public static class LogSpectralAmplitude
{
    /// <summary>The largest a-posteriori SNR that is told apart from a larger one (30 dB).</summary>
    public const float MaxPosterior = 1000;

    /// <summary>
    /// f(v) = v·e^E1(v), relative error below 6e-6 for all v ≥ 0: a rational function of degree 5/4 whose leading coefficients agree, so that f(v) → v
    /// (least squares reweighted towards the minimax solution on 1400 points in 0 … 30).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> VTimesExpE1(Vector256<float> v)
    {
        Vector256<float> p = Vector256.Create(0.004752181372644598f);
        p = (p * v) + Vector256.Create(0.02550833483315969f);
        p = (p * v) + Vector256.Create(0.15119972497455764f);
        p = (p * v) + Vector256.Create(0.4871516533945147f);
        p = (p * v) + Vector256.Create(0.8235400212797388f);
        p = (p * v) + Vector256.Create(0.5614572307842337f);
        Vector256<float> q = Vector256.Create(0.004752181372644598f);
        q = (q * v) + Vector256.Create(0.02549057200171466f);
        q = (q * v) + Vector256.Create(0.1522211896351854f);
        q = (q * v) + Vector256.Create(0.466605160735203f);
        q = (q * v) + Vector256<float>.One;
        return p / q;
    }

    /// <summary>G²·γ: estimated speech power over noise power, at most γ (so that the gain never exceeds 1).</summary>
    /// <param name="prior">A-priori SNR ξ &gt; 0 (power ratio).</param>
    /// <param name="posterior">A-posteriori SNR γ, 0 to <see cref="MaxPosterior"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SpeechPower(Vector256<float> prior, Vector256<float> posterior)
    {
        Vector256<float> w = prior / (prior + Vector256<float>.One);
        return Vector256.Min(w * VTimesExpE1(w * posterior), posterior);
    }

    /// <summary>
    /// One frame of the decision-directed recursion for one bin group: ξ = max(α·G²γ(previous frame) + (1-α)·max(γ-1, 0), floor).
    /// Run forward it sees the past, run backward the future.
    /// </summary>
    /// <param name="previous">G²·γ of the frame before; replaced by that of this frame.</param>
    /// <param name="posterior">γ of this frame.</param>
    /// <param name="alpha">Weight of the previous frame, 0 to 1.</param>
    /// <param name="floor">Least ξ.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> DecisionDirected(ref Vector256<float> previous, Vector256<float> posterior, Vector256<float> alpha, Vector256<float> floor)
    {
        Vector256<float> instantaneous = Vector256.Max(posterior - Vector256<float>.One, Vector256<float>.Zero);
        Vector256<float> prior = Vector256.Max((alpha * previous) + ((Vector256<float>.One - alpha) * instantaneous), floor);
        previous = SpeechPower(prior, posterior);
        return prior;
    }
}
