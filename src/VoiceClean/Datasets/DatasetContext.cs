using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceClean.Reports;
using VoiceClean.Slicing;

namespace VoiceClean.Datasets;

/// <summary>Contracts of the JSON of data sets: source-generated, so that it works without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters =
    [
        typeof(NullableFigureConverter), typeof(WordConverter<ListFormat>), typeof(WordConverter<RuleAction>), typeof(WordConverter<CutKind>),
    ])]
[JsonSerializable(typeof(DatasetTarget))]
[JsonSerializable(typeof(ClipRecord))]
[JsonSerializable(typeof(RecordingRecord))]
[JsonSerializable(typeof(DatasetReport))]
[JsonSerializable(typeof(CheckedClip))]
[JsonSerializable(typeof(CheckSummary))]
internal sealed partial class DatasetContext : JsonSerializerContext
{
    /// <summary>The same over several lines, for people.</summary>
    public static DatasetContext Indented => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, NewLine = "\n" });

    /// <summary>As generated, but names in other scripts stay readable.</summary>
    public static DatasetContext Relaxed => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

/// <summary>Numbers rounded to six decimals; not-a-number and infinities are null and come back as not-a-number.</summary>
internal sealed class NullableFigureConverter : JsonConverter<double>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(Math.Round(value, 6));
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
