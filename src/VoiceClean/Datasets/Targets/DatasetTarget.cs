using System.Text.Json.Serialization;
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

    /// <summary>No list: the text of each clip stands alone in a file of the clip's name.</summary>
    TextBeside,
}

/// <summary>What a trainer does with a clip that breaks a rule.</summary>
internal enum RuleAction
{
    /// <summary>Leaves it out without a word.</summary>
    Drop,

    /// <summary>Changes it.</summary>
    Alter,

    /// <summary>Nothing; it is odd all the same.</summary>
    Warn,

    /// <summary>Trains on it with words that are not said in it, or with none.</summary>
    Spoil,

    /// <summary>Stops, or leaves out everything that stands in the same list.</summary>
    Refuse,
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
    [JsonIgnore]
    public RuleAction Action { get; init; }

    [JsonInclude]
    [JsonPropertyName("action")]
    internal string ActionWord
    {
        get => JsonWords.Of(Action);
        init => Action = JsonWords.Read<RuleAction>(value);
    }

    /// <summary>Why, in words.</summary>
    public string Because { get; init; } = "";

    /// <summary>Where that was read: repository, commit, file and line; or "our choice".</summary>
    public string Source { get; init; } = "";

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

    /// <summary>Hop of the trainer's frames [sample]; what its samplers count lengths in.</summary>
    public int HopLength { get; init => field = Check.InRange(value, 1, 65_536); } = 640;

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

    /// <summary>
    /// Folder of the clips in the set, at most two names deep; "{speaker}" stands for the speaker.
    /// </summary>
    public string ClipFolder { get; init => field = Layout.Folder(value); } = Layout.Speaker;

    /// <summary>Lines of the list.</summary>
    [JsonIgnore]
    public ListFormat ListFormat { get; init; }

    [JsonInclude]
    [JsonPropertyName("list_format")]
    internal string ListFormatWord
    {
        get => JsonWords.Of(ListFormat);
        init => ListFormat = JsonWords.Read<ListFormat>(value);
    }

    /// <summary>
    /// Name of the list at the top of the set: one for each speaker where it holds "{speaker}", else one for all of
    /// them. For <see cref="ListFormat.TextBeside"/> "{clip}" and an extension.
    /// </summary>
    public string ListName { get; init => field = Layout.Name(value); } = "{speaker}.list";

    /// <summary>Which files at the top of a set of any origin are lists: a name, or * and an extension.</summary>
    public string ReadsLists { get; init; } = "*.list";

    /// <summary>Name of a second list that holds clips to evaluate with; empty = none.</summary>
    public string EvalListName { get; init => field = value.Length == 0 ? value : Layout.Name(value); } = "";

    /// <summary>Share of the clips that go into the second list, 0 to 0.5.</summary>
    public double EvalShare { get; init => field = Check.InRange(value, 0, 0.5); }

    /// <summary>True if the trainer takes no relative paths.</summary>
    public bool RequiresAbsolutePaths { get; init; }

    /// <summary>True if a list names no speakers: all clips become one voice.</summary>
    public bool HasOneSpeaker { get; init; }

    /// <summary>True if one language is told to the trainer for a whole list.</summary>
    public bool HasOneLanguage { get; init; }

    /// <summary>Languages the trainer knows, lower case; empty = any.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Spellings of languages that the trainer takes in a list, exactly so; empty = lists name none.</summary>
    public IReadOnlyList<string> ListLanguages { get; init; } = [];

    /// <summary>Where the values were read: key → repository, commit, file and line; or "our choice".</summary>
    public IReadOnlyDictionary<string, string> Sources { get; init; } = new Dictionary<string, string>();

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

    /// <summary>The folder of a speaker's clips, relative with '/'.</summary>
    public string FolderOf(string speaker) => ClipFolder.Replace(Layout.Speaker, speaker, StringComparison.Ordinal);
}
