namespace VoiceClean.Dsp.Loudness;

/// <summary>Takes the peaks of rows.</summary>
internal interface IPeakSink
{
    /// <summary>Rows that cannot exceed this are left out.</summary>
    float Threshold { get; }

    /// <summary>
    /// The peak between sample <paramref name="row"/> and the next; rows lie up to 32 before the first and behind
    /// the last sample.
    /// </summary>
    void Add(int row, float peak);
}
