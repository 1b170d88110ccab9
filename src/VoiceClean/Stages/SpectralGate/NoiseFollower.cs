using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// One step of the soft-decision recursion of Gerkmann and Hendriks ("Unbiased MMSE-based noise power estimation with
/// low complexity and low tracking delay", IEEE TASLP 20(4), 2012), which runs in either direction. Immutable.
/// </summary>
internal sealed unsafe class NoiseFollower
{
    private readonly float[] _keep;         // weight of the cell before, per bin [Stride]
    private readonly float _keepPresence;

    /// <param name="framing">The bins.</param>
    /// <param name="stepSeconds">Distance of the cells [s].</param>
    /// <param name="steadiness">How still the noise holds, 0 to 1: so much slower it is followed.</param>
    public NoiseFollower(SpeechFraming framing, double stepSeconds, float steadiness)
    {
        _keep = new float[framing.Stride];
        for (int k = 0; k < _keep.Length; k++)
        {
            double still = GateConstants.StillTrackSeconds
                    + (SpeechPresence.BroadShare(k * framing.BinWidthHz)
                        * (GateConstants.StillHighTrackSeconds - GateConstants.StillTrackSeconds)),
                seconds = GateConstants.TrackSeconds + (steadiness * (still - GateConstants.TrackSeconds));
            _keep[k] = (float)Math.Exp(-stepSeconds / seconds);
        }

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
    /// <param name="from">The first bin; all rows begin with it.</param>
    /// <param name="count">Bins, whole groups of eight.</param>
    public void Follow(float* power, float scale, float* noise, float* presence, int from, int count)
    {
        float prior = (float)GateConstants.TrackPrior;
        Vector256<float> one = Vector256<float>.One,
            odds = Vector256.Create(1 + prior),
            rate = Vector256.Create(-prior / (1 + prior) * 1.44269504f);
        Vector256<float> ap = Vector256.Create(_keepPresence), restp = Vector256.Create(1 - _keepPresence);
        Vector256<float> stuck = Vector256.Create(GateConstants.TrackStuck),
            most = Vector256.Create(100f),
            s = Vector256.Create(scale);
        fixed (float* keep = _keep)
        {
            for (nint k = 0; k < count; k += 8)
            {
                Vector256<float> lambda = Vector256.Load(noise + k), x = Vector256.Load(power + k) * s;
                Vector256<float> ratio = Vector256.MinNative(x / lambda, most);
                Vector256<float> p = one / Vector256.FusedMultiplyAdd(odds, VectorMath.Exp2(ratio * rate), one);
                Vector256<float> mean = Vector256.FusedMultiplyAdd(ap, Vector256.Load(presence + k), restp * p);
                mean.Store(presence + k);
                p = Vector256.ConditionalSelect(Vector256.GreaterThan(mean, stuck), Vector256.MinNative(p, stuck), p);
                Vector256<float> noisePower = Vector256.FusedMultiplyAdd(p, lambda - x, x),
                    a = Vector256.Load(keep + from + k);
                Vector256
                    .MaxNative(
                        Vector256.FusedMultiplyAdd(a, lambda, (one - a) * noisePower),
                        Vector256.Create(1e-20f))
                    .Store(noise + k);
            }
        }
    }
}
