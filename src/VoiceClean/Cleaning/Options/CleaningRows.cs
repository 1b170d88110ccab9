using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection;
using VoiceClean.Stages.NormalizeLoudness;
using VoiceClean.Stages.SpectralGate;
using VoiceClean.Stages.StripSilence;
using Row = VoiceClean.Cleaning.Options.OptionRow<VoiceClean.Cleaning.Options.CleaningOptions>;

namespace VoiceClean.Cleaning.Options;

/// <summary>
/// The rows of the options that people use: what each is called, takes, says and sets. Range and default stand with the
/// property that it sets.
/// </summary>
internal static class CleaningRows
{
    /// <summary>The usual options, in the order of the help.</summary>
    public static IReadOnlyList<Row> Usual { get; } =
    [
        .. Group("Noise", OptionScope.Cleaning,
            OfSeveral("strength", "strength", Number(SpectralGateOptions.StrengthRange, NumberUnit.Fraction),
                "How far noise is turned down: 0 passes the samples bit for bit, 1 takes 24 dB in pauses; above 0.75 "
                    + "consonants start to go.",
                o => (o.Strength is not null, o.Strength ?? 0),
                (o, v) => o with { Strength = v }) with { ValueName = "X" },
            OfSeveral("noise", "noise", new NoiseSyntax(),
                "Where the noise is learnt: auto (the first 0.5 s if it proves to be noise, else the quietest "
                    + "stretches), head[:0.5s], range:1.2s-1.9s, file:PATH or off.",
                o => (NoiseWord.Of(o.Noise) is not null, NoiseWord.Of(o.Noise)!),
                (o, v) => o with { Noise = v.Over(o.Noise) }) with
            {
                ValueName = "SRC",
                NamesFile = t => t.StartsWith("file:", StringComparison.Ordinal),
            },
            Of("denoiser", "denoiser",
                Words(("spectral-gate", "spectral-gate"), ("noisereduce", "noisereduce"), ("off", "off")),
                "The denoising stage: spectral-gate, noisereduce (agrees with the Python package) or off.",
                o => o.Denoiser,
                (o, v) => o with { Denoiser = v }) with { ValueName = "NAME" }),
        .. Group("Silence", OptionScope.Clean | OptionScope.Batch,
            Of("silence", "silence.mode",
                Words(("ends", SilenceMode.Ends), ("all", SilenceMode.All), ("off", SilenceMode.Off)),
                "Which silence is cut: ends, all (inner pauses are shortened, never to zero) or off.",
                o => o.Silence.Mode,
                (o, v) => o with { Silence = o.Silence with { Mode = v } }) with { ValueName = "MODE" },
            Of("silence-threshold", "silence.threshold_db",
                new OrWordSyntax<double>(Number(StripSilenceOptions.ThresholdDbRange, NumberUnit.FullScale)),
                "A fixed threshold such as -40dBFS, as if the clip had been normalised to -16 LUFS; off = "
                    + "adaptive.",
                o => o.Silence.ThresholdDb,
                (o, v) => o with { Silence = o.Silence with { ThresholdDb = v } })
                with { ValueName = "LEVEL", Default = "adaptive" },
            Of("silence-min", "silence.min_silence", Time(StripSilenceOptions.MinSilenceRange),
                "Shorter silences are left alone.",
                o => o.Silence.MinSilence,
                (o, v) => o with { Silence = o.Silence with { MinSilence = v } }) with { ValueName = "TIME" },
            Of("silence-pad", "silence_pad", new DurationPairSyntax(StripSilenceOptions.PadAfterRange),
                "Kept before and after speech: two times, or one for both.",
                o => (o.Silence.PadBefore, o.Silence.PadAfter),
                (o, v) => o with { Silence = o.Silence with { PadBefore = v.Item1, PadAfter = v.Item2 } })
                with { ValueName = "TIME[,TIME]" },
            Of("min-segment", "silence.min_segment", Time(StripSilenceOptions.MinSegmentRange),
                "A result shorter than this is kept untrimmed, with a warning.",
                o => o.Silence.MinSegment,
                (o, v) => o with { Silence = o.Silence with { MinSegment = v } }) with { ValueName = "TIME" }),
        .. Group("Loudness", OptionScope.Clean | OptionScope.Batch,
            Of("loudness", "loudness.target_lufs",
                new OrWordSyntax<double>(Number(NormalizeLoudnessOptions.TargetLufsRange, NumberUnit.Loudness)),
                "Target loudness; off leaves the level alone.",
                o => o.Loudness.TargetLufs,
                (o, v) => o with { Loudness = o.Loudness with { TargetLufs = v } }) with { ValueName = "LUFS" },
            Of("true-peak", "loudness.true_peak_db",
                Number(NormalizeLoudnessOptions.TruePeakDbRange, NumberUnit.TruePeak),
                "Ceiling of the true peak.",
                o => o.Loudness.TruePeakDb,
                (o, v) => o with { Loudness = o.Loudness with { TruePeakDb = v } }) with { ValueName = "DBTP" },
            Of("dual-mono", "loudness.dual_mono", new SwitchSyntax(),
                "Read the target as for two loudspeakers (podcast practice): 3 LU lower in a mono file.",
                o => o.Loudness.DualMono,
                (o, v) => o with { Loudness = o.Loudness with { DualMono = v } })),
        .. Group("Loudness", OptionScope.Cleaning,
            Of("compress", "compress.enabled", new SwitchSyntax(),
                "Gentle dynamic range compression before the loudness.",
                o => o.Compress.Enabled,
                (o, v) => o with { Compress = o.Compress with { Enabled = v } })),
        .. Group("Result", OptionScope.Clean | OptionScope.Batch | OptionScope.Inspect,
            Of("rate", "sample_rate", new IntegerSyntax(LoadOptions.SampleRateRange, NumberUnit.Hertz),
                "Sampling rate of the result: 48000, 44100Hz, 48kHz.",
                o => o.SampleRate,
                (o, v) => o with { SampleRate = v }) with { ValueName = "HZ" }),
        .. Group("Result", OptionScope.Clean | OptionScope.Batch,
            Of("bit-depth", "output.encoding",
                Words(
                    ("16", SampleEncoding.Pcm16),
                    ("24", SampleEncoding.Pcm24),
                    ("32f", SampleEncoding.IeeeFloat),
                    ("pcm16", SampleEncoding.Pcm16),
                    ("pcm24", SampleEncoding.Pcm24),
                    ("ieee_float", SampleEncoding.IeeeFloat)),
                "Word length of the result: 16, 24 or 32f (float).",
                o => o.Output.Encoding,
                (o, v) => o with { Output = o.Output with { Encoding = v } }) with { ValueName = "N" }),
        .. Group("Result", OptionScope.Cleaning | OptionScope.Inspect,
            Of("channel", "channel",
                Words(
                    ("mix", ChannelChoice.Mix),
                    ("left", ChannelChoice.Left),
                    ("right", ChannelChoice.Right),
                    ("loudest", ChannelChoice.Loudest)),
                "How several channels become one: mix, left, right or loudest.",
                o => o.Channel,
                (o, v) => o with { Channel = v }) with { ValueName = "C" },
            Of("track", "track",
                new OrWordSyntax<int>(new IntegerSyntax(LoadOptions.TrackRange, NumberUnit.None), "speech"),
                "Which audio track of a file that has several, as OBS writes them: 1, 2 ...; speech = the one with the "
                    + "speech.",
                o => o.Track,
                (o, v) => o with { Track = v }) with { ValueName = "N" }),
        .. Group("Refusal", OptionScope.Cleaning,
            Of("gate", "gate.policy",
                Words(("reject", GatePolicy.Reject), ("warn", GatePolicy.Warn), ("off", GatePolicy.Off)),
                "What happens to hopeless recordings: reject, warn or off.",
                o => o.Gate.Policy,
                (o, v) => o with { Gate = o.Gate with { Policy = v } }) with { ValueName = "POLICY" }),
        .. Group("Refusal", OptionScope.Cleaning | OptionScope.Inspect,
            Of("min-snr", "gate.min_snr_db", Number(QualityGateOptions.MinSnrDbRange, NumberUnit.Decibel),
                "Lowest signal-to-noise ratio.",
                o => o.Gate.MinSnrDb,
                (o, v) => o with { Gate = o.Gate with { MinSnrDb = v } }) with { ValueName = "DB" },
            Of("min-speech", "gate.min_speech", Time(QualityGateOptions.MinSpeechRange),
                "Least speech in a recording.",
                o => o.Gate.MinSpeech,
                (o, v) => o with { Gate = o.Gate with { MinSpeech = v } }) with { ValueName = "TIME" },
            Of("max-clipped", "gate.max_clipped_share", new ShareSyntax(QualityGateOptions.MaxClippedShareRange),
                "Largest share of clipped samples.",
                o => o.Gate.MaxClippedShare,
                (o, v) => o with { Gate = o.Gate with { MaxClippedShare = v } }) with { ValueName = "SHARE" },
            Of("max-duration", "limits.max_duration", Time(DecodeLimits.MaxDurationRange),
                "Longest input.",
                o => o.Limits.MaxDuration,
                (o, v) => o with { Limits = o.Limits with { MaxDuration = v } }) with { ValueName = "TIME" }),
        .. Group("Chain", OptionScope.Cleaning,
            Of("stages", "stages", new ListSyntax(),
                "Choice and order of the stages by name, comma-separated.",
                o => o.Stages,
                (o, v) => o with { Stages = v }) with { ValueName = "LIST", Default = "the standard chain" }),
    ];

    /// <summary>Options for fine tuning; see there.</summary>
    public static IReadOnlyList<Row> Advanced => AdvancedRows.All;

    internal static IEnumerable<Row> Group(string name, OptionScope scope, params Row[] rows) =>
        rows.Select(r => r with { Group = name, Scope = scope });

    internal static Row Of<TValue>(
        string name,
        string key,
        ValueSyntax<TValue> syntax,
        string sentence,
        Func<CleaningOptions, TValue> read,
        Func<CleaningOptions, TValue, CleaningOptions> set) =>
        Row.Of(name, key, syntax, sentence, o => (true, read(o)), set);

    // One that sets several things at once reads back only where they agree.
    internal static Row OfSeveral<TValue>(
        string name,
        string key,
        ValueSyntax<TValue> syntax,
        string sentence,
        Func<CleaningOptions, (bool Has, TValue Value)> read,
        Func<CleaningOptions, TValue, CleaningOptions> set) =>
        Row.Of(name, key, syntax, sentence, read, set) with { CanBeUnset = true };

    internal static NumberSyntax Number(ValueRange range, NumberUnit? unit = null) =>
        new(range, unit ?? NumberUnit.None);

    internal static DurationSyntax Time(ValueRange range) => new(range);

    internal static ChoiceSyntax<TValue> Words<TValue>(params (string Word, TValue Value)[] words) => new(words);
}
