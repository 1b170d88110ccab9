using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Reporting.Pictures;

/// <summary>Reads samples of a recording, mono, full scale ±1; any number of threads may ask at a time.</summary>
/// <param name="start">Of the first [sample]; may lie outside of the recording, where there is silence.</param>
/// <param name="into">Receives them.</param>
internal delegate void SampleReader(int start, Span<float> into);

/// <summary>Readers of what is in memory.</summary>
internal static class SampleReaders
{
    /// <summary>Reads samples that are there.</summary>
    public static SampleReader Of(ReadOnlyMemory<float> samples) =>
        (start, into) => PaddedStretch.Copy(samples.Span, start, into);
}
