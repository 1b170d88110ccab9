using VoiceClean.Errors;

namespace VoiceClean.Inspection;

/// <summary>What several rules of <see cref="JudgeTable"/> say, and what depends on more than their figure.</summary>
internal static class JudgeSentences
{
    /// <summary>What a silent recording is.</summary>
    public static FormattableString Silence(Measurements m, double peak)
    {
        string without = m.HumHz is null ? "" : " but for its hum";
        return HoldsNoNumbers(m, peak) ? (FormattableString)
                $"The recording holds no sound: {Bad(m)} NaN, infinite or beyond ±2^32, and nothing else."
            : double.IsNegativeInfinity(peak) ? (FormattableString)
                $"The recording is silent{without}: there is nothing but digital silence."
            : $"The recording is silent{without}: what it holds peaks at {peak:0} dBFS.";
    }

    /// <summary>Whether nothing is left of the samples because none was a number.</summary>
    public static bool HoldsNoNumbers(Measurements m, double peak) =>
        double.IsNegativeInfinity(peak) && m.NonfiniteSamples > 0;

    private static string Bad(Measurements m) => Counted.Of(m.NonfiniteSamples ?? 0, "sample");

    /// <summary>Speech in too much noise.</summary>
    public static FormattableString Drowned(double snr, double min) =>
        $"The speech drowns in noise: the signal-to-noise ratio is about {snr:0} dB, at least {min:0.#} dB are needed.";

    /// <summary>Where the spectrum ends.</summary>
    public static FormattableString NarrowBand(double hz, string what) =>
        $"Above {hz / 1000:0.0} kHz there is nothing within 50 dB of the peak of the spectrum ({what}).";

    /// <summary>What to do about music.</summary>
    public static FormattableString Music() => $"Music: record without it, or separate the voice from it first.";

    /// <summary>What to do about a room.</summary>
    public static FormattableString Reverberation() =>
        $"Reverberation: go much nearer to the microphone, in a small room with soft furniture.";

    /// <summary>What to do about clipping.</summary>
    public static FormattableString TurnDown(Measurements m)
    {
        double excess = Math.Max(6, Math.Ceiling((m.TruePeakDbtp ?? 0) + 6));
        return $"Too hot: turn the input down by {excess:0} dB, so that the loudest words peak near -6 dBFS.";
    }

    /// <summary>What to do about noise, by its colour.</summary>
    public static FormattableString LessNoise(Measurements m) => m.NoiseColourDbPerOctave switch
    {
        < -6 => (FormattableString)
            $"Rumble or traffic: switch off fans, close windows, and go nearer to the microphone.",
        > -2 => $"Hiss: raise the gain at the microphone instead of later, and go nearer.",
        _ => $"Room noise: switch off fans, close windows, and go nearer to the microphone.",
    };

    /// <summary>How far the voice stands above the hum [dB]; null = there is none.</summary>
    public static double? VoiceOverHumDb(Measurements m) => m.SpeechDbfs - m.HumDbfs;
}
