namespace VoiceClean.Inspection;

/// <summary>
/// What was measured on a clip. Not-a-number means "undefined" (null in JSON), as for the loudness of silence.
/// </summary>
public sealed record Measurements
{
    /// <summary>Length [s].</summary>
    public double DurationS { get; init; }

    /// <summary>Integrated loudness, ITU-R BS.1770-5, mono counted as one channel [LUFS].</summary>
    public double? IntegratedLufs { get; init; }

    /// <summary>Loudness range, EBU Tech 3342 [LU]; undefined below 3 s.</summary>
    public double? LoudnessRangeLu { get; init; }

    /// <summary>True peak, 8 times oversampled [dBTP].</summary>
    public double? TruePeakDbtp { get; init; }

    /// <summary>Largest sample [dBFS].</summary>
    public double? SamplePeakDbfs { get; init; }

    /// <summary>Level of the pauses [dBFS].</summary>
    public double? NoiseFloorDbfs { get; init; }

    /// <summary>Speech level above noise level [dB].</summary>
    public double? SnrDb { get; init; }

    /// <summary>Speech found [s].</summary>
    public double? SpeechS { get; init; }

    /// <summary>Samples in runs at full scale in the source.</summary>
    public long? ClippedSamples { get; init; }

    /// <summary>Mean of the samples, full scale 1.</summary>
    public double? DcOffset { get; init; }

    /// <summary>Highest frequency within 50 dB of the peak of the mean spectrum [Hz].</summary>
    public double? BandwidthHz { get; init; }

    /// <summary>Samples of the source that were not a number or infinite and were set to zero.</summary>
    public long? NonfiniteSamples { get; init; }
}
