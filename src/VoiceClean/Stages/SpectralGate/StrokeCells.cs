using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>The cells of a clip in bands, over what a tenth of the sounding ones stays below in each band.</summary>
/// <param name="framing">The bins.</param>
/// <param name="ratios">Power of the bands over that of the profile [cells x bands]; becomes that over the
/// reference.</param>
/// <param name="bands">Number of bands.</param>
/// <param name="rows">Power per bin [cells x Stride].</param>
/// <param name="isSilent">Cells that say nothing.</param>
internal sealed class StrokeCells(
    SpeechFraming framing,
    SampleStore ratios,
    int bands,
    RowStore rows,
    bool[] isSilent)
{
    private static readonly float s_stands = (float)Decibels.ToPower(GateConstants.StrokeStandsDb);
    private readonly float[] _sorted = new float[bands];

    /// <summary>Number of cells.</summary>
    public int Count => isSilent.Length;

    /// <summary>Number of bands.</summary>
    public int Bands => bands;

    /// <summary>Whether a cell says nothing.</summary>
    public bool IsSilent(int cell) => isSilent[cell];

    /// <summary>Power of the bands of a cell over the reference [bands].</summary>
    public Span<float> Ratios(int cell) => ratios.Span.Slice(cell * bands, bands);

    /// <summary>Divides by the reference. False if too little sounds.</summary>
    public bool Refer()
    {
        int[] sounding = [.. Sequence.Range(0, Count).Where(c => !isSilent[c])];
        if (sounding.Length < 2 * GateConstants.StrokeLeastCells)
        {
            return false;
        }

        float[] column = new float[sounding.Length];
        Span<float> all = ratios.Span;
        for (int b = 0; b < bands; b++)
        {
            for (int i = 0; i < column.Length; i++)
            {
                column[i] = all[(sounding[i] * bands) + b];
            }

            float inverse = 1 / (OrderStatistics.Quantile(column.AsSpan(), GateConstants.StrokeQuantile) + 1e-9f);
            for (int cell = 0; cell < Count; cell++)
            {
                all[(cell * bands) + b] *= inverse;
            }
        }

        return true;
    }

    /// <summary>How far all bands but a tenth of them stand above the reference [dB].</summary>
    public float StandsDb(int cell)
    {
        Ratios(cell).CopyTo(_sorted);
        return (float)Decibels.FromPower(Lowest());
    }

    /// <summary>Whether that is far enough. Most cells are told by a few of their bands.</summary>
    public bool StandsOut(int cell)
    {
        int low = 0, most = (int)(GateConstants.StrokeQuantile * bands) + 2;
        foreach (float ratio in Ratios(cell))
        {
            low += ratio <= s_stands ? 1 : 0;
            if (low >= most)
            {
                return false;
            }
        }

        return StandsDb(cell) > GateConstants.StrokeStandsDb;
    }

    /// <summary>The level of a noise of this shape that a tenth of the bands stays below, a power factor.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="shape">Level per band [dB] [bands].</param>
    public float LevelOf(int cell, ReadOnlySpan<float> shape)
    {
        ReadOnlySpan<float> of = Ratios(cell);
        for (int b = 0; b < bands; b++)
        {
            _sorted[b] = of[b] * (float)Decibels.ToPower(-shape[b]);
        }

        return (float)Lowest();
    }

    /// <summary>Geometric mean over the bands, a power factor.</summary>
    public float MeanRatio(int cell)
    {
        double sum = 0;
        foreach (float ratio in Ratios(cell))
        {
            sum += Decibels.FromPower(ratio + 1e-9);
        }

        return (float)Decibels.ToPower(sum / bands);
    }

    /// <summary>Mean power per bin of cells that are brought to the same level [Stride].</summary>
    public float[] MeanPower(IReadOnlyList<int> cells)
    {
        int stride = framing.Stride;
        double[] sum = new double[stride];
        using RowStore.Cursor cursor = rows.Open();
        foreach (int cell in cells)
        {
            double inverse = 1 / MeanRatio(cell);
            ReadOnlySpan<float> row = cursor.Row(cell);
            for (int k = 0; k < stride; k++)
            {
                sum[k] += row[k] * inverse;
            }
        }

        return Array.ConvertAll(sum, s => (float)(s / cells.Count));
    }

    private double Lowest() => OrderStatistics.InterpolatedQuantile(_sorted.AsSpan(), GateConstants.StrokeQuantile);
}
