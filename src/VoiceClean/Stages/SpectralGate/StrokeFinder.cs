using VoiceClean.Audio;
using VoiceClean.Dsp.Speech;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Speech;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// Looks for strokes that last too long for clicks: cells without voice in which all bands stand out, which set in at
/// once, sound alike, and are about as loud as the speech. Breaths and fricatives do not sound alike, set in slowly, or
/// are far softer.
/// </summary>
internal static class StrokeFinder
{
    /// <summary>The strokes of a clip; null without any.</summary>
    /// <param name="framing">The frames.</param>
    /// <param name="cells">The clip in cells.</param>
    /// <param name="levels">Mean square of the cells.</param>
    /// <param name="profile">λ0 [Stride].</param>
    /// <param name="activeLevel">Mean square of the cells that stand out of it; 0 without any.</param>
    /// <param name="clip">The clip itself.</param>
    /// <param name="cancellation">Checked every few seconds of audio.</param>
    public static StrokeNoise? Find(
        SpeechFraming framing,
        StrokeCells cells,
        float[] levels,
        ReadOnlySpan<float> profile,
        double activeLevel,
        AudioClip clip,
        CancellationToken cancellation)
    {
        if (activeLevel <= 0 || !cells.Refer())
        {
            return null;
        }

        double least = activeLevel * Decibels.ToPower(-GateConstants.StrokeLeastLevelDb);
        List<int> loud =
        [
            .. Sequence.Range(0, cells.Count).Where(c =>
                levels[c] > least && !cells.IsSilent(c) && cells.StandsOut(c)),
        ];
        if (loud.Count < GateConstants.StrokeLeastCells)
        {
            return null;
        }

        loud = Unvoiced(framing, loud, Voicing.Of(clip, cancellation));
        float[] shape = Shape(cells, loud);
        int[] alike = [.. loud.Where(c => DistanceDb(cells, c, shape) < GateConstants.StrokeDistanceDb)];
        double onsets = Math.Max(
            GateConstants.StrokeLeastOnsets,
            GateConstants.StrokesPerSecond * cells.Count * NoiseTrack.Step * framing.HopSeconds);
        return alike.Length >= Math.Max(GateConstants.StrokeLeastCells, GateConstants.StrokeShare * loud.Count)
            && alike.Count(c => SetsIn(cells, c)) >= onsets
            && alike.Average(c => (double)levels[c])
                >= activeLevel * Decibels.ToPower(-GateConstants.StrokeMeanLevelDb)
                ? StrokeNoise.Of(framing, cells, alike, shape, profile)
                : null;
    }

    // From one cell to the next, or to the one after that. Before the first there is the background, from which nothing
    // stands out: a recording that begins with a stroke has its onset there, as if silence went before it.
    private static bool SetsIn(StrokeCells cells, int cell)
    {
        float before = Stands(cell - 2), between = Stands(cell - 1), now = Stands(cell);
        return between - before > GateConstants.StrokeOnsetDb
            || (now - Math.Min(between, before) > GateConstants.StrokeOnsetDb
                && between < now - GateConstants.StrokeRiseDb);

        float Stands(int at) => at < 0 ? 0 : cells.StandsDb(at);
    }

    private static List<int> Unvoiced(
        SpeechFraming framing,
        List<int> cells,
        Voicing voicing)
    {
        (float[] periodicity, float[] energy, _) = voicing;
        int frames = periodicity.Length;
        float least = frames == 0
            ? 0
            : GateConstants.StrokeVoicePower
                * OrderStatistics.Quantile([.. energy], GateConstants.StrokeVoiceQuantile);
        long step = VoicingDetector.FrameStart(1, framing.SampleRate),
            length = framing.Stft.FrameLength + (2L * framing.Stft.HopLength);
        return cells.FindAll(cell => !IsVoiced(framing.Stft.FrameStart(cell * NoiseTrack.Step)));

        bool IsVoiced(long start)
        {
            long first = Math.Max(0, (start / step) - 2), last = Math.Min(frames - 1, ((start + length) / step) + 1);
            for (long t = first; t <= last; t++)
            {
                if (periodicity[t] > GateConstants.StrokeVoicePeriodicity && energy[t] > least)
                {
                    return true;
                }
            }

            return false;
        }
    }

    // Median over cells of the level per band, over the mean of the cell [dB] [bands].
    private static float[] Shape(StrokeCells cells, List<int> of)
    {
        float[] shape = new float[cells.Bands], column = new float[of.Count];
        float[] means = [.. of.Select(c => (float)Decibels.FromPower(cells.MeanRatio(c)))];
        for (int b = 0; b < shape.Length && column.Length > 0; b++)
        {
            for (int i = 0; i < column.Length; i++)
            {
                column[i] = (float)Decibels.FromPower(cells.Ratios(of[i])[b] + 1e-9) - means[i];
            }

            shape[b] = OrderStatistics.Median(column.AsSpan());
        }

        return shape;
    }

    // Root mean square over the bands.
    private static double DistanceDb(StrokeCells cells, int cell, float[] shape)
    {
        double mean = Decibels.FromPower(cells.MeanRatio(cell)), sum = 0;
        for (int b = 0; b < shape.Length; b++)
        {
            sum += Math.Pow(Decibels.FromPower(cells.Ratios(cell)[b] + 1e-9) - mean - shape[b], 2);
        }

        return Math.Sqrt(sum / shape.Length);
    }
}
