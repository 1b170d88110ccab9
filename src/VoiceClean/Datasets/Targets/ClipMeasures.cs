namespace VoiceClean.Datasets.Targets;

/// <summary>A clip of a finished set of any origin, as a trainer meets it.</summary>
internal sealed record SetClip
{
    /// <summary>Relative path with '/'; of a line of a list without a file, the path in the line.</summary>
    public required string File { get; init; }

    /// <summary>False if it cannot be decoded.</summary>
    public bool IsReadable { get; init; }

    /// <summary>True if it is no audio by its name.</summary>
    public bool IsForeign { get; init; }

    /// <summary>[s]</summary>
    public double? DurationS { get; init; }

    /// <summary>Length of a mono 16-bit version at 32 kHz in bytes over 64,000, as GPT-SoVITS has it [s].</summary>
    public double? AssumedDurationS { get; init; }

    /// <summary>Largest sample, full scale 1.</summary>
    public double? Peak { get; init; }

    /// <summary>[Hz]</summary>
    public int? SampleRateHz { get; init; }

    /// <summary>Number of channels.</summary>
    public int? Channels { get; init; }

    /// <summary>Bits of a sample as stored.</summary>
    public int? BitDepth { get; init; }

    /// <summary>True if another clip before it has the same file name.</summary>
    public bool IsDuplicate { get; init; }

    /// <summary>False if there is a list and it does not name the clip; null without lists.</summary>
    public bool? IsListed { get; init; }

    /// <summary>True for a line of a list that has not the right fields, or names no file.</summary>
    public bool IsBadLine { get; init; }

    /// <summary>Language its line names, lower case.</summary>
    public string? Language { get; init; }

    /// <summary>What is said, if the list says so.</summary>
    public string? Text { get; init; }
}

/// <summary>What rules can be about: a number for each name.</summary>
internal static class ClipMeasures
{
    private static readonly Dictionary<string, Func<SetClip, DatasetTarget, double?>> Measures = new(
        StringComparer.Ordinal)
    {
        ["unreadable"] = (c, _) => c.IsForeign || c.IsBadLine ? null : Flag(!c.IsReadable),
        ["foreign_file"] = (c, _) => Flag(c.IsForeign),
        ["duplicate_base_name"] = (c, _) => Flag(c.IsDuplicate),
        ["duration_s"] = (c, _) => c.DurationS,
        ["assumed_duration_s"] = (c, _) => c.AssumedDurationS,
        ["peak"] = (c, _) => c.Peak,
        // 0.5 * (0.95 x / peak) + 0.5 x
        ["rescale_gain_db"] = (c, _) => c.Peak is > 0 ? 20 * Math.Log10((0.475 / c.Peak.Value) + 0.5) : null,
        ["sample_rate_hz"] = (c, _) => c.SampleRateHz,
        ["channels"] = (c, _) => c.Channels,
        ["bit_depth"] = (c, _) => c.BitDepth,
        ["extension_not_lower_case"] = (c, _) =>
            c.IsForeign || c.IsBadLine ? null : Flag(!c.File.EndsWith(".wav", StringComparison.Ordinal)),
        ["bad_name_characters"] = (c, _) => c.IsBadLine ? null : Flag(!ClipNames.IsGood(Path.GetFileName(c.File))),
        ["not_in_list"] = (c, _) => c.IsListed is { } listed ? Flag(!listed) : null,
        ["bad_list_line"] = (c, _) => Flag(c.IsBadLine),
        ["unknown_language"] = (c, t) =>
            c.Language is { } language && t.Languages.Count > 0
                ? Flag(
                    !t.Languages.Contains(language, StringComparer.Ordinal)
                        && !(language == "jp" && t.Languages.Contains("ja")))
                : null,
        ["text_characters"] = (c, _) => c.Text?.Length,
        ["phonemes_per_s"] = (c, _) =>
            c.DurationS is > 0 && !string.IsNullOrWhiteSpace(c.Text)
                ? Languages.EstimatePhonemes(c.Text) / c.DurationS
                : null,
    };

    /// <summary>Everything that can be measured.</summary>
    public static IReadOnlyCollection<string> Names => Measures.Keys;

    /// <summary>Measures a clip; null = unknown or without meaning for it.</summary>
    public static double? Of(string measure, SetClip clip, DatasetTarget target) => Measures[measure](clip, target);

    private static double Flag(bool value) => value ? 1 : 0;
}
