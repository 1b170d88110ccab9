using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Runs.Sharding;

namespace VoiceClean.Runs.State;

/// <summary>
/// What the last run of a share set out to do, <c>plan.json</c> or <c>plan-2-of-8.json</c> in the state folder: from
/// it a report knows what is missing and how to go on. Nobody decides by it what is done.
/// </summary>
/// <param name="Items">Number of inputs.</param>
/// <param name="Total">Number of inputs of all shares, as this one found it; null = an earlier version wrote.</param>
/// <param name="Command">The words of the command that does it again, without the output folder and the share; empty
/// where nobody said.</param>
/// <param name="Options">How recordings are cleaned.</param>
internal sealed record RunPlanFile(
    int Items,
    int? Total,
    IReadOnlyList<string> Command,
    CleaningOptions? Options)
{
    private const string Schema = "voiceclean.plan/1";

    /// <summary>The file of a share.</summary>
    /// <param name="memory">The state folder.</param>
    /// <param name="shard">The share.</param>
    public static string PathOf(string memory, Shard shard) =>
        Path.Combine(memory, $"plan{StateFolder.Suffix(shard)}.json");

    /// <summary>Writes it, unless it says the same already.</summary>
    /// <exception cref="VoiceCleanException">It cannot be written.</exception>
    public void Write(string memory, Shard shard)
    {
        string path = PathOf(memory, shard);
        byte[] content = Encoding.UTF8.GetBytes(ToJson() + "\n");
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            AtomicFile.Write(path, overwrite: true, stream => stream.Write(content), DiskFiles.For(shard.Mark));
        }
    }

    /// <summary>Reads it; null if there is none, or none that can be read.</summary>
    public static RunPlanFile? TryRead(string memory, Shard shard)
    {
        try
        {
            string path = PathOf(memory, shard);
            if (!File.Exists(path))
            {
                return null;
            }

            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement all = json.RootElement;
            return all.GetProperty("schema").GetString() != Schema
                ? null
                : new RunPlanFile(
                    all.GetProperty("items").GetInt32(),
                    all.TryGetProperty("total", out JsonElement total) ? total.GetInt32() : null,
                    [.. all.GetProperty("command").EnumerateArray().Select(w => w.GetString() ?? "")],
                    all.GetProperty("options") is { ValueKind: JsonValueKind.Object } options
                        ? ReportJson.ReadOptions(options.GetRawText())
                        : null);
        }
        catch (Exception e)
            when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
                || OutputErrors.IsFileSystemFailure(e))
        {
            return null;
        }
    }

    private string ToJson()
    {
        using var stream = new MemoryStream();
        using (
            var json = new Utf8JsonWriter(
                stream,
                new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteNumber("items", Items);
            if (Total is { } total)
            {
                json.WriteNumber("total", total);
            }

            json.WriteStartArray("command");
            Command.ToList().ForEach(json.WriteStringValue);
            json.WriteEndArray();
            json.WritePropertyName("options");
            json.WriteRawValue(Options is null ? "null" : ReportJson.ToLine(Options));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
