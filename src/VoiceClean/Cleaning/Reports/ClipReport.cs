using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using VoiceClean.Cleaning.Options;
using VoiceClean.Errors;
using VoiceClean.Inspection;

namespace VoiceClean.Cleaning.Reports;

/// <summary>
/// Everything there is to say about one input: what it was, what was found, what was done, what came out. One JSON line
/// of the schema
/// <c>voiceclean.result/1</c>; the table on the screen prints the same figures. Keys are snake_case and end in their
/// unit; unknown and minus infinity are null.
/// </summary>
public sealed record ClipReport
{
    /// <summary>Name and major version of the schema.</summary>
    public string Schema { get; init; } = "voiceclean.result/1";

    /// <summary>Which kind of line this is: "file".</summary>
    public string Event { get; init; } = "file";

    /// <summary>Relative path with '/', the identity of the clip.</summary>
    public required string Id { get; init; }

    /// <summary>The verdict.</summary>
    [JsonIgnore]
    public ClipStatus Status { get; init; }

    [JsonInclude]
    [JsonPropertyName("status")]
    internal string StatusWord
    {
        get => JsonWords.Of(Status);
        init => Status = JsonWords.Read<ClipStatus>(value);
    }

    /// <summary>Stable code of the refusal or failure (<see cref="ReasonCodes"/>), null if all went well.</summary>
    public string? Reason { get; init; }

    /// <summary>One sentence about the refusal or failure, null if all went well.</summary>
    public string? Message { get; init; }

    /// <summary>What a user should know all the same.</summary>
    public IReadOnlyList<Warning> Warnings { get; init; } = [];

    /// <summary>The source, as far as it was read.</summary>
    public FileFacts? Input { get; init; }

    /// <summary>The result, null if none was written.</summary>
    public FileFacts? Output { get; init; }

    /// <summary>Measured on the decoded, down-mixed, resampled source.</summary>
    public Measurements? Before { get; init; }

    /// <summary>Measured on the result.</summary>
    public Measurements? After { get; init; }

    /// <summary>Verdict and advice; only of recordings that were inspected.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InspectionFacts? Inspection { get; init; }

    /// <summary>What the stages found and did, with units in the keys.</summary>
    public JsonObject? Process { get; init; }

    /// <summary>What it cost: milliseconds per step and the real-time factor.</summary>
    public JsonObject? Cost { get; init; }

    /// <summary>By whom and with which settings.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>The effective options, complete.</summary>
    public CleaningOptions? Options { get; init; }

    /// <summary>Who has to act on a failure. Not part of the JSON.</summary>
    [JsonIgnore]
    public ErrorKind? Kind { get; init; }

    /// <summary>The exception behind a refusal or failure, null if all went well. Not part of the JSON.</summary>
    [JsonIgnore]
    public Exception? Exception { get; init; }
}

/// <summary>The verdict on one input.</summary>
public enum ClipStatus
{
    /// <summary>Cleaned and written.</summary>
    Ok,

    /// <summary>Already up to date; nothing was done.</summary>
    Unchanged,

    /// <summary>Refused by the quality gate; nothing was written.</summary>
    Rejected,

    /// <summary>Something went wrong; nothing was written.</summary>
    Failed,

    /// <summary>The run was stopped while it was worked on; nothing was written.</summary>
    Stopped,

    /// <summary>The run was stopped before it came to it.</summary>
    NotBegun,
}

/// <summary>An audio file as it stands on the disk.</summary>
public sealed record FileFacts
{
    /// <summary>As given, or "-" for a stream.</summary>
    public required string Path { get; init; }

    /// <summary>[byte], null for a stream of unknown length.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>SHA-256 of the whole file, lower-case hexadecimal; only of results.</summary>
    public string? Sha256 { get; init; }

    /// <summary>"wav", "flac", "m4a" …</summary>
    public string? Container { get; init; }

    /// <summary>Which decoder read it; null for results.</summary>
    public string? Decoder { get; init; }

    /// <summary>[Hz]</summary>
    public int? SampleRateHz { get; init; }

    /// <summary>Number of channels.</summary>
    public int? Channels { get; init; }

    /// <summary>Bits per sample as stored, null where that has no meaning.</summary>
    public int? BitDepth { get; init; }

    /// <summary>[s]</summary>
    public double? DurationS { get; init; }

    /// <summary>The audio tracks in the order of the file; only of inputs that have several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TrackFacts>? Tracks { get; init; }
}

/// <summary>By whom and with which settings a result was made, so that a run can be repeated.</summary>
/// <param name="ToolVersion">Version of VoiceClean.</param>
/// <param name="ConfigSha256">SHA-256 over the effective options as JSON.</param>
/// <param name="SimdWidthBits">Width of the vector unit in use; results do not depend on it.</param>
public sealed record Provenance(string ToolVersion, string ConfigSha256, int SimdWidthBits);
