using VoiceClean.Audio;

namespace VoiceClean.Inspection.Removable;

/// <summary>
/// The mains hum that was found and removed; <see cref="FrequencyHz"/> 0 = none, the samples were not touched.
/// </summary>
/// <param name="FrequencyHz">The mains frequency as measured [Hz], near 50 or 60; 0 = no hum.</param>
/// <param name="Harmonics">The multiples of it that were removed, ascending; empty if there is none.</param>
/// <param name="LevelsDb">The level of each [dBFS, RMS], as long as <paramref name="Harmonics"/>.</param>
internal sealed record MainsHum(double FrequencyHz, IReadOnlyList<int> Harmonics, IReadOnlyList<double> LevelsDb)
    : IReportedFinding
{
    /// <inheritdoc/>
    public void Report(FigureList figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        figures.Add("hum_hz", FrequencyHz > 0 ? FrequencyHz : null);
        figures.Add("hum_harmonics", [.. Harmonics.Select(h => (double)h)]);
        figures.Add("hum_levels_dbfs", [.. LevelsDb]);
    }
}
