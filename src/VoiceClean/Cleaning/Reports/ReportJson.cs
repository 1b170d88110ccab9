using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json;
using VoiceClean.Cleaning.Options;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Inspection;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Stages.StripSilence;

namespace VoiceClean.Cleaning.Reports;

/// <summary>JSON of reports and options: source-generated, so that it works without reflection.</summary>
public static class ReportJson
{
    /// <summary>A report as one line of JSON, without the line end.</summary>
    public static string ToLine(ClipReport report) =>
        JsonSerializer.Serialize(report, ReportContext.Relaxed.ClipReport);

    /// <summary>A summary as one line of JSON, without the line end.</summary>
    public static string ToLine(RunSummary summary) =>
        JsonSerializer.Serialize(summary, ReportContext.Relaxed.RunSummary);

    /// <summary>A report from its line of JSON.</summary>
    /// <exception cref="JsonException">The text is no report of this version.</exception>
    public static ClipReport ReadReport(string json) =>
        JsonSerializer.Deserialize(json, ReportContext.Relaxed.ClipReport)
        ?? throw new JsonException("the report is null");

    /// <summary>Options as one line of JSON; every option is named.</summary>
    public static string ToLine(CleaningOptions options) =>
        JsonSerializer.Serialize(options, ReportContext.Relaxed.CleaningOptions);

    /// <summary>SHA-256 of the options' JSON, lower-case hexadecimal: equal hash, equal settings.</summary>
    public static string Hash(CleaningOptions options) =>
        Convert.ToHexStringLower(
            SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(options, ReportContext.Relaxed.CleaningOptions)));

    /// <summary>Lays the options named in a JSON text over the defaults.</summary>
    /// <param name="json">An object with the keys that reports echo under "options"; any may be missing.</param>
    /// <param name="source">Where the text comes from, for messages.</param>
    /// <exception cref="VoiceCleanException">Not JSON, an unknown key, or a value out of its range (kind
    /// <see cref="ErrorKind.Usage"/>).</exception>
    public static CleaningOptions ReadOptions(string json, string source)
    {
        try
        {
            JsonNode given =
                JsonNode.Parse(
                    json,
                    documentOptions: new JsonDocumentOptions
                    {
                        CommentHandling = JsonCommentHandling.Skip,
                        AllowTrailingCommas = true,
                    }) ?? throw new JsonException("the file holds no object");
            JsonNode merged = JsonSerializer.SerializeToNode(
                new CleaningOptions(),
                ReportContext.Relaxed.CleaningOptions)!;
            Overlay(merged.AsObject(), given.AsObject(), "");
            return merged.Deserialize(ReportContext.Relaxed.CleaningOptions)!;
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            string what = (e.InnerException ?? e).Message.ReplaceLineEndings(" ");
            throw new VoiceCleanException(ErrorKind.Usage, ReasonCodes.BadOptions, $"{source}: {what}", e);
        }
    }

    private static void Overlay(JsonObject target, JsonObject given, string path)
    {
        foreach ((string key, JsonNode? value) in given)
        {
            if (!target.TryGetPropertyValue(key, out JsonNode? old))
            {
                throw new JsonException(
                    $"there is no option '{path}{key}'; known here: {string.Join(", ", target.Select(p => p.Key))}");
            }

            if (old is JsonObject inner && value is JsonObject replacement)
            {
                Overlay(inner, replacement, $"{path}{key}.");
            }
            else
            {
                target[key] = value?.DeepClone();
            }
        }
    }
}

/// <summary>Contracts of everything that becomes JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters =
    [
        typeof(DurationConverter), typeof(FigureConverter),
        typeof(WordConverter<ClipStatus>), typeof(WordConverter<ChannelChoice>), typeof(WordConverter<GatePolicy>),
        typeof(WordConverter<NoiseSource>), typeof(WordConverter<SilenceMode>), typeof(WordConverter<SampleEncoding>),
        typeof(WordConverter<Verdict>),
    ])]
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
