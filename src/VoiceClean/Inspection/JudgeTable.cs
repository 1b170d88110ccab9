using VoiceClean.Errors;
using static VoiceClean.Inspection.JudgeSentences;

namespace VoiceClean.Inspection;

/// <summary>
/// The rules by which recordings are judged, in the order in which they are asked. Sources of the limits: the field as
/// collected in the contract for data sets (HiFi-TTS asks for 32 dB and 13 kHz, VoxKitchen for 15 dB, NeMo for the
/// bandwidth within 50 dB of the peak).
/// </summary>
internal static class JudgeTable
{
    // Noise alone has by chance so much with the pitch of a voice.
    private const double NoVoiceDb = -6;

    // About half of speech is voiced; 0.4 leaves room for clips full of consonants. Longer voices are no condition:
    // how long somebody must speak is asked of the speech.
    private const double VoicedShareOfSpeech = 0.4, MostVoicedS = 0.2;

    private const double TelephoneHz = 4_300;

    // In 2 s of speech some vowel lasts longer than this, also at 5 dB (0.14 s at least in 580 mixtures); thunder and
    // keys have a pitch for a moment only.
    private const double DrowningDb = 3, LastingS = 2, LeastLongestS = 0.115;

    /// <summary>The table.</summary>
    public static IReadOnlyList<JudgeRule> Rules { get; } =
    [
        new()
        {
            Code = ReasonCodes.TooShort, Verdict = Verdict.Hopeless, Subject = JudgeRule.Presence,
            Figure = m => m.DurationS, Side = Side.Below, Limit = o => o.MinSpeech.TotalSeconds,
            Sentence = (_, s, least) =>
                $"The recording lasts {s:0.##} s; at least {least:0.##} s of speech are needed.",
            Advice = (_, _) => SaySentence(),
        },
        new()
        {
            Code = ReasonCodes.Silent, Verdict = Verdict.Hopeless, Subject = JudgeRule.Presence,
            Figure = m => m.PeakWithoutHumDbfs, Side = Side.Below, Limit = _ => -60,
            Sentence = (m, peak, _) => Silence(m, peak),
            Advice = (m, peak) => HoldsNoNumbers(m, peak)
                ? (FormattableString)$"No numbers: what wrote the file has failed; make it again."
                : $"Silent: check that the right microphone is chosen and not muted.",
        },
        new()
        {
            Code = ReasonCodes.NoSpeech, Verdict = Verdict.Hopeless, Subject = JudgeRule.Presence,
            Figure = m => m.IsWhispered == true ? 1 : null, Side = Side.Above, Limit = _ => 0,
            Sentence = (m, _, _) => $"It seems whispered: {m.ForegroundS:0.0} s sound like speech but have no pitch.",
            Advice = (_, _) => $"Whisper: speak aloud; to keep whispered speech, let the gate warn.",
        },
        new()
        {
            Code = ReasonCodes.NoSpeech, Verdict = Verdict.Hopeless, Subject = JudgeRule.Presence,
            Figure = m => IsClearVoice(m) ? null : m.VoicedS, Side = Side.Below,
            Limit = o => Math.Min(MostVoicedS, VoicedShareOfSpeech * o.MinSpeech.TotalSeconds),
            Sentence = (m, s, _) => NoVoice(m, s),
            Advice = (m, _) => SpeakAloud(m),
        },
        new()
        {
            Code = ReasonCodes.NoSpeech, Verdict = Verdict.Hopeless, Subject = JudgeRule.Presence,
            Figure = m => m.VoicedRatioDb, Side = Side.Below, Limit = _ => NoVoiceDb,
            Sentence = (m, ratio, _) => WeakVoice(m, ratio),
            Advice = (m, _) => GoNearer(m),
        },
        new()
        {
            Code = ReasonCodes.NoSpeech, Verdict = Verdict.Hopeless, Subject = JudgeRule.Presence,
            Figure = m => m.SnrDb < DrowningDb && m.DurationS >= LastingS ? m.LongestVoicedS : null,
            Side = Side.Below, Limit = _ => LeastLongestS,
            Sentence = (_, s, _) =>
                $"No speech was found: in the noise nothing keeps the pitch of a voice for more than {s:0.##} s.",
            Advice = (_, _) => $"No speech: go nearer to the microphone, or check what was recorded.",
        },
        new()
        {
            Code = ReasonCodes.NoSpeech, Verdict = Verdict.Hopeless, Subject = JudgeRule.Presence,
            Figure = m => m.LongestVoicedS >= SpeechMeasurement.LongVoiceS && m.DurationS >= MusicS
                ? m.TonesHeldShare
                : null,
            Side = Side.Above, Limit = _ => 0.5,
            Sentence = (_, held, _) =>
                $"No speech was found but music: {100 * held:0} % of its tones stay where they are.",
            Advice = (_, _) => Music(),
        },
        new()
        {
            Code = ReasonCodes.Clipped, Verdict = Verdict.Hopeless, Subject = "clipping",
            Figure = m => m.ClippedShare, Side = Side.Above, Limit = o => o.MaxClippedShare,
            Sentence = (_, share, most) =>
                $"{100 * share:0.#} % of the samples are clipped; at most {100 * most:0.#} % are allowed.",
            Advice = (m, _) => TurnDown(m),
        },
        new()
        {
            Code = ReasonCodes.SnrTooLow, Verdict = Verdict.Hopeless, Subject = "noise",
            Figure = m => m.SnrDb, Side = Side.Below, Limit = o => o.MinSnrDb,
            Sentence = (m, snr, least) => Drowned(m, snr, least),
            Advice = (m, _) => IsGlimpse(m) ? LongerPieces() : LessNoise(m),
        },
        new()
        {
            Code = ReasonCodes.TooShort, Verdict = Verdict.Hopeless, Subject = "speech",
            Figure = m => m.SpeechS, Side = Side.Below, Limit = o => o.MinSpeech.TotalSeconds,
            Sentence = (_, s, least) => $"Only {s:0.00} s of speech were found; at least {least:0.##} s are needed.",
            Advice = (_, _) => SaySentence(),
        },
        new()
        {
            Code = ReasonCodes.Clipped, Verdict = Verdict.Poor, Subject = "clipping",
            Figure = m => m.ClippedShare, Side = Side.Above, Limit = o => o.MaxClippedShare / 10,
            Sentence = (_, share, _) => $"{100 * share:0.###} % of the samples are clipped.",
            Advice = (m, _) => TurnDown(m),
        },
        new()
        {
            Code = ReasonCodes.Clipped, Verdict = Verdict.Poor, Subject = "clipping",
            Figure = m => m.PiledPeaksRatio, Side = Side.Above, Limit = _ => 0.55,
            Sentence = (_, _, _) => $"The loudest samples pile up, as after clipping and then encoding or resampling.",
            Advice = (m, _) => TurnDown(m),
        },
        new()
        {
            Code = WarningCodes.LowSnr, Verdict = Verdict.Poor, Subject = "noise",
            Figure = m => m.SnrDb, Side = Side.Below, Limit = _ => 5,
            Sentence = (_, snr, _) =>
                $"The signal-to-noise ratio is only about {snr:0} dB; listen to the result before you use it.",
            Advice = (m, _) => LessNoise(m),
        },
        new()
        {
            Code = WarningCodes.Music, Verdict = Verdict.Poor, Subject = "music",
            Figure = m => m.DurationS >= MusicS ? m.TonesSteadiness : null, Side = Side.Above, Limit = _ => 3.3,
            Sentence = (_, _, _) => $"It sounds like music or singing: tones stay where they are.",
            Advice = (_, _) => Music(),
        },
        new()
        {
            Code = WarningCodes.NarrowBand, Verdict = Verdict.Poor, Subject = "bandwidth",
            Figure = m => m.BandwidthHz, Side = Side.Below, Limit = _ => 8_000,
            Sentence = (_, hz, _) => NarrowBand(hz, hz < TelephoneHz
                ? "8 kHz telephone band"
                : "16 kHz recording or heavy compression"),
            Advice = (_, hz) => hz < TelephoneHz
                ? (FormattableString)
                    $"8 kHz telephone band: record at 44.1 or 48 kHz, not through a call or a headset in call mode."
                : $"16 kHz recording or heavy compression: record at 44.1 or 48 kHz, as WAV or FLAC.",
        },
        new()
        {
            Code = ReasonCodes.Clipped, Verdict = Verdict.Usable, Subject = "clipping",
            Figure = m => m.ClippedShare, Side = Side.Above, Limit = _ => 0.0001,
            Sentence = (_, share, _) => $"{100 * share:0.###} % of the samples are clipped.",
            Advice = (m, _) => TurnDown(m),
        },
        new()
        {
            Code = WarningCodes.LowSnr, Verdict = Verdict.Usable, Subject = "noise",
            Figure = m => m.SnrDb, Side = Side.Below, Limit = _ => 20,
            Sentence = (_, snr, _) => $"The signal-to-noise ratio is only about {snr:0} dB.",
            Advice = (m, _) => LessNoise(m),
        },
        new()
        {
            Code = "hum", Verdict = Verdict.Usable, Subject = "hum",
            Figure = m => m.DurationS >= MusicS ? VoiceOverHumDb(m) : null, Side = Side.Below, Limit = _ => 40,
            Sentence = (m, db, _) => $"Mains hum of {m.HumHz:0} Hz at {m.HumDbfs:0.0} dBFS, {db:0} dB below the voice.",
            Advice = (m, _) =>
                $"Hum at {m.HumHz:0} Hz: keep cables away from power supplies, use balanced cables, or a battery.",
        },
        new()
        {
            Code = "quiet", Verdict = Verdict.Usable, Subject = "level",
            Figure = m => m.IntegratedLufs is { } lufs && double.IsFinite(lufs) ? lufs : m.SpeechDbfs,
            Side = Side.Below, Limit = _ => -40,
            Sentence = (m, level, _) => m.IntegratedLufs is { } lufs && double.IsFinite(lufs)
                ? (FormattableString)$"The loudness is only {lufs:0.0} LUFS."
                : $"The recording is too quiet to have a loudness: its speech lies at {level:0} dBFS.",
            Advice = (_, lufs) =>
                $"Too quiet: turn the input up by {Math.Floor(-23 - lufs):0} dB, or go nearer to the microphone.",
        },
        new()
        {
            Code = "dc_offset", Verdict = Verdict.Usable, Subject = "offset",
            Figure = m => Math.Abs(m.DcOffset ?? 0), Side = Side.Above, Limit = _ => 0.01,
            Sentence = (m, _, _) => $"A constant offset of {100 * m.DcOffset:0.0} % of full scale.",
            Advice = (_, _) => $"DC offset: the sound card or cable is faulty; another input may be better.",
        },
        new()
        {
            Code = "reverberant", Verdict = Verdict.Usable, Subject = "room",
            Figure = m => m.DurationS >= MusicS ? m.ReverberationS : null, Side = Side.Above, Limit = _ => 0.8,
            Sentence = (_, s, _) => $"Strong reverberation: sound takes about {s:0.0} s to die away by 60 dB.",
            Advice = (_, _) => Reverberation(),
        },
        new()
        {
            Code = "reverberant", Verdict = Verdict.Usable, Subject = "room",
            Figure = m => m.DurationS >= MusicS ? m.DecayDbPerS : null, Side = Side.Below, Limit = _ => 105,
            Sentence = (_, decay, _) =>
                $"Strong reverberation: sound takes {60 / decay:0.0} s or more to die away by 60 dB.",
            Advice = (_, _) => Reverberation(),
        },
        new()
        {
            Code = "little_speech", Verdict = Verdict.Usable, Subject = "share",
            Figure = m => m.SpeechShare, Side = Side.Below, Limit = _ => 0.4,
            Sentence = (_, share, _) => $"Only {100 * share:0} % of the recording is speech.",
            Advice = (_, _) => $"Mostly silence: stop the recording when nobody speaks.",
        },
        new()
        {
            Code = "uneven", Verdict = Verdict.Usable, Subject = "range",
            Figure = m => m.LoudnessRangeLu, Side = Side.Above, Limit = _ => 20,
            Sentence = (_, lu, _) => $"The loudness varies by {lu:0.0} LU.",
            Advice = (_, _) => $"Uneven: keep the same distance to the microphone.",
        },
        new()
        {
            // A soft voice reads like this too: worth a word, not a worse verdict.
            Code = WarningCodes.NarrowBand, Verdict = Verdict.Good, Subject = "bandwidth",
            Figure = m => m.BandwidthHz, Side = Side.Below, Limit = _ => 11_000,
            Sentence = (_, hz, _) => NarrowBand(hz, "dull sound"),
            Advice = (_, _) => $"Dull sound: face the microphone, and record as WAV or FLAC.",
        },
    ];
}
