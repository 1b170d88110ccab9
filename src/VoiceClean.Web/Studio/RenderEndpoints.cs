using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using VoiceClean.Audio;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Studio;

/// <summary>The routes that hand out renders.</summary>
/// <param name="options">The studio.</param>
/// <param name="open">What is open.</param>
internal sealed class RenderEndpoints(StudioOptions options, OpenClips open)
{
    private const int MostNameBytes = 255;

    /// <summary><c>GET /api/renders/{render}/{before,after,residue}.f32</c></summary>
    public RequestDelegate Samples(StudioSignal signal) => context =>
    {
        StudioRender render = open.Render(RenderId(context)).Render;
        return SampleAnswer.SendAsync(context, render.Of(signal), render.Range.Length, render.Input.SampleRate);
    };

    /// <summary><c>GET /api/renders/{render}/result.wav</c></summary>
    public Task Result(HttpContext context)
    {
        _ = new StudioQuery(context.Request);
        StudioRender render = Exact(context).Render;
        using var file = new MemoryStream();
        Write(render, file);
        return Answer.SendAsync(context, StatusCodes.Status200OK, "audio/wav", file.ToArray());
    }

    /// <summary><c>POST /api/renders/{render}/save</c></summary>
    public async Task Save(HttpContext context)
    {
        _ = new StudioQuery(context.Request);
        string folder = options.Output
            ?? throw new RefusalException(
                HttpReasons.ReadOnly,
                "The studio was started without -o DIR, so it writes nothing.");
        (StudioClip clip, StudioRender render) = Exact(context);
        using var body = await StudioBody.ReadAsync(context.Request, "name").ConfigureAwait(false);
        string path = Path.Combine(Path.GetFullPath(folder), CheckedName(body.Text("name")));
        await Task.Run(() =>
        {
            Make(folder);
            OutputPlace.Check(clip.File.Path, path, overwrite: false);
            AtomicFile.Write(path, overwrite: false, stream => Write(render, stream));
        }).ConfigureAwait(false);
        await StudioJson.SendAsync(
            context,
            StatusCodes.Status201Created,
            new JsonObject { ["name"] = Path.GetFileName(path), ["path"] = path }).ConfigureAwait(false);
    }

    internal static string RenderId(HttpContext context) => (string)context.Request.RouteValues["render"]!;

    /// <summary>A name for a file in a folder, and nowhere else.</summary>
    /// <exception cref="RefusalException">It is none.</exception>
    internal static string CheckedName(string name)
    {
        bool isName = name.Length > 0
            && System.Text.Encoding.UTF8.GetByteCount(name) <= MostNameBytes
            && name[0] is not '.'
            && !name.Any(c => char.IsControl(c) || c is '/' or '\\' or ':')
            && !name.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar)     // half a pair
            && name.IndexOfAny(Path.GetInvalidFileNameChars()) < 0
            && name.EndsWith(".wav", StringComparison.OrdinalIgnoreCase);
        return isName
            ? name
            : throw new RefusalException(
                ReasonCodes.BadOptions,
                "name must be the name of a file without folders that ends in .wav and does not begin with a dot.");
    }

    private static void Make(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, folder);
        }
    }

    private static void Write(StudioRender render, Stream stream)
    {
        using AudioClip clip = render.Whole!.Result.Fork();
        ResultWriter.Write(stream, clip, render.Options.Output.Encoding, "");
    }

    private (StudioClip Clip, StudioRender Render) Exact(HttpContext context)
    {
        (StudioClip clip, StudioRender render) = open.Render(RenderId(context));
        clip.CheckUnchanged();
        return render.IsExact
            ? (clip, render)
            : throw new RefusalException(
                HttpReasons.NotExact,
                render.Whole is null
                    ? "This is the preview of a stretch; render the whole recording first."
                    : "Only a stretch of the recording is open; the command cleans all of it.");
    }
}
