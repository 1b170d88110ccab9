using VoiceClean.Audio;

namespace VoiceClean.Stages.NormalizeLoudness;

/// <summary>What the loudness stage did to the clip.</summary>
/// <param name="GainDb">Gain on the whole clip [dB]; 0 if its loudness is undefined.</param>
/// <param name="MaxReductionDb">Most by which the limiter turned down a peak [dB]; 0 = it did nothing and every sample
/// is exactly sample · gain.</param>
/// <param name="ShortfallLu">How far the result stays below the target [LU], 0 if it is reached; NaN if the loudness is
/// undefined or the gain was given.</param>
/// <param name="IntegratedLufs">Integrated loudness of the result, single-channel reading [LUFS]; NaN if
/// undefined.</param>
/// <param name="TruePeakDb">True peak of the result [dBTP]; −∞ for silence.</param>
/// <param name="IsUngated">True if the clip is shorter than one gating block (0.4 s).</param>
internal sealed record AppliedGain(
    double GainDb,
    double MaxReductionDb,
    double ShortfallLu,
    double IntegratedLufs,
    double TruePeakDb,
    bool IsUngated) : IReportedFinding
{
    /// <inheritdoc/>
    public void Report(FigureList figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        figures.Add("gain_db", GainDb);
        figures.Add("limiter_max_reduction_db", MaxReductionDb);
        figures.Add("loudness_shortfall_lu", ShortfallLu);
        figures.Add(
            "loudness_mode",
            double.IsNaN(IntegratedLufs) ? "undefined"
                : IsUngated ? "ungated-short"
                : "gated");
    }
}
