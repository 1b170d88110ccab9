using System.Runtime.Intrinsics;
using VoiceClean.Dsp;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>What is known of a frame as a whole.</summary>
/// <param name="Activity">Whether it belongs to speech, 0 to 1.</param>
/// <param name="Consonant">How sure it is that the band of fricatives holds speech, 0 to 1.</param>
/// <param name="OverNoiseDb">Its level over that of the noise, both together [dB].</param>
internal readonly record struct GateFrame(float Activity, float Consonant, float OverNoiseDb)
{
    /// <summary>How far the gain goes to its root (1) or to its square (-1).</summary>
    public float Bend
    {
        get
        {
            float strong = Math.Clamp((OverNoiseDb - GateSettings.WeakFrameDb) / (GateSettings.StrongFrameDb - GateSettings.WeakFrameDb), 0, 1);
            return (strong * (GateSettings.StrongFrameRoot + GateSettings.WeakFramePower)) - GateSettings.WeakFramePower;
        }
    }
}

/// <summary>The gain of one frame, eight bins at a time. All rows are Stride long.</summary>
internal static unsafe class GateGain
{
    /// <summary>
    /// ξ lies between the mean and the greater of both directions; towards high frequencies it becomes √(the greater · local mean SNR), since fricatives are
    /// broad. What is wanted is the speech and the noise at G_min, so G = G_min + p·(1-G_min)·G_S, p being presence times activity and G_S the gain of speech
    /// alone: G_LSA, moved towards its square in weak frames and towards its root in strong ones and in consonants.
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
    /// <param name="gains">Receives the gains, <paramref name="least"/> to 1.</param>
    /// <param name="count">Stride.</param>
    public static void Compute(
        float* gamma, float* backward, float* mean, float* presence, float* broad, GateFrame frame, float alpha, float least, float* forward, float* gains, int count)
    {
        Vector256<float> a = Vector256.Create(alpha), floor = Vector256.Create(GateSettings.LeastPrior), one = Vector256<float>.One;
        Vector256<float> active = Vector256.Create(frame.Activity), min = Vector256.Create(least), range = one - min, half = Vector256.Create(0.5f), tiny = Vector256.Create(1e-10f);
        Vector256<float> towards = Vector256.Create(GateSettings.TowardsGreater), lenient = Vector256.Create(GateSettings.ConsonantLeniency + (GateSettings.SureConsonantLeniency * frame.Consonant));
        float bend = frame.Bend;
        Vector256<float> root = Vector256.Create(Math.Max(bend, 0)), square = Vector256.Create(Math.Max(-bend, 0)), spared = Vector256.Create(frame.Consonant);
        for (nint k = 0; k < count; k += 8)
        {
            Vector256<float> g = Vector256.Load(gamma + k), previous = Vector256.Load(forward + k), w = Vector256.Load(broad + k);
            Vector256<float> xf = LogSpectralAmplitude.DecisionDirected(ref previous, g, a, floor), xb = Vector256.Load(backward + k);
            previous.Store(forward + k);
            Vector256<float> p = active * Vector256.Load(presence + k);
            if (Vector256.EqualsAll(p, Vector256<float>.Zero))
            {
                min.Store(gains + k);       // most bins of most frames; what follows would come to the same
                continue;
            }

            Vector256<float> greater = Vector256.MaxNative(xf, xb), xi = half * (xf + xb);
            xi = Vector256.FusedMultiplyAdd(towards, greater - xi, xi);
            Vector256<float> local = Vector256.MaxNative(Vector256.Load(mean + k) - one, floor);
            xi = Vector256.FusedMultiplyAdd(w, Vector256.Sqrt(greater * local) - xi, xi);
            Vector256<float> gain = Vector256.Sqrt(LogSpectralAmplitude.SpeechPower(xi, g) / Vector256.MaxNative(g, tiny));
            gain += lenient * w * (Vector256.Sqrt(gain) - gain);
            if (bend > 0)
            {
                gain += root * (Vector256.Sqrt(gain) - gain);
            }
            else
            {
                gain -= square * (one - (spared * w)) * (gain - (gain * gain));
            }

            (min + (p * range * gain)).Store(gains + k);
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
