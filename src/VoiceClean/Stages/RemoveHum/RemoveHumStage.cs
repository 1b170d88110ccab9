using VoiceClean.Audio;

namespace VoiceClean.Stages.RemoveHum;

/// <summary>
/// Removes mains hum and its harmonics where it finds them (<see cref="HumDetector"/>), by subtracting them
/// (<see cref="HumSubtractor"/>); a clip without hum keeps every bit. Sets <see cref="MainsHum"/>.
/// </summary>
internal sealed class RemoveHumStage : IStage
{
    private readonly RemoveHumOptions _options;

    /// <summary>Makes the stage.</summary>
    public RemoveHumStage(RemoveHumOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => "remove-hum";

    /// <inheritdoc/>
    public void Process(AudioClip clip, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clip);
        (double frequency, int[] harmonics) = HumDetector.Detect(
            clip.Samples,
            clip.SampleRate,
            _options.ThresholdDb,
            cancellation);
        double[] levels =
            harmonics.Length > 0
                ? new HumSubtractor(frequency, harmonics, clip.SampleRate).Process(clip.Samples, cancellation)
                : [];
        clip.Findings.Set(new MainsHum(frequency, harmonics, levels));
    }
}
