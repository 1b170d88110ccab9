namespace VoiceClean.Inspection;

/// <summary>
/// What is measured on a voice beyond level: the figures by which recordings of one speaker are compared. Not-a-number
/// = undefined.
/// </summary>
public sealed record VoiceFigures
{
    /// <summary>Level of the pauses between 100 Hz and 10 kHz [dBFS].</summary>
    public double NoiseFloorDbfs { get; init; }

    /// <summary>Level of speech over that of the pauses [dB].</summary>
    public double SnrDb { get; init; }

    /// <summary>Speech found [s].</summary>
    public double SpeechS { get; init; }

    /// <summary>Share of the recording that is speech, 0 to 1.</summary>
    public double SpeechShare { get; init; }

    /// <summary>How long there is the pitch of a voice [s]; about half of speech has it. Null = not measured.</summary>
    public double? VoicedS { get; init; }

    /// <summary>
    /// Energy with the pitch of a voice over all other [dB]: noise alone reads below -6. Null = not measured.
    /// </summary>
    public double? VoicedRatioDb { get; init; }

    /// <summary>
    /// Samples in runs at full scale in the source, of the worst channel; null if the source is not known.
    /// </summary>
    public long? ClippedSamples { get; init; }

    /// <summary>The same as a share of all samples, 0 to 1.</summary>
    public double? ClippedShare { get; init; }

    /// <summary>50 or 60 if there is mains hum, else null [Hz].</summary>
    public double? HumHz { get; init; }

    /// <summary>Level of the hum's lines together [dBFS].</summary>
    public double? HumDbfs { get; init; }

    /// <summary>
    /// Slope of the spectrum of speech from 200 Hz to 6.3 kHz [dB per octave]: a dull voice or a far microphone is
    /// steep.
    /// </summary>
    public double SpectralTiltDbPerOctave { get; init; }

    /// <summary>
    /// Colour of the background: slope of its spectral density from 100 Hz to 8 kHz [dB per octave]; white 0, pink -3,
    /// rumble below -6.
    /// </summary>
    public double NoiseColourDbPerOctave { get; init; }
}
