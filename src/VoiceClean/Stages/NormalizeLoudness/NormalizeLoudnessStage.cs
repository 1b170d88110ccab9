using System.Globalization;
using VoiceClean.Audio;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Errors;

namespace VoiceClean.Stages.NormalizeLoudness;

/// <summary>
/// Brings a clip to a loudness under a ceiling of the true peak: by gain alone if that is enough, else by gain and a
/// look-ahead limiter in a closed loop, because limiting costs loudness. Sources: ITU-R BS.1770-5, EBU R 128.
/// </summary>
/// <remarks>
/// Promises: the integrated loudness of the result within 0.1 LU of the target (usually 0.01) unless that would take
/// more than
/// <see cref="NormalizeLoudnessOptions.MaxReductionDb"/> of limiting at more than a few moments (<see
/// cref="RarePeaks"/>); the true peak never above the ceiling, dither
/// included; nothing but a gain where gain suffices. Sets <see cref="AppliedGain"/>.
/// </remarks>
internal sealed class NormalizeLoudnessStage(NormalizeLoudnessOptions options) : IStage
{
    // Rounding and dither of the 16-bit writer can raise a peak between samples by 1.5 LSB times the interpolator's
    // gain of 3.
    private const double WriterReserve = 1.4e-4;

    // A peak this little over the ceiling is met by turning the whole clip down by as much, which stays within the aim
    // of 0.02 LU.
    private const double NegligibleExcessDb = 0.015;

    // So far beyond the permitted limiting it is worth looking whether only a few moments stand in the way.
    private const double RareExcessDb = 0.5;

    /// <summary>Largest distance from the target that is not reported as a shortfall [LU].</summary>
    internal const double ToleranceLu = 0.1;

    // A gain that was given is to keep the levels of several clips against each other; from here on it does not [LU].
    private const double KeptLevelLu = 0.5;

    /// <inheritdoc/>
    public string Name => "normalize-loudness";

    /// <inheritdoc/>
    public void Process(AudioClip clip, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (options.TargetLufs is not { } target)
        {
            return;
        }

        target -= options.DualMono ? LoudnessMeasurement.DualMonoOffsetLu : 0;
        using var steps = new StepEnergies(clip.Samples, clip.SampleRate, cancellation);
        double loudness = steps.Loudness();
        if (double.IsNaN(loudness) && options.FixedGainDb is null)
        {
            clip.Warn(
                WarningCodes.LoudnessUndefined,
                "The clip is silent or too quiet to have a loudness; its level was left alone.");
            clip.Findings.Set(
                new AppliedGain(
                    0,
                    0,
                    double.NaN,
                    double.NaN,
                    Decibels.FromAmplitude(TruePeak.Measure(clip.Samples, cancellation)),
                    steps.IsShort));
            return;
        }

        double requestedDb = options.FixedGainDb ?? steps.GainTo(target);
        double peakDb = Decibels.FromAmplitude(TruePeak.Measure(clip.Samples, cancellation));
        double safeDb = Decibels.FromAmplitude(Decibels.ToAmplitude(options.TruePeakDb) - WriterReserve);
        double highestPlain = safeDb - peakDb;
        bool plain = requestedDb <= highestPlain + NegligibleExcessDb || options.MaxReductionDb == 0;
        AppliedGain applied = plain
            ? ApplyPlain(clip, steps, Math.Min(requestedDb, highestPlain), peakDb)
            : Limit(
                clip,
                steps,
                requestedDb,
                options.FixedGainDb is null ? target : null,
                peakDb,
                safeDb,
                cancellation);
        if (options.FixedGainDb is null)
        {
            double shortfall = target - applied.IntegratedLufs;
            applied = applied with { ShortfallLu = shortfall > ToleranceLu ? shortfall : 0 };
            if (shortfall > ToleranceLu)
            {
                clip.Warn(
                    WarningCodes.LoudnessNotReached,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The loudness stays {shortfall:0.0} LU below the target: its peaks would have to be limited "
                            + $"by more than {options.MaxReductionDb:0.#} dB."));
            }
        }

        else
        {
            WarnOfLevel(clip, loudness + requestedDb - applied.IntegratedLufs, requestedDb);
        }

        clip.Findings.Set(applied);
    }

    private static void WarnOfLevel(AudioClip clip, double lackingLu, double gainDb)
    {
        if (lackingLu > KeptLevelLu)
        {
            clip.Warn(
                WarningCodes.LoudnessNotReached,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The clip stays {lackingLu:0.0} LU below what the common gain "
                        + $"of {gainDb:0.0} dB would make of it, because its peaks may not pass the ceiling."));
        }
    }

    private static AppliedGain ApplyPlain(AudioClip clip, StepEnergies steps, double gainDb, double peakDb)
    {
        GainCells.Scale(clip.Samples, (float)Decibels.ToAmplitude(gainDb), clip.Samples);
        return new AppliedGain(gainDb, 0, double.NaN, steps.Loudness(gainDb), peakDb + gainDb, steps.IsShort);
    }

    private AppliedGain Limit(
        AudioClip clip,
        StepEnergies steps,
        double requestedDb,
        double? target,
        double peakDb,
        double safeDb,
        CancellationToken cancellation)
    {
        using var limited = new LimitedGain(clip, steps, cancellation);
        double allowedDb = safeDb + options.MaxReductionDb - requestedDb;
        double commonDb = peakDb > allowedDb + RareExcessDb
            ? Math.Min(peakDb, RarePeaks.CommonPeakDb(clip.Samples, clip.SampleRate, allowedDb) ?? peakDb)
            : peakDb;
        return limited.Apply(requestedDb, target, commonDb, safeDb, options.MaxReductionDb);
    }
}
