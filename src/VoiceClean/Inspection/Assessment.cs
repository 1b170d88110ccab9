using VoiceClean.Errors;

namespace VoiceClean.Inspection;

/// <summary>What a recording is good for.</summary>
public enum Verdict
{
    /// <summary>Ready for training after the usual cleaning.</summary>
    Good,

    /// <summary>Usable; something could be better.</summary>
    Usable,

    /// <summary>Only if there is nothing else.</summary>
    Poor,

    /// <summary>Not at all: what the quality gate refuses.</summary>
    Hopeless,
}

/// <summary>The judgement on a recording.</summary>
/// <param name="Verdict">The worst of all findings.</param>
/// <param name="Findings">What is not as it should be, worst first; the code is stable.</param>
/// <param name="Advice">One line for whoever can record it again.</param>
internal sealed record Assessment(Verdict Verdict, IReadOnlyList<Warning> Findings, string Advice);

/// <summary>
/// What is too little and too much for a recording of speech. Sources: the limits of the field as collected for the
/// data-set contract.
/// </summary>
internal sealed record AssessmentLimits
{
    /// <summary>Hopeless below [dB].</summary>
    public double MinSnrDb { get; init; }

    /// <summary>Poor below [dB].</summary>
    public double PoorSnrDb { get; init; } = 6;

    /// <summary>Not good below [dB]; HiFi-TTS asks for 32, VoxKitchen for 15.</summary>
    public double WarnSnrDb { get; init; } = 20;

    /// <summary>Hopeless below [s].</summary>
    public double MinSpeechS { get; init; } = 0.5;

    /// <summary>Not good below, share of the recording.</summary>
    public double WarnSpeechShare { get; init; } = 0.4;

    /// <summary>Hopeless above, share of samples.</summary>
    public double MaxClippedShare { get; init; } = 0.01;

    /// <summary>Not good above, share of samples.</summary>
    public double WarnClippedShare { get; init; } = 0.0001;

    /// <summary>Poor below [Hz].</summary>
    public double PoorBandwidthHz { get; init; } = 8_000;

    /// <summary>Not good below [Hz]; HiFi-TTS asks for 13 kHz.</summary>
    public double WarnBandwidthHz { get; init; } = 11_000;

    /// <summary>Not good below [LUFS]: the recorder's own noise comes near.</summary>
    public double WarnQuietLufs { get; init; } = -40;

    /// <summary>Hum that is less than this below the voice is not good [dB].</summary>
    public double WarnHumUnderVoiceDb { get; init; } = 40;

    /// <summary>Not good above, either sign, full scale 1.</summary>
    public double WarnDcOffset { get; init; } = 0.01;

    /// <summary>Not good above [LU].</summary>
    public double WarnLoudnessRangeLu { get; init; } = 20;

    /// <summary>The limits that go with a quality gate.</summary>
    public static AssessmentLimits Of(QualityGateOptions gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        return new AssessmentLimits
        {
            MinSnrDb = gate.MinSnrDb,
            MinSpeechS = gate.MinSpeech.TotalSeconds,
            MaxClippedShare = gate.MaxClippedShare,
        };
    }
}
