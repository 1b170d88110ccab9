namespace VoiceClean.Audio;

/// <summary>A half-open stretch of samples, [<paramref name="Start"/>, <paramref name="End"/>).</summary>
/// <param name="Start">First sample [sample].</param>
/// <param name="End">One past the last sample [sample], at least <paramref name="Start"/>.</param>
public readonly record struct SampleRange(int Start, int End)
{
    /// <summary>Number of samples.</summary>
    public int Length => End - Start;
}
