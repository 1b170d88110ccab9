namespace VoiceClean.Inspection;

/// <summary>
/// What was measured on a clip, each figure once. Null = not measured; not-a-number = undefined (null in JSON), as for
/// the loudness of silence. The figures about speech and its background are measured after rumble and mains hum are
/// taken out.
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

    /// <summary>
    /// Largest sample [dBFS]; before cleaning that of the file, in the channels that are used, before they are mixed
    /// and resampled.
    /// </summary>
    public double? SamplePeakDbfs { get; init; }

    /// <summary>Largest sample without offset, rumble and hum [dBFS]; -∞ if nothing is left.</summary>
    public double? PeakWithoutHumDbfs { get; init; }

    /// <summary>
    /// Level that the quietest tenth of the recording does not exceed, 100 Hz to 10 kHz, hum included, digital silence
    /// left out [dBFS]; -∞ if there is nothing else.
    /// </summary>
    public double? NoiseFloorDbfs { get; init; }

    /// <summary>
    /// Whether the floor is only known to lie below <see cref="NoiseFloorDbfs"/>: without pauses even the quietest
    /// tenth is speech.
    /// </summary>
    public bool? NoiseFloorIsUpperBound { get; init; }

    /// <summary>
    /// The floor of a result without the gain that its loudness got [dBFS]: what compares with the floor before.
    /// </summary>
    public double? NoiseFloorBeforeGainDbfs { get; init; }

    /// <summary>
    /// Signal-to-noise ratio of the recording, estimated blindly [dB], -20 to 40; bias -2 dB, deviation 2 to 3 dB
    /// between 0 and 20 dB. Not-a-number for digital silence.
    /// </summary>
    public double? SnrDb { get; init; }

    /// <summary>Whether the ratio is at least <see cref="SnrDb"/>: above 40 dB it cannot be measured.</summary>
    public bool? SnrIsLowerBound { get; init; }

    /// <summary>Whether the ratio is at most <see cref="SnrDb"/>: below -20 dB it cannot be measured.</summary>
    public bool? SnrIsUpperBound { get; init; }

    /// <summary>
    /// Level of the recording where there is sound, 100 Hz to 10 kHz, without rumble, hum and what stands far above the
    /// voice [dBFS].
    /// </summary>
    public double? SpeechDbfs { get; init; }

    /// <summary>Speech found [s].</summary>
    public double? SpeechS { get; init; }

    /// <summary>Share of the recording that is speech, 0 to 1.</summary>
    public double? SpeechShare { get; init; }

    /// <summary>
    /// How long there is the pitch of a voice [s]; about half of speech has it. In noise what jumps from pitch to
    /// pitch, as brakes that squeal, does not count.
    /// </summary>
    public double? VoicedS { get; init; }

    /// <summary>How long something stands out of the background as speech does, with a pitch or without [s].</summary>
    public double? ForegroundS { get; init; }

    /// <summary>The longest stretch with the pitch of a voice and no break in it [s].</summary>
    public double? LongestVoicedS { get; init; }

    /// <summary>
    /// Share of what is tonal that stays at its frequency for 0.3 s, 0 to 1: speech reads 0.1, music of single tones
    /// above 0.5. Of inspected recordings, and where a voice holds longer than speech does or there is hardly one.
    /// </summary>
    public double? TonesHeldShare { get; init; }

    /// <summary>
    /// How much the five steadiest frequencies stand out in 2.4 s, 0 to 5: speech reads 2, music above 3.3. Known where
    /// <see cref="TonesHeldShare"/> is.
    /// </summary>
    public double? TonesSteadiness { get; init; }

    /// <summary>
    /// How fast sound dies away where it does so fastest [dB/s]: dry speech 130 to 450, a room of 1 s of reverberation
    /// below 110; not-a-number where noise hides it.
    /// </summary>
    public double? DecayDbPerS { get; init; }

    /// <summary>
    /// The reverberation time: in how long sound dies away by 60 dB where it can be heard to [s]; not-a-number where it
    /// cannot.
    /// </summary>
    public double? ReverberationS { get; init; }

    /// <summary>
    /// Whether it is whispered: what stands out swells, falls and hisses as speech does, but has no pitch. Asked only
    /// where no voice was found; false then for noise.
    /// </summary>
    public bool? IsWhispered { get; init; }

    /// <summary>
    /// Energy with the pitch of a voice over all other [dB]: noise alone reads below -6; -∞ without any.
    /// </summary>
    public double? VoicedRatioDb { get; init; }

    /// <summary>
    /// Clipped samples: in runs at full scale in the source, of the worst channel, or in flat tops below it if those
    /// are more (clipped, then turned down). Of a result those in its own flat tops: cleaning bends the source's, and
    /// takes nothing of the distortion.
    /// </summary>
    public long? ClippedSamples { get; init; }

    /// <summary>The same as a share of all samples, 0 to 1.</summary>
    public double? ClippedShare { get; init; }

    /// <summary>
    /// Samples above three quarters of the peak over those between half of it and that: speech reads 0.1 to 0.4, what
    /// was clipped and then encoded or resampled above 0.55. Not-a-number where too few are that loud.
    /// </summary>
    public double? PiledPeaksRatio { get; init; }

    /// <summary>50 or 60 if there is mains hum, else null [Hz].</summary>
    public double? HumHz { get; init; }

    /// <summary>Level of the hum's harmonics together [dBFS].</summary>
    public double? HumDbfs { get; init; }

    /// <summary>Mean of the samples, full scale 1.</summary>
    public double? DcOffset { get; init; }

    /// <summary>
    /// Highest frequency within 50 dB of the peak of the mean spectrum, or where that of the voice falls off a cliff
    /// into the background [Hz].
    /// </summary>
    public double? BandwidthHz { get; init; }

    /// <summary>
    /// Slope of the spectrum of speech from 200 Hz to 6.3 kHz [dB per octave]: a dull voice or a far microphone is
    /// steep. Only of inspected recordings.
    /// </summary>
    public double? SpectralTiltDbPerOctave { get; init; }

    /// <summary>
    /// Colour of the background: slope of its spectral density from 100 Hz to 8 kHz [dB per octave]; white 0, pink -3,
    /// rumble below -6. Only of inspected recordings.
    /// </summary>
    public double? NoiseColourDbPerOctave { get; init; }

    /// <summary>
    /// Samples of the source, of all channels, that were not a number or infinite and were set to zero; a result has
    /// none.
    /// </summary>
    public long? NonfiniteSamples { get; init; }
}
