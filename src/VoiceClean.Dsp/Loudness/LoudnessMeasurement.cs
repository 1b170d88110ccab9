using System.Buffers;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Dsp.Loudness;

/// <summary>
/// Every loudness and level figure of one mono recording. NaN = undefined (too short, or silent); −∞ dB = digital
/// silence.
/// </summary>
/// <param name="IntegratedLufs">Integrated loudness, ITU-R BS.1770-5, single-channel reading [LUFS]; for clips below
/// 0.4 s ungated; NaN if nothing is above −70 LUFS.</param>
/// <param name="LoudnessRangeLu">Loudness range, EBU Tech 3342 [LU]; NaN below 3 s; indicative below 60 s.</param>
/// <param name="MaxMomentaryLufs">Highest momentary loudness (0.4 s) [LUFS]; NaN below 0.4 s.</param>
/// <param name="MaxShortTermLufs">Highest short-term loudness (3 s) [LUFS]; NaN below 3 s.</param>
/// <param name="TruePeakDb">True peak [dBTP].</param>
/// <param name="SamplePeakDb">Highest |sample| [dBFS].</param>
/// <param name="IsUngated">True if the clip is shorter than one gating block of 0.4 s, so that the integrated loudness
/// is the plain mean.</param>
public readonly record struct LoudnessMeasurement(
    double IntegratedLufs,
    double LoudnessRangeLu,
    double MaxMomentaryLufs,
    double MaxShortTermLufs,
    double TruePeakDb,
    double SamplePeakDb,
    bool IsUngated)
{
    /// <summary>
    /// What is added to a single-channel reading for the same signal on two loudspeakers: 10·log10(2) [LU].
    /// </summary>
    public const double DualMonoOffsetLu = 3.0102999566398120;

    /// <summary>Measures a recording.</summary>
    /// <param name="samples">One channel from beginning to end, full scale ±1, finite; any length.</param>
    /// <param name="sampleRate">[Hz], at least <see cref="KWeighting.MinSampleRate"/>.</param>
    /// <param name="cancellation">Checked about once per second of work.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is too low.</exception>
    public static LoudnessMeasurement Measure(
        ReadOnlySpan<float> samples,
        int sampleRate,
        CancellationToken cancellation = default) => MeasureAll(samples, sampleRate, withMaxima: true, cancellation);

    /// <summary>The same, but for the momentary and the short-term maximum, which are not-a-number.</summary>
    internal static LoudnessMeasurement MeasureWithoutMaxima(
        ReadOnlySpan<float> samples,
        int sampleRate,
        CancellationToken cancellation) => MeasureAll(samples, sampleRate, withMaxima: false, cancellation);

    private static LoudnessMeasurement MeasureAll(
        ReadOnlySpan<float> samples,
        int sampleRate,
        bool withMaxima,
        CancellationToken cancellation)
    {
        int count = KWeighting.CountSteps(samples.Length, sampleRate);
        double[] rented = ArrayPool<double>.Shared.Rent(count);
        Span<double> steps = rented.AsSpan(0, count);
        KWeighting.MeasureSteps(samples, sampleRate, steps, cancellation);
        double truePeak = TruePeak.Measure(samples, out float samplePeak, cancellation);
        var result = new LoudnessMeasurement(
            GatedLoudness.IntegratedOrUngated(steps, samples.Length, sampleRate),
            LoudnessRange.Measure(steps, samples.Length, sampleRate),
            withMaxima ? GatedLoudness.MaxMomentary(steps, samples.Length, sampleRate) : double.NaN,
            withMaxima ? GatedLoudness.MaxShortTerm(steps, samples.Length, sampleRate) : double.NaN,
            Decibels.FromAmplitude(truePeak),
            Decibels.FromAmplitude(samplePeak),
            GatedLoudness.IsShort(samples.Length, sampleRate));
        ArrayPool<double>.Shared.Return(rented);
        return result;
    }

    /// <summary>Measures the integrated loudness alone, in about half the time.</summary>
    /// <param name="samples">As for <see cref="Measure(ReadOnlySpan{float}, int, CancellationToken)"/>.</param>
    /// <param name="sampleRate">[Hz], at least <see cref="KWeighting.MinSampleRate"/>.</param>
    /// <param name="cancellation">Checked about once per second of work.</param>
    /// <returns>[LUFS]; NaN if undefined.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is too low.</exception>
    public static double MeasureIntegrated(
        ReadOnlySpan<float> samples,
        int sampleRate,
        CancellationToken cancellation = default) => Measure(samples, sampleRate, isAtAnyLevel: false, cancellation);

    /// <summary>Integrated loudness of a recording of any level, as <see cref="GatedLoudness.AtAnyLevel"/>.</summary>
    internal static double MeasureAtAnyLevel(
        ReadOnlySpan<float> samples,
        int sampleRate,
        CancellationToken cancellation = default) => Measure(samples, sampleRate, isAtAnyLevel: true, cancellation);

    private static double Measure(
        ReadOnlySpan<float> samples,
        int sampleRate,
        bool isAtAnyLevel,
        CancellationToken cancellation)
    {
        int count = KWeighting.CountSteps(samples.Length, sampleRate);
        double[] rented = ArrayPool<double>.Shared.Rent(count);
        Span<double> steps = rented.AsSpan(0, count);
        KWeighting.MeasureSteps(samples, sampleRate, steps, cancellation);
        double lufs = isAtAnyLevel
            ? GatedLoudness.AtAnyLevel(steps, samples.Length, sampleRate)
            : GatedLoudness.IntegratedOrUngated(steps, samples.Length, sampleRate);
        ArrayPool<double>.Shared.Return(rented);
        return lufs;
    }
}
