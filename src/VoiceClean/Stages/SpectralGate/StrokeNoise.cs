using VoiceClean.Dsp.Statistics;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// A noise that comes and goes, as of a typewriter whose strokes last 0.1 to 1 s: one spectrum, and how loud it is in
/// each cell. Added to the noise that is always there.
/// </summary>
/// <param name="power">Its spectrum, |X|² per bin at level 1 [Stride].</param>
/// <param name="level">Its level per cell, a power factor [cells].</param>
/// <param name="isStroke">Whether it stands out of the other noise [cells].</param>
internal sealed class StrokeNoise(float[] power, float[] level, bool[] isStroke)
{
    /// <summary>Cells in which it stands out of the other noise.</summary>
    public int Count { get; } = isStroke.Count(s => s);

    /// <summary>Adds it to the noise of a cell [Stride].</summary>
    public void AddTo(int cell, Span<float> noise)
    {
        float factor = level[cell];
        for (int k = 0; k < noise.Length; k++)
        {
            noise[k] += factor * power[k];
        }
    }

    /// <summary>Whether it stands out of the other noise in a frame.</summary>
    public bool IsIn(int frame) => isStroke[Math.Min(frame / NoiseTrack.Step, isStroke.Length - 1)];

    /// <summary>How loud it is where, from its shape.</summary>
    /// <param name="framing">The bins.</param>
    /// <param name="cells">The clip.</param>
    /// <param name="strokes">Cells that hold it and nothing else.</param>
    /// <param name="shape">Its level per band, over the reference [dB] [bands].</param>
    /// <param name="profile">λ0 [Stride].</param>
    public static StrokeNoise Of(
        SpeechFraming framing,
        StrokeCells cells,
        IReadOnlyList<int> strokes,
        ReadOnlySpan<float> shape,
        ReadOnlySpan<float> profile)
    {
        float[] power = cells.MeanPower(strokes), level = new float[cells.Count];
        for (int cell = 0; cell < level.Length; cell++)
        {
            level[cell] = cells.LevelOf(cell, shape);
        }

        // The quantile reads less than the level, and how much less is seen where the level is known.
        float[] readings = [.. strokes.Select(cell => level[cell] / cells.MeanRatio(cell))];
        float scale = 1 / OrderStatistics.Median(readings.AsSpan());
        double own = 0, other = 0;
        for (int k = framing.Bin(125); k < framing.Bin(12_500); k++)
        {
            own += power[k];
            other += profile[k];
        }

        bool[] isStroke = new bool[level.Length];
        for (int cell = 0; cell < level.Length; cell++)
        {
            level[cell] *= scale;
            isStroke[cell] = level[cell] * own > GateConstants.Stands * other;
        }

        return new StrokeNoise(power, level, isStroke);
    }
}
