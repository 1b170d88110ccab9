using System.Net;
using Microsoft.AspNetCore.Http;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Web.Http;
using VoiceClean.Web.Microphone;

namespace VoiceClean.Web.Studio;

/// <summary>
/// The studio: a page on which recordings are heard and seen before and after, served to this machine alone. One object
/// a run.
/// </summary>
/// <remarks>
/// The pages (everything below wwwroot) are open to who names this server by its address; every other route asks for
/// the token of the run. A route is open only if it says so.
/// </remarks>
internal sealed class StudioServer : IAsyncDisposable
{
    private readonly StudioOptions _options;
    private readonly StudioToken _token = new();
    private readonly StudioTongue _tongue;
    private readonly AudioDecoders _decoders;
    private readonly StudioFiles _files;
    private readonly Triage _triage;
    private readonly OpenClips _open = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly WebHost _host;
    private readonly MicrophoneDesk _microphone;
    private readonly PagePresence _pages;

    /// <summary>Prepares it; does not listen yet.</summary>
    /// <param name="options">What it is to be.</param>
    public StudioServer(StudioOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _tongue = new StudioTongue(options.Language);
        _decoders = options.Decoders ?? AudioDecoders.CreateDefault();
        _files = StudioFiles.Of(options.Source, _decoders);
        _triage = new Triage(options, _decoders, _files);
        _microphone = new MicrophoneDesk(
            new MicrophoneOptions(),
            new MicrophoneInspector(options.Cleaning, options.Decoders, MicrophoneInspector.OnThreadOfItsOwn))
        {
            Keep = KeepTake,
        };
        _pages = new PagePresence(options.IdleLimit, options.Time, _ending.Token);
        _host = new WebHost(
            [new ListenAddress(new IPEndPoint(IPAddress.Loopback, options.Port), null)],
            BodyRate.Default,
            new StudioFrame(_token, _pages, _tongue).Run);
        MapPages();
        MapApi();
    }

    /// <summary>The word by which it knows its page.</summary>
    public string Token => _token.Value;

    /// <summary>Done when its last page was closed so long ago that nobody will come back.</summary>
    public Task Abandoned => _pages.Over;

    /// <summary>What the microphone recorded.</summary>
    internal StudioTakes Takes => _files.Takes;

    /// <summary>The routes: method and path.</summary>
    internal IReadOnlyList<Route> Routes => _host.Routes;

    /// <summary>Begins to listen.</summary>
    /// <returns>Where: "http://127.0.0.1:40123".</returns>
    /// <exception cref="VoiceCleanException">It cannot (kind Temporary).</exception>
    public async Task<string> StartAsync()
    {
        IReadOnlyList<string> bound = await _host.StartAsync().ConfigureAwait(false);
        _ = _triage.RunAsync(_ending.Token);
        return bound[0];
    }

    /// <summary>Ends it: what is under way is cancelled.</summary>
    public async Task StopAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _microphone.EndAsync().ConfigureAwait(false);
        _open.Dispose();
        await _host.StopAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await _host.DisposeAsync().ConfigureAwait(false);
        _microphone.Dispose();
        _pages.Dispose();
        _files.Takes.Dispose();
        _ending.Dispose();
    }

    private string? KeepTake(MicrophoneCapture capture, ClipReport report)
    {
        StudioFile? take = _files.Takes.Add(capture);
        if (take is not null)
        {
            _triage.Note(take, report);
        }

        return take?.Id;
    }

    private void MapPages()
    {
        foreach (Asset asset in Assets.All)
        {
            Page("/" + asset.Path, asset.Handle);
        }

        Page("/", Assets.Find("index.html")!.Handle);
        if (Assets.Find("mic.html") is { } microphone)
        {
            Page("/mic", microphone.Handle);
        }

        Page("/favicon.ico", context =>
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
    }

    private void MapApi()
    {
        var clips = new ClipEndpoints(_options, _decoders, _files, _triage, _open, _tongue);
        var renders = new RenderEndpoints(_options, _open);
        var pictures = new PictureEndpoints(_options, _open);
        _host.Get("/api/session", new SessionEndpoint(_options, _triage, _tongue).Handle);
        _host.Socket("/api/alive", _pages.Handle);
        _host.Get("/api/words", WordEndpoints.Words);
        _host.Get("/api/options.json", new WordEndpoints(_options).Options);
        _host.Post("/api/clips", clips.Open);
        _host.Post("/api/clips/{clip}/renders", clips.Render);
        _host.Get("/api/clips/{clip}/input.f32", clips.Input);
        _host.Get("/api/clips/{clip}/spectrogram", pictures.ClipSpectrogram);
        _host.Get("/api/clips/{clip}/peaks", pictures.ClipPeaks);
        _host.Get("/api/renders/{render}/before.f32", renders.Samples(StudioSignal.Before));
        _host.Get("/api/renders/{render}/after.f32", renders.Samples(StudioSignal.After));
        _host.Get("/api/renders/{render}/residue.f32", renders.Samples(StudioSignal.Residue));
        _host.Get("/api/renders/{render}/result.wav", renders.Result);
        _host.Get("/api/renders/{render}/spectrogram", pictures.RenderSpectrogram);
        _host.Get("/api/renders/{render}/peaks", pictures.RenderPeaks);
        _host.Post("/api/renders/{render}/save", renders.Save);
        _host.Socket("/api/mic", async context => _ = await _microphone.RunAsync(context, null, null));
    }

    private void Page(string path, RequestDelegate handler) => _host.Get(path, handler).With(new OpenToBrowser());
}
