using VoiceClean.Audio;

namespace VoiceClean.Datasets.Slicing;

/// <summary>Where one end of a clip lies.</summary>
internal enum CutKind
{
    /// <summary>In a pause, or before the first and behind the last speech.</summary>
    Pause,

    /// <summary>At the quietest point within reach, because there was no pause.</summary>
    QuietPoint,
}

/// <summary>One clip to be: which stretches of the recording it consists of, one after the other.</summary>
/// <param name="Ranges">Ascending, not overlapping; between two of them a long pause is shortened.</param>
/// <param name="Start">How it begins.</param>
/// <param name="End">How it ends.</param>
/// <param name="Speech">The speech in it [sample of the recording], ascending.</param>
internal sealed record Slice(
    IReadOnlyList<SampleRange> Ranges,
    CutKind Start,
    CutKind End,
    IReadOnlyList<SampleRange> Speech)
{
    /// <summary>Length of the clip [sample].</summary>
    public int Length => Ranges.Sum(r => r.Length);

    /// <summary>Speech in it [sample].</summary>
    public int SpeechLength => Speech.Sum(r => r.Length);

    /// <summary>From the first sample to the last [sample of the recording], shortened pauses included.</summary>
    public SampleRange Extent => new(Ranges[0].Start, Ranges[^1].End);
}

/// <summary>Speech that no clip holds, and why.</summary>
/// <param name="Range">Where it is, with its pads [sample of the recording].</param>
/// <param name="SpeechLength">How much of it is speech [sample].</param>
/// <param name="Reason">A stable code: "too_short".</param>
internal sealed record DroppedStretch(SampleRange Range, int SpeechLength, string Reason);

/// <summary>How a recording is cut.</summary>
/// <param name="Slices">The clips, in their order.</param>
/// <param name="Dropped">Speech that is in none of them.</param>
/// <param name="SpeechLength">All speech found in the recording [sample].</param>
internal sealed record SlicePlan(IReadOnlyList<Slice> Slices, IReadOnlyList<DroppedStretch> Dropped, long SpeechLength)
{
    /// <summary>Speech in the clips [sample].</summary>
    public long KeptSpeechLength => Slices.Sum(s => (long)s.SpeechLength);

    /// <summary>Share of the speech that is in the clips, 0 to 1; 1 if there is no speech.</summary>
    public double KeptShare => SpeechLength == 0 ? 1 : (double)KeptSpeechLength / SpeechLength;
}
