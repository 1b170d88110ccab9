using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Json;
using VoiceClean.Cleaning.Options;

namespace VoiceClean.Datasets;

/// <summary>Contracts of the JSON of data sets: source-generated, so that it works without reflection.</summary>
[JsonSourceGenerationOptions(
    // The other kind writes only with the options it was generated for, and our encoder is not among them.
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(NullableFigureConverter)])]
[JsonSerializable(typeof(ClipRecord))]
[JsonSerializable(typeof(RecordingRecord))]
[JsonSerializable(typeof(DatasetReport))]
[JsonSerializable(typeof(CheckedClip))]
[JsonSerializable(typeof(CheckSummary))]
[JsonSerializable(typeof(StoredText))]
internal sealed partial class DatasetContext : JsonSerializerContext
{
    /// <summary>The same over several lines, for people.</summary>
    public static DatasetContext Indented =>
        field ??= new(
            new JsonSerializerOptions(Default.Options)
            {
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                WriteIndented = true,
                NewLine = "\n",
            });

    /// <summary>For what another version has written: what is not known here is passed over.</summary>
    public static DatasetContext Tolerant =>
        field ??= new(
            new JsonSerializerOptions(Default.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip });

    /// <summary>As generated, but names in other scripts stay readable.</summary>
    public static DatasetContext Relaxed =>
        field ??= new(
            new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
