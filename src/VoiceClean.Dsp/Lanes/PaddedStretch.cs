namespace VoiceClean.Dsp.Lanes;

/// <summary>A stretch of a recording that may reach beyond its ends, where the signal counts as zero.</summary>
internal static class PaddedStretch
{
    /// <summary>Copies the samples from <paramref name="start"/> on.</summary>
    /// <param name="samples">The whole recording.</param>
    /// <param name="start">First sample of the stretch; may lie before the recording or behind it.</param>
    /// <param name="stretch">Receives the samples, and zeros where there are none.</param>
    public static void Copy(ReadOnlySpan<float> samples, long start, Span<float> stretch)
    {
        int from = (int)Math.Clamp(-start, 0, stretch.Length),
            to = (int)Math.Clamp(samples.Length - start, from, stretch.Length);
        stretch[..from].Clear();
        if (to > from)
        {
            samples.Slice((int)(start + from), to - from).CopyTo(stretch[from..]);
        }

        stretch[to..].Clear();
    }
}
