namespace VoiceClean.Inspection.Removable;

/// <summary>Finds mains hum (<see cref="HumDetector"/>) and subtracts it (<see cref="HumSubtractor"/>).</summary>
internal static class HumRemover
{
    /// <summary>Removes hum in place and says what it was; samples without hum keep every bit.</summary>
    /// <param name="samples">[sample] mono, full scale ±1.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="thresholdDb">How far a harmonic must stand out to count as found [dB].</param>
    /// <param name="cancellation">Looked at about once per second of audio.</param>
    public static MainsHum Run(Span<float> samples, int sampleRate, double thresholdDb, CancellationToken cancellation)
    {
        (double frequency, int[] harmonics) = HumDetector.Detect(samples, sampleRate, thresholdDb, cancellation);
        double[] levels =
            harmonics.Length > 0
                ? new HumSubtractor(frequency, harmonics, sampleRate).Process(samples, cancellation)
                : [];
        return new MainsHum(frequency, harmonics, levels);
    }
}
