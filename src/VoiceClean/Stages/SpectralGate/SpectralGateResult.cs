using VoiceClean.Audio;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>What the spectral gate did to a clip.</summary>
internal sealed record SpectralGateResult : IReportedFinding
{
    /// <summary>The strength that was asked for, 0 to 1.</summary>
    public double Strength { get; init; }

    /// <summary>
    /// How far noise was turned down in pauses [dB]; less than the strength allows where the clip was already clean, or
    /// where the pauses were seen to fall less.
    /// </summary>
    public double AttenuationDb { get; init; }

    /// <summary>
    /// How much of the pauses was heard before and after, to see whether they fell by <see cref="AttenuationDb"/> [s];
    /// 0 where no pause lies far enough from everything that is periodic (a tone or a motor passes for a voice): then
    /// it is what the gate was set to. NaN where the stage backed off (<see cref="Share"/>).
    /// </summary>
    public double CheckedSeconds { get; init; }

    /// <summary>
    /// <see cref="AttenuationDb"/> below the lowest voices [dB], where a bus or a boat may rumble under an otherwise
    /// clean recording; no more than <see cref="AttenuationDb"/> where the pauses were seen to fall less.
    /// </summary>
    public double RumbleDb { get; init; }

    /// <summary>How much of the clip holds strokes as of a typewriter, which are turned down by
    /// <see cref="AskedDb"/> [s].</summary>
    public double StrokeSeconds { get; init; }

    /// <summary>How long the noise lies far above its profile, where it was learnt anew [s].</summary>
    public double StepSeconds { get; init; }

    /// <summary>How far the strength asked noise to be turned down [dB].</summary>
    public double AskedDb { get; init; }

    /// <summary>
    /// What held <see cref="AttenuationDb"/> below <see cref="AskedDb"/>: "clean_already", "unlike_noise", "restless",
    /// "louder_elsewhere", "unlike_named" or "short_clip"; null if nothing did.
    /// </summary>
    public string? Limit { get; init; }

    /// <summary>Speech above noise before [dB], from the levels of frames; 0 if nothing stood out.</summary>
    public double ActiveOverNoiseDb { get; init; }

    /// <summary>How far the noise was taken for more than its profile because it is restless [dB].</summary>
    public double NoiseBiasDb { get; init; }

    /// <summary>Share of frames taken for speech, 0 to 1.</summary>
    public double SpeechShare { get; init; }

    /// <summary>Change of the level of clear speech [dB].</summary>
    public double LevelChangeDb { get; init; }

    /// <summary>Change of 4 to 10 kHz in clear fricatives [dB]; NaN if there were none.</summary>
    public double ConsonantChangeDb { get; init; } = double.NaN;

    /// <summary>Clear speech over what the gate changed of it [dB].</summary>
    public double SpeechToDistortionDb { get; init; } = double.NaN;

    /// <summary>
    /// How much of the gated signal is in the result, 0 to 1; below 1 the stage backed off and mixed the input in
    /// again.
    /// </summary>
    public double Share { get; init; } = 1;

    /// <inheritdoc/>
    public void Report(FigureList figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        figures.Add("strength", Strength);
        figures.Add("gate_asked_db", AskedDb);
        figures.Add("gate_attenuation_db", AttenuationDb);
        figures.Add("gate_checked_s", CheckedSeconds);
        figures.Add("gate_rumble_attenuation_db", RumbleDb);
        figures.Add("gate_strokes_s", StrokeSeconds);
        figures.Add("gate_steps_s", StepSeconds);
        figures.Add("gate_limit", Limit);
        figures.Add("gate_speech_over_noise_db", ActiveOverNoiseDb);
        figures.Add("gate_noise_bias_db", NoiseBiasDb);
        figures.Add("gate_speech_share", SpeechShare);
        figures.Add("gate_level_change_db", LevelChangeDb);
        figures.Add("gate_consonant_change_db", ConsonantChangeDb);
        figures.Add("gate_speech_to_distortion_db", SpeechToDistortionDb);
        figures.Add("gate_share", Share);
    }
}
