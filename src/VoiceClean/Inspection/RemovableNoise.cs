namespace VoiceClean.Inspection;

/// <summary>
/// What is taken out of a recording before its speech is measured, because cleaning takes it out without a trace: hum
/// and rumble do not drown a voice. The same figures as the stages <c>high-pass</c> and <c>remove-hum</c> work with.
/// </summary>
/// <param name="HighPassHz">The -3 dB frequency of the high-pass [Hz].</param>
/// <param name="HumThresholdDb">How far a harmonic of mains hum must stand out to count as found [dB].</param>
internal sealed record RemovableNoise(double HighPassHz = 20, double HumThresholdDb = 8);
