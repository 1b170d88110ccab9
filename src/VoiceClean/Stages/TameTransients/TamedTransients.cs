using VoiceClean.Audio;

namespace VoiceClean.Stages.TameTransients;

/// <summary>What <see cref="TameTransientsStage"/> turned down; only where there was something.</summary>
/// <param name="Count">Transients.</param>
/// <param name="MaxReductionDb">The most by which a sample was turned down [dB].</param>
internal sealed record TamedTransients(int Count, double MaxReductionDb) : IReportedFinding
{
    /// <inheritdoc/>
    public void Report(FigureList figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        figures.Add("transients", (double)Count);
        figures.Add("transients_max_reduction_db", MaxReductionDb);
    }
}
