namespace VoiceClean.Datasets.Targets;

/// <summary>What rules can be about: a number for each name.</summary>
internal static class ClipMeasures
{
    // -80 dBFS: below it there is nothing but dither.
    private const double SilentPeak = 1e-4;

    // The header of a WAV file; trainers take the size of the file for that of its samples.
    private const int HeaderBytes = 44;

    private static readonly Dictionary<string, Func<SetClip, DatasetTarget, double?>> Flags = new(
        StringComparer.Ordinal)
    {
        ["unreadable"] = (c, _) => IsClip(c) ? Flag(!c.IsReadable) : null,
        ["silent"] = (c, _) => c.IsReadable ? Flag(c.Peak < SilentPeak) : null,
        ["foreign_file"] = (c, _) => Flag(c.IsForeign),
        ["extension_not_lower_case"] = (c, _) =>
            IsClip(c) ? Flag(!c.File.EndsWith(".wav", StringComparison.Ordinal)) : null,
        ["odd_name"] = (c, _) => IsClip(c) ? Flag(!ClipNames.IsGood(NameOf(c))) : null,
        ["name_breaks_list"] = (c, _) =>
            IsClip(c) ? Flag(c.File.Contains('|') || c.File.Any(char.IsControl)) : null,
        ["not_in_list"] = (c, _) => IsClip(c) && c.IsListed is { } listed ? Flag(!listed) : null,
        ["unknown_language"] = (c, t) =>
            c.Language is { } language && t.ListLanguages.Count > 0
                ? Flag(!t.ListLanguages.Contains(language, StringComparer.Ordinal))
                : null,
        ["text_missing"] = (c, _) => IsClip(c) && c.Text is { } text ? Flag(string.IsNullOrWhiteSpace(text)) : null,
        ["text_in_other_script"] = (c, _) => LettersLost(c) is { } lost ? Flag(lost >= 1) : null,
        ["letters_lost"] = (c, _) => LettersLost(c) is { } lost ? Flag(lost is > 0 and < 1) : null,
        ["emoji"] = (c, _) => c.Text is { } text ? Flag(TextFigures.HasEmoji(text)) : null,
        ["markup"] = (c, _) => c.Text is { } text ? Flag(TextFigures.HasMarkup(text)) : null,
    };

    private static readonly Dictionary<string, Func<SetClip, DatasetTarget, double?>> Figures = new(
        StringComparer.Ordinal)
    {
        ["duration_s"] = (c, _) => c.DurationS,
        // What trainers take for the length: bytes of the 16-bit file they make.
        ["stored_s"] = (c, t) => StoredBytes(c, t) / (2.0 * t.SampleRateHz),
        ["frames"] = (c, t) => StoredBytes(c, t) is { } bytes ? Math.Floor(bytes / (2.0 * t.HopLength)) : null,
        ["peak"] = (c, _) => c.Peak,
        // 0.5 * (0.95 x / peak) + 0.5 x
        ["rescale_gain_db"] = (c, _) =>
            c.Peak is >= SilentPeak and { } peak ? 20 * Math.Log10((0.475 / peak) + 0.5) : null,
        ["sample_rate_hz"] = (c, _) => c.SampleRateHz,
        ["channels"] = (c, _) => c.Channels,
        ["bit_depth"] = (c, _) => c.BitDepth,
        ["text_characters"] = (c, _) => string.IsNullOrWhiteSpace(c.Text) ? null : TextFigures.Characters(c.Text),
        ["text_tokens"] = (c, _) => string.IsNullOrWhiteSpace(c.Text) ? null : TextFigures.EstimateTokens(c.Text),
        ["phonemes_per_s"] = (c, _) =>
            c.DurationS is > 0 && !string.IsNullOrWhiteSpace(c.Text) && LettersLost(c) is not >= 1
                ? TextFigures.EstimatePhonemes(c.Text, Languages.Normalize(c.Language)) / c.DurationS
                : null,
    };

    /// <summary>Everything that can be measured.</summary>
    public static IReadOnlyCollection<string> Names { get; } = [.. Flags.Keys, .. Figures.Keys, .. ListFacts.All];

    /// <summary>True if a measure is 1 or 0, so that its value says nothing more.</summary>
    public static bool IsFlag(string measure) => !Figures.ContainsKey(measure);

    /// <summary>Measures a clip; null = unknown or without meaning for it.</summary>
    public static double? Of(string measure, SetClip clip, DatasetTarget target) =>
        Figures.TryGetValue(measure, out Func<SetClip, DatasetTarget, double?>? figure) ? figure(clip, target)
        : Flags.TryGetValue(measure, out Func<SetClip, DatasetTarget, double?>? flag) ? flag(clip, target)
        : Flag(clip.Facts.Contains(measure, StringComparer.Ordinal));

    private static bool IsClip(SetClip clip) => !clip.IsForeign && !clip.IsLine && !clip.IsList;

    // On every system, whatever its separators are: a trainer's rules are about the list.
    private static string NameOf(SetClip clip) => clip.File[(clip.File.LastIndexOf('/') + 1)..];

    private static double? StoredBytes(SetClip clip, DatasetTarget target) =>
        clip.DurationS is { } seconds
            ? HeaderBytes + (2 * Math.Ceiling((seconds * target.SampleRateHz) - 1e-6))
            : null;

    private static double? LettersLost(SetClip clip) =>
        clip.Text is { } text && Languages.Normalize(clip.Language) is { } language
            ? TextFigures.ShareOfOtherScripts(text, language)
            : null;

    private static double Flag(bool value) => value ? 1 : 0;
}
