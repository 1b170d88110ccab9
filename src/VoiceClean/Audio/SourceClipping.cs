using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Audio;

/// <summary>
/// How much of a recording is clipped, and where: runs of at least three equal samples at full scale in one channel of
/// the source, before down-mix and resampling; and flat tops below full scale, of a recording that was clipped and then
/// turned down.
/// </summary>
/// <param name="SampleCount">Samples of one channel that were read [sample].</param>
/// <param name="ClippedSamples">Samples in runs at full scale; of the worst channel.</param>
/// <param name="Times">When such runs begin [s], ascending; at most the first 10,000.</param>
internal sealed record SourceClipping(long SampleCount, long ClippedSamples, IReadOnlyList<double> Times)
{
    /// <summary>Share of the down-mixed samples that lie in flat tops (<see cref="FlatTops"/>), 0 to 1.</summary>
    public double FlatTopShare { get; init; }

    /// <summary>
    /// Samples in runs of equal ones at the extremes of a channel below full scale, before down-mix and resampling;
    /// of the worst channel.
    /// </summary>
    public long FlatSamples { get; init; }

    /// <summary>
    /// The largest |sample| of the channels that are used, before down-mix and resampling; not-a-number = not known.
    /// </summary>
    public double SamplePeak { get; init; } = double.NaN;

    /// <summary>How the loudest samples pile up (<see cref="PiledPeaks"/>); not-a-number = not known.</summary>
    public double PiledPeaksRatio { get; init; } = double.NaN;

    /// <summary>Share of clipped samples, 0 to 1: by the runs or by the flat tops, whichever is larger.</summary>
    public double Share => Math.Max(
        FlatTopShare,
        SampleCount == 0 ? 0 : (double)Math.Max(ClippedSamples, FlatSamples) / SampleCount);

    /// <summary>The clipping of samples whose source is not known.</summary>
    /// <param name="samples">[sample] mono, full scale ±1.</param>
    /// <param name="statistics">Theirs.</param>
    /// <param name="near">What share of the largest sample is a flat top.</param>
    public static SourceClipping Of(
        ReadOnlySpan<float> samples,
        SampleStatistics statistics,
        float near = FlatTops.Rippled) =>
        new SourceClipping(samples.Length, 0, []).With(samples, statistics, near);

    /// <summary>The same with what the down-mixed samples show.</summary>
    /// <param name="samples">[sample] mono, full scale ±1.</param>
    /// <param name="statistics">Theirs.</param>
    /// <param name="near">What share of the largest sample is a flat top.</param>
    internal SourceClipping With(
        ReadOnlySpan<float> samples,
        SampleStatistics statistics,
        float near = FlatTops.Rippled) => this with
        {
            FlatTopShare = samples.IsEmpty ? 0 : (double)FlatTops.Count(samples, statistics, near) / samples.Length,
            PiledPeaksRatio = PiledPeaks.Ratio(samples, statistics.Peak),
        };
}
