using VoiceClean.Formats;
using VoiceClean.Stages.Compress;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Stages.HighPass;
using VoiceClean.Stages.Noisereduce;
using VoiceClean.Stages.NormalizeLoudness;
using VoiceClean.Stages.RemoveHum;
using VoiceClean.Stages.SpectralGate;
using VoiceClean.Stages.StripSilence;
using VoiceClean.Stages.SuppressClicks;
using Row = VoiceClean.Cleaning.Options.OptionRow<VoiceClean.Cleaning.Options.CleaningOptions>;

namespace VoiceClean.Cleaning.Options;

/// <summary>
/// The rows of the options for fine tuning. Each is named like its key in configuration files, with dashes for dots and
/// underscores, so that everything a configuration can say can be said in words as well.
/// </summary>
internal static class AdvancedRows
{
    private const OptionScope Clips = OptionScope.Clean | OptionScope.Batch;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Row> All { get; } =
    [
        .. Fine("Noise", OptionScope.Cleaning,
            Of("noise.source",
                CleaningRows.Words(
                    ("auto", NoiseSource.Auto),
                    ("head", NoiseSource.Head),
                    ("range", NoiseSource.Range),
                    ("file", NoiseSource.File),
                    ("off", NoiseSource.Off)),
                "The kind of place where the noise is learnt, alone.",
                o => o.Noise.Source,
                (o, v) => o with { Noise = o.Noise with { Source = v } }),
            Of("noise.head_length", CleaningRows.Time(EstimateNoiseOptions.HeadLengthRange),
                "How much of the beginning is tried as noise.",
                o => o.Noise.HeadLength,
                (o, v) => o with { Noise = o.Noise with { HeadLength = v } }),
            Of("noise.range_start", CleaningRows.Time(EstimateNoiseOptions.RangeStartRange),
                "Start of the stretch that is noise.",
                o => o.Noise.RangeStart,
                (o, v) => o with { Noise = o.Noise with { RangeStart = v } }),
            Of("noise.range_end", CleaningRows.Time(EstimateNoiseOptions.RangeEndRange),
                "End of the stretch that is noise.",
                o => o.Noise.RangeEnd,
                (o, v) => o with { Noise = o.Noise with { RangeEnd = v } }),
            CleaningRows.OfSeveral("noise-file-path", "noise.file_path", new TextSyntax(OptionKind.Path, "a file"),
                "A recording of the noise alone.",
                o => (o.Noise.FilePath is not null, o.Noise.FilePath ?? ""),
                (o, v) => o with { Noise = o.Noise with { FilePath = v } }) with { NamesFile = _ => true },
            Of("spectral_gate.strength", CleaningRows.Number(SpectralGateOptions.StrengthRange, NumberUnit.Fraction),
                "The strength of the spectral gate alone.",
                o => o.SpectralGate.Strength,
                (o, v) => o with { SpectralGate = o.SpectralGate with { Strength = v } }),
            Of("noisereduce.strength", CleaningRows.Number(NoisereduceOptions.StrengthRange, NumberUnit.Fraction),
                "The strength of noisereduce alone: the package's prop_decrease.",
                o => o.Noisereduce.Strength,
                (o, v) => o with { Noisereduce = o.Noisereduce with { Strength = v } }),
            Of("noisereduce.stationary", new SwitchSyntax(),
                "A fixed threshold for each bin from the noise profile; false: from the bin's own moving average.",
                o => o.Noisereduce.Stationary,
                (o, v) => o with { Noisereduce = o.Noisereduce with { Stationary = v } }),
            Of("clicks.strength", CleaningRows.Number(SuppressClicksOptions.StrengthRange, NumberUnit.Fraction),
                "How far keyboard and mouse clicks are turned down alone; 1 takes 40 dB.",
                o => o.Clicks.Strength,
                (o, v) => o with { Clicks = o.Clicks with { Strength = v } }),
            Of("high_pass.cutoff_hz", CleaningRows.Number(HighPassOptions.CutoffHzRange, NumberUnit.Hertz),
                "The -3 dB frequency of the high-pass; 60Hz takes rumble too.",
                o => o.HighPass.CutoffHz,
                (o, v) => o with { HighPass = o.HighPass with { CutoffHz = v } }),
            Of("hum.threshold_db", CleaningRows.Number(RemoveHumOptions.ThresholdDbRange, NumberUnit.Decibel),
                "How far mains hum must stand out to be found.",
                o => o.Hum.ThresholdDb,
                (o, v) => o with { Hum = o.Hum with { ThresholdDb = v } })),
        .. Fine("Silence", Clips,
            Of("silence.pad_before", CleaningRows.Time(StripSilenceOptions.PadBeforeRange),
                "Kept before speech.",
                o => o.Silence.PadBefore,
                (o, v) => o with { Silence = o.Silence with { PadBefore = v } }),
            Of("silence.pad_after", CleaningRows.Time(StripSilenceOptions.PadAfterRange),
                "Kept after speech.",
                o => o.Silence.PadAfter,
                (o, v) => o with { Silence = o.Silence with { PadAfter = v } }),
            Of("silence.long_pause", CleaningRows.Time(StripSilenceOptions.LongPauseRange),
                "Where all silence is cut: longer inner pauses are shortened.",
                o => o.Silence.LongPause,
                (o, v) => o with { Silence = o.Silence with { LongPause = v } }),
            Of("silence.max_pause", CleaningRows.Time(StripSilenceOptions.MaxPauseRange),
                "Where all silence is cut: what is left of a long pause.",
                o => o.Silence.MaxPause,
                (o, v) => o with { Silence = o.Silence with { MaxPause = v } })),
        .. Fine("Loudness", OptionScope.Cleaning,
            Of("compress.above_loudness_db",
                CleaningRows.Number(CompressOptions.AboveLoudnessDbRange, NumberUnit.AboveLoudness),
                "Where compression begins, above the clip's own loudness.",
                o => o.Compress.AboveLoudnessDb,
                (o, v) => o with { Compress = o.Compress with { AboveLoudnessDb = v } }),
            Of("compress.threshold_db",
                new OrWordSyntax<double>(CleaningRows.Number(CompressOptions.ThresholdDbRange, NumberUnit.FullScale)),
                "A fixed level where compression begins; off = relative to the loudness.",
                o => o.Compress.ThresholdDb,
                (o, v) => o with { Compress = o.Compress with { ThresholdDb = v } }),
            Of("compress.ratio", CleaningRows.Number(CompressOptions.RatioRange, NumberUnit.Ratio),
                "By how many decibels the input must rise for the output to rise by one.",
                o => o.Compress.Ratio,
                (o, v) => o with { Compress = o.Compress with { Ratio = v } }),
            Of("compress.knee_db", CleaningRows.Number(CompressOptions.KneeDbRange, NumberUnit.Decibel),
                "Width of the soft transition around the threshold.",
                o => o.Compress.KneeDb,
                (o, v) => o with { Compress = o.Compress with { KneeDb = v } }),
            Of("compress.attack", CleaningRows.Time(CompressOptions.AttackRange),
                "Time constant with which the gain falls.",
                o => o.Compress.Attack,
                (o, v) => o with { Compress = o.Compress with { Attack = v } }),
            Of("compress.release", CleaningRows.Time(CompressOptions.ReleaseRange),
                "Time constant with which the gain recovers.",
                o => o.Compress.Release,
                (o, v) => o with { Compress = o.Compress with { Release = v } }),
            Of("compress.max_reduction_db",
                CleaningRows.Number(CompressOptions.MaxReductionDbRange, NumberUnit.Decibel),
                "Most reduction by the compressor.",
                o => o.Compress.MaxReductionDb,
                (o, v) => o with { Compress = o.Compress with { MaxReductionDb = v } }),
            Of("loudness.max_reduction_db",
                CleaningRows.Number(NormalizeLoudnessOptions.MaxReductionDbRange, NumberUnit.Decibel),
                "Most reduction by the limiter, but for rare bumps; beyond it the loudness falls short and says so.",
                o => o.Loudness.MaxReductionDb,
                (o, v) => o with { Loudness = o.Loudness with { MaxReductionDb = v } })),
        .. Fine("Loudness", Clips,
            Of("loudness.fixed_gain_db",
                new OrWordSyntax<double>(
                    CleaningRows.Number(NormalizeLoudnessOptions.FixedGainDbRange, NumberUnit.Decibel)),
                "A gain instead of the clip's own; off = the gain that reaches the target.",
                o => o.Loudness.FixedGainDb,
                (o, v) => o with { Loudness = o.Loudness with { FixedGainDb = v } })),
        .. Fine("Limits", OptionScope.Cleaning | OptionScope.Inspect,
            Of("limits.max_channels", new IntegerSyntax(DecodeLimits.MaxChannelsRange, NumberUnit.None),
                "Most channels of an input.",
                o => o.Limits.MaxChannels,
                (o, v) => o with { Limits = o.Limits with { MaxChannels = v } }),
            Of("limits.max_sample_rate", new IntegerSyntax(DecodeLimits.MaxSampleRateRange, NumberUnit.Hertz),
                "Highest sampling rate of an input.",
                o => o.Limits.MaxSampleRate,
                (o, v) => o with { Limits = o.Limits with { MaxSampleRate = v } }),
            Of("limits.decoder_timeout", CleaningRows.Time(DecodeLimits.DecoderTimeoutRange),
                "How long an external decoder may stay silent before it is stopped.",
                o => o.Limits.DecoderTimeout,
                (o, v) => o with { Limits = o.Limits with { DecoderTimeout = v } })),
    ];

    private static IEnumerable<Row> Fine(string group, OptionScope scope, params Row[] rows) =>
        CleaningRows.Group(group, scope, rows).Select(r => r with { IsAdvanced = true, ValueName = NameOf(r) });

    private static Row Of<TValue>(
        string key,
        ValueSyntax<TValue> syntax,
        string sentence,
        Func<CleaningOptions, TValue> read,
        Func<CleaningOptions, TValue, CleaningOptions> set) =>
        CleaningRows.Of(key.Replace('.', '-').Replace('_', '-'), key, syntax, sentence, read, set);

    private static string NameOf(Row row) => row.Kind switch
    {
        OptionKind.Switch => "",
        OptionKind.Duration => "TIME",
        OptionKind.Path => "FILE",
        OptionKind.Choice => "WORD",
        _ => row.Unit.Length > 0 ? row.Unit.ToUpperInvariant() : "X",
    };
}
