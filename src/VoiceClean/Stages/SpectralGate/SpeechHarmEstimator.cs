using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// Measures on the clip itself what the gains do to speech: the part of each cell that exceeds the noise, (|X|² - λ)⁺,
/// before and after, over frames that clearly are speech. It cannot see what lies under the noise, and need not: that
/// was inaudible before.
/// </summary>
internal sealed unsafe class SpeechHarmEstimator
{
    private readonly int _stride, _low, _voice, _fricative, _high;
    private double _before, _after, _changed, _fricativeBefore, _fricativeAfter;

    /// <param name="framing">The bins.</param>
    public SpeechHarmEstimator(SpeechFraming framing)
    {
        _stride = framing.Stride;
        _low = framing.Bin(GateConstants.FrameLowHz) & ~7;
        _voice = framing.Bin(GateConstants.VoiceHighHz) & ~7;
        _fricative = (framing.Bin(GateConstants.FricativeBandHz) + 7) & ~7;
        _high = Math.Min(framing.Bin(GateConstants.FrameHighHz), framing.Stft.BinCount) & ~7;
    }

    /// <summary>Change of the level of clear speech [dB].</summary>
    public double LevelDb => _before > 0 ? Decibels.FromPower(_after / _before) : 0;

    /// <summary>Change of clear fricatives, 4 to 10 kHz [dB]; NaN without any.</summary>
    public double ConsonantDb =>
        _fricativeBefore > 0 ? Decibels.FromPower(_fricativeAfter / _fricativeBefore) : double.NaN;

    /// <summary>Clear speech over its change [dB]; NaN without any.</summary>
    public double DistortionDb => _before > 0 ? Decibels.FromPower(_before / Math.Max(_changed, 1e-30)) : double.NaN;

    /// <summary>
    /// The largest share of the gated signal (the rest being input) at which every figure keeps its bound: mixing
    /// scales the change of an amplitude by the share.
    /// </summary>
    public double HarmlessShare()
    {
        double level = HarmlessMix.Share(LevelDb, GateConstants.LeastLevelChangeDb),
            consonants = HarmlessMix.Share(ConsonantDb, GateConstants.LeastConsonantChangeDb),
            below = Math.Min(0, DistortionDb - GateConstants.LeastDistortionDb);
        return Math.Min(Math.Min(level, consonants), below < 0 ? Decibels.ToAmplitude(below) : 1);
    }

    /// <summary>Takes one frame.</summary>
    /// <param name="re">Real parts before the gain [Stride].</param>
    /// <param name="im">Imaginary parts before the gain [Stride].</param>
    /// <param name="gamma">|X|²/λ [Stride].</param>
    /// <param name="gain">Gain per bin, 0 to 1 [Stride].</param>
    public void Add(float* re, float* im, float* gamma, float* gain)
    {
        Band voice = Measure(re, im, gamma, gain, _low, _voice),
            middle = Measure(re, im, gamma, gain, _voice, _fricative),
            high = Measure(re, im, gamma, gain, _fricative, _high);
        double before = voice.Before + middle.Before + high.Before,
            noise = voice.Noise + middle.Noise + high.Noise;
        if (before > GateConstants.ClearSpeech * noise)
        {
            _before += before;
            _after += voice.After + middle.After + high.After;
            _changed += voice.Changed + middle.Changed + high.Changed;
        }

        if (high.Before > GateConstants.ClearSpeech * high.Noise && high.Before > voice.Before)
        {
            _fricativeBefore += high.Before;
            _fricativeAfter += high.After;
        }
    }

    /// <summary>Takes what another one has seen of the same clip.</summary>
    public void Add(SpeechHarmEstimator other)
    {
        (_before, _after, _changed) = (_before + other._before, _after + other._after, _changed + other._changed);
        (_fricativeBefore, _fricativeAfter) = (
            _fricativeBefore + other._fricativeBefore,
            _fricativeAfter + other._fricativeAfter);
    }

    private readonly record struct Band(double Before, double After, double Changed, double Noise);

    private static Band Measure(float* re, float* im, float* gamma, float* gain, int from, int to)
    {
        Vector256<float> before = Vector256<float>.Zero,
            after = before,
            changed = before,
            all = before,
            one = Vector256<float>.One;
        for (nint k = from; k < to; k += 8)
        {
            Vector256<float> x = Vector256.Load(re + k), y = Vector256.Load(im + k), g = Vector256.Load(gain + k);
            Vector256<float> power = (x * x) + (y * y);
            Vector256<float> speech =
                power
                * Vector256.MaxNative(
                    one - (one / Vector256.MaxNative(Vector256.Load(gamma + k), one)),
                    Vector256<float>.Zero);
            before += speech;
            after += speech * g * g;
            changed += speech * (one - g) * (one - g);
            all += power;
        }

        double sum = Vector256.Sum(before);
        return new Band(sum, Vector256.Sum(after), Vector256.Sum(changed), Math.Max(Vector256.Sum(all) - sum, 1e-30));
    }
}
