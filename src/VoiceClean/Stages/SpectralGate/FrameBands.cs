using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Speech;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>What is known of a frame as a whole.</summary>
/// <param name="Prominence">Its level over the noise, from weak (0) to strong (1).</param>
/// <param name="Fricative">How much of it is fricative, 0 to 1.</param>
internal readonly record struct FrameLevel(float Prominence, float Fricative);

/// <summary>
/// Divides the power of a frame by that of the noise, and compares both in the bands of the voice and of fricatives on
/// the way: hundreds of cells agree on what each of them leaves in doubt.
/// </summary>
internal sealed unsafe class FrameBands
{
    private readonly float[] _counts;       // 1 for bins of the lowest band, else 0 [whole groups up to _voice]
    private readonly int _voice, _fricative, _high, _stride;    // ends of the bands, in whole groups of eight

    /// <param name="framing">The bins.</param>
    public FrameBands(SpeechFraming framing)
    {
        _stride = framing.Stride;
        _voice = (framing.Bin(GateConstants.VoiceHighHz) + 4) & ~7;
        _fricative = Math.Max(_voice, (framing.Bin(GateConstants.FricativeBandHz) + 4) & ~7);
        _high = Math.Clamp((framing.Bin(GateConstants.FrameHighHz) + 4) & ~7, _fricative, _stride);
        _counts = new float[_voice];
        _counts.AsSpan(framing.Bin(GateConstants.FrameLowHz)).Fill(1);
    }

    /// <summary>γ = min(|X|²/λ, 30 dB), with λ linear between two rows.</summary>
    /// <param name="power">|X|² [Stride]; becomes γ.</param>
    /// <param name="now">Noise power of the cell before [Stride].</param>
    /// <param name="next">Noise power of the cell after [Stride].</param>
    /// <param name="share">Where between them the frame lies, 0 to 1.</param>
    /// <returns>The frame as a whole.</returns>
    public FrameLevel Scale(float* power, float* now, float* next, float share)
    {
        Vector256<float> w = Vector256.Create(share);
        Level voice, middle, high;
        fixed (float* counts = _counts)
        {
            voice = Scale(power, now, next, w, counts, 0, _voice);
        }

        middle = Scale(power, now, next, w, null, _voice, _fricative);
        high = Scale(power, now, next, w, null, _fricative, _high);
        Scale(power, now, next, w, null, _high, _stride);
        double over = Decibels.FromPower(
            (voice.Power + middle.Power + high.Power + 1e-20) / (voice.Noise + middle.Noise + high.Noise + 1e-20));
        double fricative = Decibels.FromPower(
            (Math.Max(high.Power - high.Noise, 0) + 1e-20) / (Math.Max(voice.Power - voice.Noise, 0) + 1e-20));
        return new FrameLevel(
            Ramp(over, GateConstants.WeakFrameDb, GateConstants.StrongFrameDb),
            Ramp(fricative, GateConstants.FricativeFromDb, GateConstants.FricativeFullDb));
    }

    private static float Ramp(double x, float from, float to) => (float)Math.Clamp((x - from) / (to - from), 0, 1);

    private readonly record struct Level(double Power, double Noise);

    private static Level Scale(
        float* power,
        float* now,
        float* next,
        Vector256<float> share,
        float* counts,
        int from,
        int to)
    {
        Vector256<float> most = Vector256.Create(LogSpectralAmplitude.MaxPosterior),
            frame = Vector256<float>.Zero,
            noise = frame;
        for (nint k = from; k < to; k += 8)
        {
            Vector256<float> a = Vector256.Load(now + k),
                lambda = a + (share * (Vector256.Load(next + k) - a)),
                x = Vector256.Load(power + k);
            Vector256.MinNative(x / lambda, most).Store(power + k);
            Vector256<float> count = counts is null ? Vector256<float>.One : Vector256.Load(counts + k);
            frame += count * x;
            noise += count * lambda;
        }

        return new Level(Vector256.Sum(frame), Vector256.Sum(noise));
    }
}
