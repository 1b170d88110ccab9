using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using VoiceClean.Datasets.Targets;

namespace VoiceClean.Datasets;

/// <summary>What there is to say about a whole set: <c>report.json</c>.</summary>
internal sealed record DatasetReport
{
    /// <summary>Name and major version of the schema.</summary>
    public string Schema { get; init; } = "voiceclean.dataset/1";

    /// <summary>The target it was made for, complete.</summary>
    [JsonIgnore]
    public DatasetTarget? Target { get; init; }

    // By the contract of targets; the other would repeat it.
    [JsonInclude]
    [JsonPropertyName("target")]
    internal JsonObject? TargetObject
    {
        get => JsonSerializer.SerializeToNode(Target, TargetContext.Relaxed.DatasetTarget)?.AsObject();
        init => Target = value.Deserialize(TargetContext.Relaxed.DatasetTarget);
    }

    /// <summary>Recordings in it.</summary>
    public int Recordings { get; init; }

    /// <summary>Recordings of this run that gave nothing, and why.</summary>
    public IReadOnlyList<RejectedRecording> RecordingsRejected { get; init; } = [];

    /// <summary>Clips in it.</summary>
    public int Clips { get; init; }

    /// <summary>Clips in the folder of the rejected, per reason.</summary>
    public IReadOnlyDictionary<string, int> ClipsRejected { get; init; } = new Dictionary<string, int>();

    /// <summary>Length of the recordings [s].</summary>
    public double SourceS { get; init; }

    /// <summary>Length of the clips, without the rejected [s].</summary>
    public double ClipsS { get; init; }

    /// <summary>Speech found in the recordings [s].</summary>
    public double SpeechS { get; init; }

    /// <summary>
    /// Speech that no clip holds, because it was too short [s]; it lies in the folder of the rejected.
    /// </summary>
    public double LostSpeechS { get; init; }

    /// <summary>Clips whose language is not known; lists that need one say EN for them.</summary>
    public int ClipsWithoutLanguage { get; init; }

    /// <summary>Clips of each language.</summary>
    public IReadOnlyDictionary<string, int> Languages { get; init; } = new Dictionary<string, int>();

    /// <summary>Clips whose language is another than the one told for the recordings.</summary>
    public IReadOnlyList<OtherLanguage> OtherLanguages { get; init; } = [];

    /// <summary>Recordings that hold the same sound as another one, and that one; ids.</summary>
    public IReadOnlyDictionary<string, string> SameSound { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the words went.</summary>
    public TextReport? Texts { get; init; }

    /// <summary>
    /// Lists, manifests and texts that somebody changed and that were kept when they were written anew: relative paths
    /// with '/' in the set.
    /// </summary>
    public IReadOnlyList<string> EditedFiles { get; init; } = [];

    /// <summary>Each speaker's figures.</summary>
    public IReadOnlyList<SpeakerReport> Speakers { get; init; } = [];
}

/// <summary>A recording that gave no clips.</summary>
/// <param name="Source">Its id.</param>
/// <param name="SourcePath">As the user named it.</param>
/// <param name="Reason">Stable code.</param>
/// <param name="Message">One sentence.</param>
internal sealed record RejectedRecording(string Source, string? SourcePath, string? Reason, string? Message);

/// <summary>The clips of one speaker as a whole.</summary>
/// <param name="Speaker">Name.</param>
/// <param name="Clips">Number of clips.</param>
/// <param name="DurationS">Length of all together [s].</param>
/// <param name="ShortestS">[s]</param>
/// <param name="MiddleS">Median length [s]</param>
/// <param name="LongestS">[s]</param>
/// <param name="Medians">Median of each figure that clips are compared by.</param>
/// <param name="Outliers">Clips that differ, worst first.</param>
/// <param name="References">The best clips to clone from, best first.</param>
internal sealed record SpeakerReport(
    string Speaker,
    int Clips,
    double DurationS,
    double ShortestS,
    double MiddleS,
    double LongestS,
    IReadOnlyDictionary<string, double> Medians,
    IReadOnlyList<Outlier> Outliers,
    IReadOnlyList<ReferenceClip> References);

/// <summary>A clip that differs from the median of its speaker.</summary>
/// <param name="File">Relative path in the set.</param>
/// <param name="Figure">In what: "speech_dbfs", "noise_colour_db_per_octave", "bandwidth_hz" or
/// "spectral_tilt_db_per_octave".</param>
/// <param name="Value">Its figure.</param>
/// <param name="Median">That of the speaker.</param>
/// <param name="Excess">How far it lies outside, as a multiple of what is allowed; above 1.</param>
internal sealed record Outlier(string File, string Figure, double Value, double Median, double Excess);

/// <summary>A clip that is good to clone from.</summary>
/// <param name="File">Relative path in the set.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="DurationS">[s]</param>
/// <param name="LevelRatioDb">Level of its speech over the background [dB].</param>
/// <param name="BandwidthHz">[Hz]</param>
/// <param name="Text">What is said, if it is known.</param>
internal sealed record ReferenceClip(
    string File,
    double Score,
    double DurationS,
    double LevelRatioDb,
    double BandwidthHz,
    string? Text);
