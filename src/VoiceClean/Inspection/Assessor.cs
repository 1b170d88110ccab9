using System.Globalization;
using VoiceClean.Errors;

namespace VoiceClean.Inspection;

/// <summary>
/// Judges a recording by its figures: a list of rules, each with its verdict, its sentence and its advice.
/// </summary>
internal static class Assessor
{
    private const double SilentDb = -60;

    // As the quality gate has them: noise alone has by chance so much voice, and about half of speech is voiced.
    private const double NoVoiceDb = -6, VoicedShareOfSpeech = 0.4;

    /// <summary>Judges.</summary>
    /// <param name="measured">Loudness, peaks, bandwidth.</param>
    /// <param name="voice">Noise, hum, clipping.</param>
    /// <param name="limits">What is too little and too much.</param>
    public static Assessment Assess(Measurements measured, VoiceFigures voice, AssessmentLimits limits)
    {
        ArgumentNullException.ThrowIfNull(measured);
        ArgumentNullException.ThrowIfNull(voice);
        ArgumentNullException.ThrowIfNull(limits);
        var found = new List<(Verdict Verdict, Warning Finding, string Advice)>();
        AddSpeech(found, measured, voice, limits);
        if (found.Count == 0)
        {
            AddClipping(found, measured, voice, limits);
            AddNoise(found, measured, voice, limits);
            AddSpectrumAndLevel(found, measured, voice, limits);
        }

        // A stable order: of equal verdicts the rule that stands first.
        (Verdict Verdict, Warning Finding, string Advice)[] sorted = [.. found.OrderByDescending(f => f.Verdict)];
        return sorted.Length == 0
            ? new Assessment(Verdict.Good, [], "Fine as it is.")
            // of the worst finding
            : new Assessment(sorted[0].Verdict, [.. sorted.Select(f => f.Finding)], sorted[0].Advice);
    }

    private static void AddSpeech(
        List<(Verdict, Warning, string)> found,
        Measurements measured,
        VoiceFigures voice,
        AssessmentLimits limits)
    {
        if (!(measured.SamplePeakDbfs > SilentDb))
        {
            Add(
                found,
                Verdict.Hopeless,
                ReasonCodes.Silent,
                "Nothing was recorded: it is silent.",
                "Silent: check that the right microphone is chosen and not muted.");
        }
        else if (
            voice.SpeechS == 0
            || voice.VoicedRatioDb < NoVoiceDb
            || voice.VoicedS < VoicedShareOfSpeech * Math.Min(limits.MinSpeechS, voice.SpeechS))
        {
            Add(
                found,
                Verdict.Hopeless,
                ReasonCodes.NoSpeech,
                "No speech was found: nothing with the pitch of a voice stands out of the background.",
                "No speech: go nearer to the microphone, or check what was recorded.");
        }
        else if (voice.SpeechS < limits.MinSpeechS)
        {
            Add(
                found,
                Verdict.Hopeless,
                ReasonCodes.TooShort,
                F($"Only {voice.SpeechS:0.00} s of speech."),
                "Too short: say at least one whole sentence.");
        }
    }

    private static void AddClipping(
        List<(Verdict, Warning, string)> found,
        Measurements measured,
        VoiceFigures voice,
        AssessmentLimits limits)
    {
        if (voice.ClippedShare is { } share && share > limits.WarnClippedShare)
        {
            double excess = Math.Max(6, Math.Ceiling((measured.TruePeakDbtp ?? 0) + 6));
            Verdict verdict =
                share > limits.MaxClippedShare ? Verdict.Hopeless
                : share > limits.MaxClippedShare / 10 ? Verdict.Poor
                : Verdict.Usable;
            Add(
                found,
                verdict,
                ReasonCodes.Clipped,
                F($"{share * 100:0.###} % of the samples are clipped."),
                F($"Too hot: turn the input down by {excess:0} dB, so that the loudest words peak near -6 dBFS."));
        }
    }

    private static void AddNoise(
        List<(Verdict, Warning, string)> found,
        Measurements measured,
        VoiceFigures voice,
        AssessmentLimits limits)
    {
        double snr = voice.SnrDb, voiceDb = voice.NoiseFloorDbfs + snr;
        if (snr < limits.WarnSnrDb)
        {
            Verdict verdict =
                snr < limits.MinSnrDb ? Verdict.Hopeless
                : snr < limits.PoorSnrDb ? Verdict.Poor
                : Verdict.Usable;
            string colour =
                voice.HumDbfs > voice.NoiseFloorDbfs - 3 ? "hum"
                : voice.NoiseColourDbPerOctave < -6 ? "rumble or traffic"
                : voice.NoiseColourDbPerOctave > -2 ? "hiss"
                : "room noise";
            string cure = colour switch
            {
                "hum" => "keep cables away from power supplies and try a battery",
                "hiss" => "raise the gain at the microphone instead of later, and go nearer",
                _ => "switch off fans, close windows, and go nearer to the microphone",
            };
            Add(
                found,
                verdict,
                verdict == Verdict.Hopeless ? ReasonCodes.SnrTooLow : WarningCodes.LowSnr,
                F($"The voice is only {snr:0.0} dB above the background."),
                F($"{char.ToUpperInvariant(colour[0])}{colour[1..]}: {cure}."));
        }

        if (voice.HumHz is { } hz && voice.HumDbfs is { } hum && voiceDb - hum < limits.WarnHumUnderVoiceDb)
        {
            Add(
                found,
                Verdict.Usable,
                "hum",
                F($"Mains hum of {hz:0} Hz at {hum:0.0} dBFS, {voiceDb - hum:0} dB below the voice."),
                F($"Hum at {hz:0} Hz: keep cables away from power supplies, use balanced cables, or a battery."));
        }
    }

    private static void AddSpectrumAndLevel(
        List<(Verdict, Warning, string)> found,
        Measurements measured,
        VoiceFigures voice,
        AssessmentLimits limits)
    {
        if (measured.BandwidthHz is { } width && width < limits.WarnBandwidthHz)
        {
            // Between the two limits a soft voice reads like this too: worth a word, not a worse verdict.
            (string what, string cure) =
                width < 4_300
                    ? ("8 kHz telephone band", "record at 44.1 or 48 kHz, not through a call or a headset in call mode")
                : width < limits.PoorBandwidthHz
                    ? ("16 kHz recording or heavy compression", "record at 44.1 or 48 kHz, as WAV or FLAC")
                : ("dull sound", "face the microphone, and record as WAV or FLAC");
            Add(
                found,
                width < limits.PoorBandwidthHz ? Verdict.Poor : Verdict.Good,
                WarningCodes.NarrowBand,
                F($"Above {width / 1000:0.0} kHz there is nothing within 50 dB of the peak of the spectrum ({what})."),
                F($"{char.ToUpperInvariant(what[0])}{what[1..]}: {cure}."));
        }

        if (measured.IntegratedLufs < limits.WarnQuietLufs)
        {
            Add(
                found,
                Verdict.Usable,
                "quiet",
                F($"The loudness is only {measured.IntegratedLufs:0.0} LUFS."),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Too quiet: turn the input up by {Math.Floor(-23 - measured.IntegratedLufs.Value):0} dB, or go "
                        + $"nearer to the microphone."));
        }

        if (Math.Abs(measured.DcOffset ?? 0) > limits.WarnDcOffset)
        {
            Add(
                found,
                Verdict.Usable,
                "dc_offset",
                F($"A constant offset of {measured.DcOffset * 100:0.0} % of full scale."),
                "DC offset: the sound card or cable is faulty; another input may be better.");
        }

        if (voice.SpeechShare < limits.WarnSpeechShare)
        {
            Add(
                found,
                Verdict.Usable,
                "little_speech",
                F($"Only {voice.SpeechShare * 100:0} % of the recording is speech."),
                "Mostly silence: stop the recording when nobody speaks.");
        }

        if (measured.LoudnessRangeLu > limits.WarnLoudnessRangeLu)
        {
            Add(
                found,
                Verdict.Usable,
                "uneven",
                F($"The loudness varies by {measured.LoudnessRangeLu:0.0} LU."),
                "Uneven: keep the same distance to the microphone.");
        }
    }

    private static void Add(
        List<(Verdict, Warning, string)> found,
        Verdict verdict,
        string code,
        string message,
        string advice) => found.Add((verdict, new Warning(code, message), advice));

    private static string F(FormattableString text) => FormattableString.Invariant(text);
}
