using VoiceClean.Audio;

namespace VoiceClean.Stages.Compress;

/// <summary>What the compressor did.</summary>
/// <param name="ThresholdDb">Where compression began [dBFS, peak]; NaN if the clip has no loudness to take it from, and
/// nothing was done.</param>
/// <param name="MaxReductionDb">Most reduction [dB].</param>
/// <param name="MeanReductionDb">Reduction averaged over the time in which there was any [dB].</param>
/// <param name="ActiveShare">Share of the time in which there was any, 0 to 1.</param>
internal sealed record CompressionFigures(
    double ThresholdDb,
    double MaxReductionDb,
    double MeanReductionDb,
    double ActiveShare) : IReportedFinding
{
    /// <inheritdoc/>
    public void Report(FigureList figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        figures.Add("compressor_threshold_dbfs", ThresholdDb);
        figures.Add("compressor_max_reduction_db", MaxReductionDb);
        figures.Add("compressor_mean_reduction_db", MeanReductionDb);
        figures.Add("compressor_active_share", ActiveShare);
    }
}
