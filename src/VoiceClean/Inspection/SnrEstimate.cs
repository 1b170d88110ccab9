namespace VoiceClean.Inspection;

/// <summary>
/// How far speech stands out of a recording, measured blindly. Nothing here depends on the level of the recording but
/// <see cref="NoiseFloorDb"/> and <see cref="LevelDb"/>.
/// </summary>
/// <param name="SnrDb">
/// Signal-to-noise ratio [dB], -20 to 40: the smaller of the two below, since each is fooled by another kind of noise,
/// but not less than the energy of the voice allows. Bias -2 dB, deviation 2 to 3 dB between 0 and 20 dB.
/// </param>
/// <param name="WadaDb">From the distribution of amplitudes (Kim and Stern 2008); clicks fool it upwards [dB], -20 to
/// 40.</param>
/// <param name="VoicedRatioDb">Energy of the frames with voice over that of all others [dB]; noise alone reads below
/// -6, speech at an SNR of 5 dB above -1; -∞ without voice.</param>
/// <param name="NoiseFloorDb">Level that the quietest tenth of the recording does not exceed, 100 Hz to 10 kHz, digital
/// silence left out [dBFS]; -∞ if there is nothing else.</param>
/// <param name="LevelDb">Mean level of that band where there is sound, by the gates of BS.1770 [dBFS], without what
/// stands far above the voice; not-a-number without sound.</param>
/// <param name="IsVoiced">Whether there is voice, per frame of <see cref="Dsp.Speech.VoicingDetector"/>; about half of
/// speech is.</param>
/// <param name="VoicedS">How long there is voice [s], without what <see cref="PitchJumps"/> leaves out.</param>
/// <param name="StepS">From the beginning of one frame to that of the next [s].</param>
internal sealed record SnrEstimate(
    double SnrDb,
    double WadaDb,
    double VoicedRatioDb,
    double NoiseFloorDb,
    double LevelDb,
    ReadOnlyMemory<bool> IsVoiced,
    double VoicedS,
    double StepS)
{
    /// <summary>Whether a voice fills the whole of a short clip, so that it has no pauses and no background.</summary>
    public bool IsTight { get; init; }
}
