using System.Text;
using Microsoft.AspNetCore.Http;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Formats.Loading;
using VoiceClean.Web.Http;
using VoiceClean.Web.Pool;

namespace VoiceClean.Web.Serve;

/// <summary>What a server says about itself. None of these ever waits for a worker.</summary>
/// <param name="options">The server.</param>
/// <param name="pool">The workers.</param>
/// <param name="metrics">The figures.</param>
internal sealed class StateEndpoints(ServeOptions options, CleaningPool pool, ServeMetrics metrics)
{
    private const string JsonType = "application/json";

    private readonly byte[] _openApi = OpenApiDocument.Make(options.Cleaning, options.HasMicrophones);
    private readonly byte[] _options = OptionsJson(options);

    // Asks ffmpeg for its version: once, and not before somebody wants to know.
    private readonly Lazy<byte[]> _version = new(() => VersionJson(options.Decoders));

    /// <summary><c>GET /healthz</c>: 503 as long as a worker is stuck, for whoever starts servers anew.</summary>
    public Task Health(HttpContext context)
    {
        int stuck = pool.Figures.Stuck;
        return stuck == 0
            ? Tell(context, 200, "ok")
            : Tell(context, 503, $"{stuck} stuck: work that was told to stop has not come back");
    }

    /// <summary><c>GET /readyz</c>: 503 where the next request would be refused.</summary>
    public Task Readiness(HttpContext context)
    {
        PoolFigures now = pool.Figures;
        string? obstacle = pool.IsClosed ? "draining"
            : now.Taken >= now.Places ? "no place is free"
            : SpaceObstacle(options);
        return Tell(context, obstacle is null ? 200 : 503, obstacle ?? "ready");
    }

    /// <summary><c>GET /metrics</c>, for Prometheus.</summary>
    public Task Metrics(HttpContext context) =>
        Answer.SendAsync(context, 200, ServeMetrics.ContentType, Encoding.UTF8.GetBytes(metrics.ToText()));

    /// <summary><c>GET /v1/options</c>: what may be asked for, what holds if nothing is, and the limits.</summary>
    public Task Options(HttpContext context) => Answer.SendAsync(context, 200, JsonType, _options);

    /// <summary><c>GET /v1/version</c>: the program and its decoders.</summary>
    public Task Version(HttpContext context) => Answer.SendAsync(context, 200, JsonType, _version.Value);

    /// <summary><c>GET /openapi.json</c>: all of this for programs.</summary>
    public Task OpenApi(HttpContext context) => Answer.SendAsync(context, 200, JsonType, _openApi);

    /// <summary><c>GET /favicon.ico</c>: nothing, so that no browser's console shows an error.</summary>
    public static Task Favicon(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>
    /// Whether what clients send has space: every place and every microphone may hold the largest recording.
    /// </summary>
    /// <returns>Why not; null if it has.</returns>
    internal static string? SpaceObstacle(ServeOptions options)
    {
        int places = options.Pool.Workers + options.Pool.Queue;
        int microphones = options.HasMicrophones ? options.MicrophoneLimit : 0;
        long wanted = (places + microphones) * options.MaxUpload;
        long free = new DriveInfo(Path.GetTempPath()).AvailableFreeSpace;
        return free >= wanted ? null : FormattableString.Invariant(
            $"temporary space is short: {free / 1_000_000:N0} MB are free, and {places} places ")
                + FormattableString.Invariant(
                    $"and {microphones} microphones of {options.MaxUpload / 1_000_000.0:0.###} MB may need ")
                + FormattableString.Invariant($"{wanted / 1_000_000:N0} MB; lower --max-upload, --queue or ")
                + "--mic-limit, or name another folder with --temp";
    }

    private static Task Tell(HttpContext context, int status, string text) =>
        Answer.SendAsync(context, status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text + "\n"));

    private static byte[] OptionsJson(ServeOptions options)
    {
        CleaningOptions defaults = Redaction.Of(options.Cleaning);
        OptionTable<CleaningOptions> table = OptionTable.CleaningOver(defaults);
        return JsonBytes.OfObject(json =>
        {
            WriteRows("clean", OptionScope.Clean);
            WriteRows("inspect", OptionScope.Inspect);
            json.WritePropertyName("defaults");
            json.WriteRawValue(ReportJson.ToLine(defaults));
            json.WriteStartObject("limits");
            json.WriteNumber("max_upload_bytes", options.MaxUpload);
            json.WriteNumber("max_duration_s", options.Cleaning.Limits.MaxDuration.TotalSeconds);
            json.WriteNumber("timeout_s", options.Pool.WorkTimeout.TotalSeconds);
            json.WriteNumber("queue_timeout_s", options.Pool.QueueTimeout.TotalSeconds);
            json.WriteNumber("workers", options.Pool.Workers);
            json.WriteNumber("places", options.Pool.Workers + options.Pool.Queue);
            json.WriteEndObject();

            void WriteRows(string name, OptionScope scope)
            {
                json.WritePropertyName(name);
                json.WriteRawValue(OptionLists.ToForm(table.Rows.Where(r => IsForClients(r, scope))));
            }
        });
    }

    /// <summary>Whether a client can say anything with a row.</summary>
    internal static bool IsForClients(OptionRow row, OptionScope scope) =>
        (row.Scope & scope) != OptionScope.None && row.Kind != OptionKind.Path;

    private static byte[] VersionJson(AudioDecoders? decoders) => JsonBytes.OfObject(json =>
    {
        json.WriteString("version", ClipReportBuilder.ToolVersion);
        json.WriteStartArray("decoders");
        foreach (DecoderStatus decoder in DecoderInventory.Examine(decoders))
        {
            json.WriteStartObject();
            json.WriteString("name", decoder.Name);
            json.WriteBoolean("present", decoder.IsPresent);
            json.WriteString("version", decoder.Version);
            json.WriteStartArray("formats");
            decoder.Formats.ToList().ForEach(json.WriteStringValue);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
