using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using VoiceClean.Audio;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Reporting.Pictures;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Studio;

/// <summary>The routes that open recordings and clean them.</summary>
/// <param name="options">The studio.</param>
/// <param name="decoders">The decoders to choose from.</param>
/// <param name="files">The recordings.</param>
/// <param name="triage">What is known of them.</param>
/// <param name="open">What is open.</param>
/// <param name="tongue">The language of the page.</param>
// A SemaphoreSlim whose wait handle is never asked for holds nothing.
#pragma warning disable CA1001
internal sealed class ClipEndpoints(
    StudioOptions options,
    AudioDecoders decoders,
    StudioFiles files,
    Triage triage,
    OpenClips open,
    StudioTongue tongue)
#pragma warning restore CA1001
{
    // Two tabs may open recordings; more at a time would only fill the memory.
    private readonly SemaphoreSlim _opening = new(OpenClips.MostClips);

    /// <summary><c>POST /api/clips</c></summary>
    public async Task Open(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _ = new StudioQuery(context.Request);
        using var body = await StudioBody.ReadAsync(context.Request, "file", "start_s", "length_s")
            .ConfigureAwait(false);
        var clip = new StudioClip(open.NextClip(), files.Find(body.Text("file")), StretchOf(body), options, decoders);
        ClipReport report = await InTurn(clip, context.RequestAborted).ConfigureAwait(false);
        // The recording may have changed since it was inspected, or be gone.
        if (clip.Stretch is null && report.Kind is null or ErrorKind.Input)
        {
            triage.Note(clip.File, report);
        }

        if (report.Status != ClipStatus.Ok)
        {
            clip.Dispose();
            throw StudioClip.Failed(report);
        }

        open.Add(clip);
        await StudioJson.SendAsync(context, StatusCodes.Status201Created, new JsonObject
        {
            ["clip"] = clip.Id,
            ["file"] = clip.Stretch is null ? Triage.ToJson(clip.File, report) : null,
            ["duration_s"] = (double)clip.Input.Samples.Length / clip.Input.SampleRate,
            ["sample_rate_hz"] = clip.Input.SampleRate,
            ["start_s"] = clip.Stretch?.Start ?? 0,
            ["whole_s"] = clip.WholeSeconds,
            ["inspection"] = tongue.Said(
                context.Request,
                JsonNode.Parse(ReportJson.ToLine(report))!.AsObject()),
            ["noise"] = NoiseJson(await NoiseOf(clip, context.RequestAborted).ConfigureAwait(false)),
        }).ConfigureAwait(false);
    }

    private async Task<ClipReport> InTurn(StudioClip clip, CancellationToken gone)
    {
        await _opening.WaitAsync(gone).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => clip.Open(gone), gone).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary><c>POST /api/clips/{clip}/renders</c></summary>
    public async Task Render(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _ = new StudioQuery(context.Request);
        StudioClip clip = open.Clip(ClipId(context));
        using var body = await StudioBody.ReadAsync(context.Request, "options", "window").ConfigureAwait(false);
        (double Start, double Length)? window = body.Span("window");
        if (window is { Length: > RenderJson.MostWindowSeconds or <= 0 })
        {
            throw new RefusalException(
                ReasonCodes.BadOptions,
                $"The window must take more than 0 and at most {RenderJson.MostWindowSeconds} s.");
        }

        clip.CheckUnchanged();
        CleaningOptions wanted = OptionsOf(body.Object("options"));
        StudioRender render = await clip.RenderAsync(open.NextRender(), wanted, window, context.RequestAborted)
            .ConfigureAwait(false);
        open.Add(clip, render);
        if (render.Whole is not null)
        {
            clip.GiveBack();
        }

        JsonObject answer = RenderJson.Of(clip, render);
        _ = tongue.Said(context.Request, answer["report"]!.AsObject());
        await StudioJson.SendAsync(context, StatusCodes.Status201Created, answer).ConfigureAwait(false);
    }

    /// <summary><c>GET /api/clips/{clip}/input.f32</c></summary>
    public Task Input(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ClipState input = open.Clip(ClipId(context)).Input;
        return SampleAnswer.SendAsync(
            context,
            SampleReaders.Of(input.Samples),
            input.Samples.Length,
            input.SampleRate);
    }

    /// <summary>Where the noise was learnt, and what it is; null if it was not.</summary>
    internal static JsonNode? NoiseJson(NoiseProfile? noise)
    {
        if (noise is null)
        {
            return null;
        }

        var figures = new FigureList();
        noise.Report(figures);
        var json = new JsonObject();
        foreach ((string key, JsonNode? value) in figures.Json)
        {
            json[key["noise_".Length..]] = value?.DeepClone();
        }

        return json;
    }

    internal static string ClipId(HttpContext context) => (string)context.Request.RouteValues["clip"]!;

    private static (double, double)? StretchOf(StudioBody body)
    {
        (double? start, double? length) = (body.Seconds("start_s"), body.Seconds("length_s"));
        return start is null && length is null ? null
            : length is > StudioClip.MostSeconds or 0
                ? throw new RefusalException(
                    ReasonCodes.BadOptions,
                    $"length_s must be more than 0 and at most {StudioClip.MostSeconds}.")
            : (start ?? 0, length ?? StudioClip.MostSeconds);
    }

    // What the page says is laid over what the studio was started with; only who started it may name a file.
    private CleaningOptions OptionsOf(string json)
    {
        CleaningOptions wanted = OptionFile.Parse(json, "options", options.Cleaning);
        return wanted.Noise.FilePath == options.Cleaning.Noise.FilePath
            ? wanted
            : throw new RefusalException(ReasonCodes.BadOptions, "options: no file can be named here.");
    }

    // The noise is learnt on the way of a run; a recording that is refused has none to show.
    private async Task<NoiseProfile?> NoiseOf(StudioClip clip, CancellationToken gone)
    {
        try
        {
            string id = open.NextRender();
            StudioRender render = await clip.RenderAsync(id, options.Cleaning, null, gone).ConfigureAwait(false);
            return render.Findings.TryGet<NoiseProfile>();
        }
        catch (RefusalException)
        {
            return null;
        }
    }
}
