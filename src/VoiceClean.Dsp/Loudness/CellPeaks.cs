namespace VoiceClean.Dsp.Loudness;

/// <summary>Collects the highest true peak of each cell of <see cref="GainCells"/>.</summary>
/// <param name="threshold">Peaks up to this amplitude are left out.</param>
/// <param name="peaks">One place per cell; a peak counts in the cells of both samples it lies between.</param>
/// <param name="cellLength">[sample]</param>
internal readonly ref struct CellPeaks(float threshold, Span<float> peaks, int cellLength) : IPeakSink
{
    private readonly Span<float> _peaks = peaks;

    /// <inheritdoc/>
    public float Threshold { get; } = threshold;

    /// <inheritdoc/>
    public void Add(int row, float peak)
    {
        if (peak > Threshold)
        {
            Raise(row, peak);
            Raise(row + 1, peak);
        }
    }

    private void Raise(int sample, float peak)
    {
        // What rings before the beginning and after the end belongs to the first and the last cell.
        ref float cell = ref _peaks[Math.Clamp(sample / cellLength, 0, _peaks.Length - 1)];
        cell = Math.Max(cell, peak);
    }
}
