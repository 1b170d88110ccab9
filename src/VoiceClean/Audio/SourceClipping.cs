namespace VoiceClean.Audio;

/// <summary>
/// Where the source of a clip is clipped: runs of at least three equal samples at full scale in one channel, before
/// down-mix and resampling.
/// </summary>
/// <param name="SampleCount">Samples of one channel that were read [sample].</param>
/// <param name="ClippedSamples">Samples in such runs; of the worst channel.</param>
/// <param name="Times">When runs begin [s], ascending; at most the first 10,000.</param>
internal sealed record SourceClipping(long SampleCount, long ClippedSamples, IReadOnlyList<double> Times)
{
    /// <summary>Share of clipped samples, 0 to 1.</summary>
    public double Share => SampleCount == 0 ? 0 : (double)ClippedSamples / SampleCount;
}
