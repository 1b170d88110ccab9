using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// One step of the soft-decision recursion of Gerkmann and Hendriks ("Unbiased MMSE-based noise power estimation with
/// low complexity and low tracking delay", IEEE TASLP 20(4), 2012), which runs in either direction. Immutable.
/// </summary>
internal sealed unsafe class NoiseFollower
{
    private readonly float _keep, _keepPresence;

    /// <param name="stepSeconds">Distance of the cells [s].</param>
    public NoiseFollower(double stepSeconds)
    {
        _keep = (float)Math.Exp(-stepSeconds / GateConstants.TrackSeconds);
        _keepPresence = (float)Math.Exp(-stepSeconds / GateConstants.TrackPresenceSeconds);
    }

    /// <summary>
    /// p = P(speech | power) = 1/(1 + (1+ξ)·exp(-γ·ξ/(1+ξ))), held below 0.99 where its mean says that it got stuck; λ
    /// ← a·λ + (1-a)·((1-p)·power + p·λ).
    /// </summary>
    /// <param name="power">Power of the cell.</param>
    /// <param name="scale">Factor on it: the inverse of the lift.</param>
    /// <param name="noise">λ; updated.</param>
    /// <param name="presence">Mean of p; updated.</param>
    /// <param name="count">Bins, whole groups of eight.</param>
    public void Follow(float* power, float scale, float* noise, float* presence, int count)
    {
        float prior = (float)GateConstants.TrackPrior;
        Vector256<float> one = Vector256<float>.One,
            odds = Vector256.Create(1 + prior),
            rate = Vector256.Create(-prior / (1 + prior) * 1.44269504f);
        Vector256<float> a = Vector256.Create(_keep),
            rest = Vector256.Create(1 - _keep),
            ap = Vector256.Create(_keepPresence),
            restp = Vector256.Create(1 - _keepPresence);
        Vector256<float> stuck = Vector256.Create(GateConstants.TrackStuck),
            most = Vector256.Create(100f),
            s = Vector256.Create(scale);
        for (nint k = 0; k < count; k += 8)
        {
            Vector256<float> lambda = Vector256.Load(noise + k), x = Vector256.Load(power + k) * s;
            Vector256<float> ratio = Vector256.MinNative(x / lambda, most);
            Vector256<float> p = one / Vector256.FusedMultiplyAdd(odds, VectorMath.Exp2(ratio * rate), one);
            Vector256<float> mean = Vector256.FusedMultiplyAdd(ap, Vector256.Load(presence + k), restp * p);
            mean.Store(presence + k);
            p = Vector256.ConditionalSelect(Vector256.GreaterThan(mean, stuck), Vector256.MinNative(p, stuck), p);
            Vector256<float> noisePower = Vector256.FusedMultiplyAdd(p, lambda - x, x);
            Vector256
                .MaxNative(Vector256.FusedMultiplyAdd(a, lambda, rest * noisePower), Vector256.Create(1e-20f))
                .Store(noise + k);
        }
    }
}
