using VoiceClean.Errors;

namespace VoiceClean.Inspection;

/// <summary>What several rules of <see cref="JudgeTable"/> say, and what depends on more than their figure.</summary>
internal static class JudgeSentences
{
    /// <summary>
    /// In less time nobody can tell music or hum from a long vowel, or a room from a voice that dies away [s].
    /// </summary>
    public const double MusicS = 3;

    // What stands out for so long without a pitch is worth another sentence.
    private const double StandsOutS = 0.5;

    // One word of 0.1 s of vowel that holds twice the power of all else in little noise.
    private const double ClearSnrDb = 10, ClearRatioDb = 3, ClearS = 0.095;

    // What has more than this may be noisier than was allowed, but nothing drowns in it.
    private const double NoisyDb = 5;

    // No sample of 24 bits moves by so little: what is left of an offset is rounding.
    private const double RoundingDbfs = -140;

    /// <summary>What a silent recording is.</summary>
    public static FormattableString Silence(Measurements m, double peak)
    {
        string without = m.HumHz is null ? "" : " but for its hum";
        return HoldsNoNumbers(m, peak) ? (FormattableString)
                $"The recording holds no sound: {Bad(m)} NaN, infinite or beyond ±2^32, and nothing else."
            : double.IsNegativeInfinity(peak) ? (FormattableString)
                $"The recording is silent{without}: there is nothing but digital silence."
            : peak < RoundingDbfs
                ? (FormattableString)$"The recording is silent{without}: there is nothing but a constant level."
            : $"The recording is silent{without}: what it holds peaks at {peak:0} dBFS.";
    }

    /// <summary>Whether nothing is left of the samples because none was a number.</summary>
    public static bool HoldsNoNumbers(Measurements m, double peak) =>
        double.IsNegativeInfinity(peak) && m.NonfiniteSamples > 0;

    private static string Bad(Measurements m) => Counted.Of(m.NonfiniteSamples ?? 0, "sample");

    /// <summary>
    /// Whether it is so short that a voice without a pause cannot be told from noise for sure: of cuts of 0.6 s 1 in 20
    /// is refused wrongly, at 5 dB more, of 2 s none.
    /// </summary>
    public static bool IsGlimpse(Measurements m) => m.DurationS < 1.5;

    /// <summary>
    /// Whether a voice that is short is a voice for sure: one word, half of it consonants. How much speech is needed
    /// decides then.
    /// </summary>
    public static bool IsClearVoice(Measurements m) =>
        m.SnrDb >= ClearSnrDb && m.VoicedRatioDb >= ClearRatioDb && m.LongestVoicedS >= ClearS;

    /// <summary>
    /// Whether what has no voice has tones all the same, as an organ or a beep: of 308 noises none.
    /// </summary>
    private static bool AreTones(Measurements m) => m.DurationS >= MusicS && m.TonesHeldShare > 0.5;

    private static FormattableString Tones(Measurements m) =>
        $"No speech was found but tones: {100 * m.TonesHeldShare:0} % of them stay where they are, as in music.";

    /// <summary>Too little with the pitch of a voice.</summary>
    public static FormattableString NoVoice(Measurements m, double voiced) => IsGlimpse(m) ? NoGlimpse(m)
        : AreTones(m) ? Tones(m)
        : m.ForegroundS >= StandsOutS
            ? (FormattableString)$"No voice was found: {m.ForegroundS:0.0} s stand out but have no pitch."
            : voiced < 0.01 ? NoPitch()
                : $"No speech was found: only {voiced:0.##} s have the pitch of a voice.";

    /// <summary>A voice that is weaker than the rest.</summary>
    public static FormattableString WeakVoice(Measurements m, double ratio) => IsGlimpse(m) ? NoGlimpse(m)
        : double.IsNegativeInfinity(ratio) ? AreTones(m) ? Tones(m) : NoPitch()
            : $"No speech was found: what has the pitch of a voice is {-ratio:0} dB weaker than all the rest.";

    /// <summary>Speech in too much noise.</summary>
    public static FormattableString Drowned(Measurements m, double snr, double min) => IsGlimpse(m)
        ? $"In {m.DurationS:0.##} s noise cannot be told for sure: the signal-to-noise ratio seems to be {snr:0} dB."
        : OfMuch(snr, min);

    /// <summary>What to do where no voice was found.</summary>
    public static FormattableString SpeakAloud(Measurements m) =>
        !IsGlimpse(m) && m.ForegroundS >= StandsOutS && !AreTones(m)
        ? $"No voice: speak aloud, go nearer to the microphone, or check what was recorded."
        : GoNearer(m);

    /// <summary>What to do where nothing or a weak voice was found.</summary>
    public static FormattableString GoNearer(Measurements m) => IsGlimpse(m) ? LongerPieces()
        : AreTones(m)
            ? (FormattableString)$"No speech: check what was recorded, and separate a voice from music first."
        : $"No speech: go nearer to the microphone, or check what was recorded.";

    /// <summary>What to do about a piece that cannot be judged.</summary>
    public static FormattableString LongerPieces() =>
        $"Too short to tell: cut longer pieces, with the pauses around them.";

    /// <summary>What to do about too little speech.</summary>
    public static FormattableString SaySentence() =>
        $"Too short: say at least one whole sentence; for single words or letters, let less speech be enough.";

    private static FormattableString NoPitch() => $"No speech was found: nothing has the pitch of a voice.";

    private static FormattableString OfMuch(double snr, double min) =>
        snr >= SnrEstimator.HighestDb ? (FormattableString)
                $"The signal-to-noise ratio is above {snr:0} dB, the most that is told; {min:0.#} dB are asked for."
            : snr >= NoisyDb ? (FormattableString)
                $"Too much noise: the signal-to-noise ratio is about {snr:0} dB, at least {min:0.#} dB are needed."
            : Drowning(snr, min);

    private static FormattableString Drowning(double snr, double min) =>
        $"The speech drowns in noise: the signal-to-noise ratio is about {snr:0} dB, at least {min:0.#} dB are needed.";

    private static FormattableString NoGlimpse(Measurements m) =>
        $"In {m.DurationS:0.##} s no voice can be told for sure: too little of it has the pitch of one.";

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
