using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Json;
using VoiceClean.Cleaning.Options;

namespace VoiceClean.Datasets.Targets;

/// <summary>Contract of the JSON of targets: source-generated, so that it works without reflection.</summary>
[JsonSourceGenerationOptions(
    // The other kind writes only with the options it was generated for, and our encoder is not among them.
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(NullableFigureConverter)]
)]
[JsonSerializable(typeof(DatasetTarget))]
internal sealed partial class TargetContext : JsonSerializerContext
{
    /// <summary>As generated, but names in other scripts stay readable.</summary>
    public static TargetContext Relaxed =>
        field ??= new(
            new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
