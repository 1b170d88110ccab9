using VoiceClean.Datasets.Slicing;
using VoiceClean.Errors;

namespace VoiceClean.Datasets.Targets;

/// <summary>The lines of a list of clips.</summary>
internal enum ListFormat
{
    /// <summary><c>path|speaker|LANGUAGE|text</c></summary>
    GptSovits,

    /// <summary><c>file|speaker|LANGUAGE|text</c>, without the folder.</summary>
    StyleBertVits2,

    /// <summary><c>id|text|normalised text</c>, without folder and extension.</summary>
    Ljspeech,

    /// <summary><c>audio_file|text</c>, with that line as header.</summary>
    AudioFileText,

    /// <summary><c>audio_file|text|speaker_name</c>, with that line as header.</summary>
    AudioFileTextSpeaker,
}

/// <summary>What a trainer does with a clip that breaks a rule.</summary>
internal enum RuleAction
{
    /// <summary>Leaves it out without a word.</summary>
    Drop,

    /// <summary>Changes it.</summary>
    Alter,
}

/// <summary>One thing a trainer does to clips, as a limit on something that can be measured on them.</summary>
internal sealed record TargetRule
{
    /// <summary>Name of the rule, stable.</summary>
    public required string Rule { get; init; }

    /// <summary>What is measured; one of <see cref="ClipMeasures.Names"/>.</summary>
    public required string Measure { get; init; }

    /// <summary>Least good value; null = none.</summary>
    public double? Min { get; init; }

    /// <summary>Largest good value; null = none.</summary>
    public double? Max { get; init; }

    /// <summary>What happens otherwise.</summary>
    public RuleAction Action { get; init; }

    /// <summary>Why, in words.</summary>
    public string Because { get; init; } = "";

    /// <summary>True if the value is not good; unknown values never are.</summary>
    public bool IsBrokenBy(double? value) => value is { } v && (v < Min || v > Max);
}

/// <summary>
/// What a trainer wants its clips to be: a readable record of limits. Those that come with VoiceClean stand in
/// <c>Datasets/Targets/*.json</c>.
/// </summary>
internal sealed record DatasetTarget
{
    /// <summary>Name on the command line.</summary>
    public string Name { get; init; } = "";

    /// <summary>Which trainer, which version.</summary>
    public string Description { get; init; } = "";

    /// <summary>[Hz]</summary>
    public int SampleRateHz { get; init => field = Check.InRange(value, 8_000, 192_000); } = 32_000;

    /// <summary>16 or 24.</summary>
    public int BitDepth
    {
        get;
        init =>
            field = value is 16 or 24
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "bit_depth must be 16 or 24.");
    } = 16;

    /// <summary>[LUFS]</summary>
    public double LoudnessLufs { get; init => field = Check.InRange(value, -50, -5); } = -16;

    /// <summary>[dBTP]</summary>
    public double TruePeakDbtp { get; init => field = Check.InRange(value, -20, 0); } = -1;

    /// <summary>Shortest clip [s].</summary>
    public double MinClipS { get; init; } = 1;

    /// <summary>Clips aim at being longer than this [s].</summary>
    public double TargetMinS { get; init; } = 4;

    /// <summary>Clips aim at being shorter than this [s].</summary>
    public double TargetMaxS { get; init; } = 10;

    /// <summary>Longest clip [s].</summary>
    public double MaxClipS { get; init; } = 19.5;

    /// <summary>Longer inner pauses are shortened [s].</summary>
    public double MaxPauseS { get; init; } = 0.6;

    /// <summary>To this [s].</summary>
    public double ShortenedPauseS { get; init; } = 0.4;

    /// <summary>Shortest reference clip [s].</summary>
    public double MinReferenceS { get; init; } = 3;

    /// <summary>Longest reference clip [s].</summary>
    public double MaxReferenceS { get; init; } = 10;

    /// <summary>Lines of the list.</summary>
    public ListFormat ListFormat { get; init; }

    /// <summary>Name of the list beside the clips' folder; "{speaker}" stands for the speaker.</summary>
    public string ListName { get; init; } = "{speaker}.list";

    /// <summary>Languages the trainer knows, lower case; empty = any.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>What the trainer silently drops or alters.</summary>
    public IReadOnlyList<TargetRule> Rules { get; init; } = [];

    /// <summary>How recordings are cut for this target.</summary>
    public SliceOptions Slicing => new()
    {
        MinLength = TimeSpan.FromSeconds(MinClipS),
        TargetMin = TimeSpan.FromSeconds(TargetMinS),
        TargetMax = TimeSpan.FromSeconds(TargetMaxS),
        MaxLength = TimeSpan.FromSeconds(MaxClipS),
        MaxPause = TimeSpan.FromSeconds(MaxPauseS),
        ShortenedPause = TimeSpan.FromSeconds(ShortenedPauseS),
    };
}
