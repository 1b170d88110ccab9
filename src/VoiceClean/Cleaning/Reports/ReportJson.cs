using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Json;
using VoiceClean.Cleaning.Options;
using VoiceClean.Files;

namespace VoiceClean.Cleaning.Reports;

/// <summary>JSON of reports and options: source-generated, so that it works without reflection.</summary>
public static class ReportJson
{
    /// <summary>A report as one line of JSON, without the line end.</summary>
    public static string ToLine(ClipReport report) =>
        JsonSerializer.Serialize(report, ReportContext.Relaxed.ClipReport);

    /// <summary>A summary as one line of JSON, without the line end.</summary>
    internal static string ToLine(RunSummary summary) =>
        JsonSerializer.Serialize(summary, ReportContext.Relaxed.RunSummary);

    /// <summary>A report from its line of JSON.</summary>
    /// <exception cref="JsonException">The text is no report of this version.</exception>
    public static ClipReport ReadReport(string json) =>
        JsonSerializer.Deserialize(json, ReportContext.Relaxed.ClipReport)
        ?? throw new JsonException("the report is null");

    /// <summary>Options as one line of JSON; every option is named.</summary>
    public static string ToLine(CleaningOptions options) =>
        JsonSerializer.Serialize(options, ReportContext.Relaxed.CleaningOptions);

    /// <summary>Options from their JSON.</summary>
    /// <exception cref="JsonException">The text is none of this version.</exception>
    internal static CleaningOptions ReadOptions(string json) =>
        JsonSerializer.Deserialize(json, ReportContext.Relaxed.CleaningOptions)
        ?? throw new JsonException("the options are null");

    /// <summary>SHA-256 of the options' JSON, lower-case hexadecimal: equal hash, equal settings.</summary>
    public static string Hash(CleaningOptions options) =>
        Convert.ToHexStringLower(
            Sha256.HashData(JsonSerializer.SerializeToUtf8Bytes(options, ReportContext.Relaxed.CleaningOptions)));
}

/// <summary>Contracts of everything that becomes JSON.</summary>
[JsonSourceGenerationOptions(
    // The other kind writes only with the options it was generated for, and our encoder is not among them.
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(DurationConverter), typeof(FigureConverter)])]
[JsonSerializable(typeof(ClipReport))]
[JsonSerializable(typeof(RunSummary))]
[JsonSerializable(typeof(CleaningOptions))]
internal sealed partial class ReportContext : JsonSerializerContext
{
    /// <summary>
    /// As generated, but names of files in other scripts stay readable; quotes and control characters are still
    /// escaped.
    /// </summary>
    public static ReportContext Relaxed =>
        field ??= new(
            new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
