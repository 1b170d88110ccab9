namespace VoiceClean.Dsp.Loudness;

/// <summary>Collects the highest true peak of each cell of <see cref="GainCells"/>.</summary>
/// <param name="threshold">Peaks up to this amplitude are left out.</param>
/// <param name="peaks">One place per cell; a peak counts in the cells of both samples it lies between.</param>
/// <param name="cellLength">[sample]</param>
/// <param name="firstRow">Where the samples begin in the recording [sample].</param>
/// <param name="firstCell">The cell of the first place.</param>
/// <param name="allCells">Cells of the recording.</param>
internal readonly ref struct CellPeaks(
    float threshold,
    Span<float> peaks,
    int cellLength,
    int firstRow,
    int firstCell,
    int allCells) : IPeakSink
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
        int at = Math.Clamp((firstRow + sample) / cellLength, 0, allCells - 1) - firstCell;
        if ((uint)at < (uint)_peaks.Length)
        {
            ref float cell = ref _peaks[at];
            cell = Math.Max(cell, peak);
        }
    }
}
