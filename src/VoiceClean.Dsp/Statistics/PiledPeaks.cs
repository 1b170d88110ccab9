namespace VoiceClean.Dsp.Statistics;

/// <summary>
/// Finds clipping that was resampled or encoded since, so that its flat tops ripple: the loudest samples pile up near
/// the peak, while those of speech thin out towards it.
/// </summary>
/// <remarks>
/// Samples above 0.75 of the peak (which one in 10,000 exceeds) over those between 0.5 and 0.75 of it. 45 recordings
/// read 0.1 to 0.34, results limited to -9 LUFS up to 0.51, 3 % of clipping 0.5 to 1.2 through MP3, AAC, Vorbis, Opus
/// and resampling, 1 % about 0.55. Of 901 dialogues of a game 19 read more than 0.55, all flat near 0.85 of full scale.
/// </remarks>
internal static class PiledPeaks
{
    private const int Cells = 1024, Stretch = 8, Every = 64, LeastSamples = 8_000;
    private const double OutlierShare = 1e-4, Upper = 0.75, Lower = 0.5, LeastShare = 0.015;
    private const float LeastPeak = 0.01f;

    /// <summary>
    /// The ratio; not-a-number where less than 1.5 % of the samples are that loud, or there are too few to tell.
    /// </summary>
    /// <param name="samples">[sample] mono, full scale ±1; one in eight is looked at.</param>
    /// <param name="peak">Their largest magnitude.</param>
    public static double Ratio(ReadOnlySpan<float> samples, float peak)
    {
        if (peak < LeastPeak || samples.Length < LeastSamples * Every / Stretch)
        {
            return double.NaN;
        }

        Span<int> counts = stackalloc int[Cells + 1];
        counts.Clear();
        float scale = Cells / peak;
        int seen = 0;
        for (int start = 0; start + Stretch <= samples.Length; start += Every)
        {
            foreach (float x in samples.Slice(start, Stretch))
            {
                counts[Math.Min(Cells, (int)(Math.Abs(x) * scale))]++;
            }

            seen += Stretch;
        }

        int top = Cells, outliers = 0;
        while (top > 0 && (outliers += counts[top]) <= OutlierShare * seen)
        {
            top--;
        }

        double loud = 0, less = 0;
        for (int cell = (int)(Lower * top); cell <= Cells; cell++)
        {
            (loud, less) = cell > Upper * top ? (loud + counts[cell], less) : (loud, less + counts[cell]);
        }

        return loud < LeastShare * seen ? double.NaN : loud / Math.Max(1, less);
    }
}
