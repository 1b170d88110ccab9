using VoiceClean.Errors;
using VoiceClean.Web.Http;
using VoiceClean.Web.Microphone;
using VoiceClean.Web.Pool;

namespace VoiceClean.Web.Serve;

/// <summary>How a server ended.</summary>
internal enum DrainEnd
{
    /// <summary>Everything that was under way was answered.</summary>
    Clean,

    /// <summary>Some of it took too long and was cancelled.</summary>
    Cut,
}

/// <summary>Cleans for others over HTTP. One object a server.</summary>
internal sealed class CleaningServer : IAsyncDisposable
{
    private readonly ServeOptions _options;
    private readonly CleaningPool _pool;
    private readonly WebHost _host;
    private readonly ServeMetrics _metrics;
    private readonly MicrophoneEndpoints? _microphones;

    /// <summary>Prepares it; does not listen yet.</summary>
    /// <param name="options">What it is to be.</param>
    /// <exception cref="VoiceCleanException">Anybody could use it (kind Usage).</exception>
    public CleaningServer(ServeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.CheckAccess();
        _options = options;
        _pool = new CleaningPool(options.Pool);
        _metrics = new ServeMetrics(_pool);
        Listening = options.MetricsListen is { } other ? [options.Listen, other] : [options.Listen];
        _host = new WebHost(Listening, options.Rate, new RequestFrame(options, _metrics).Run);
        Map();
        _microphones = options.HasMicrophones ? new MicrophoneEndpoints(options, _pool) : null;
        MapMicrophones();
    }

    /// <summary>Where it is to listen.</summary>
    public IReadOnlyList<ListenAddress> Listening { get; }

    /// <summary>Why it will never say that it is ready, unless somebody makes room; null if there is room.</summary>
    public string? SpaceWarning => StateEndpoints.SpaceObstacle(_options);

    /// <summary>The workers.</summary>
    internal CleaningPool Pool => _pool;

    /// <summary>The microphones; null if there are none.</summary>
    internal MicrophoneDesk? Microphones => _microphones?.Desk;

    /// <summary>The routes: method and path.</summary>
    internal IReadOnlyList<Route> Routes => _host.Routes;

    /// <summary>Begins to listen.</summary>
    /// <returns>Where it listens, with the ports that were chosen.</returns>
    /// <exception cref="VoiceCleanException">It cannot (kind Temporary).</exception>
    public Task<IReadOnlyList<string>> StartAsync() => _host.StartAsync();

    /// <summary>
    /// Ends it: nothing new is let in, and it says so; what has a place is answered; then it stops listening.
    /// </summary>
    /// <param name="patience">How long that may take; what takes longer is cancelled and told so.</param>
    public async Task<DrainEnd> DrainAsync(TimeSpan patience)
    {
        Task empty = Task.WhenAll(_pool.CloseAsync(), _microphones?.Desk.EndAsync() ?? Task.CompletedTask);
        var end = DrainEnd.Clean;
        try
        {
            await empty.WaitAsync(patience, _options.Pool.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            end = DrainEnd.Cut;
            _pool.End();
        }

        await Task.Delay(_options.Farewell).ConfigureAwait(false);
        await _host.StopAsync().ConfigureAwait(false);
        return end;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync().ConfigureAwait(false);
        _microphones?.Dispose();
        _pool.Dispose();
    }

    private void Map()
    {
        var jobs = new JobRunner(_options, _pool);
        var state = new StateEndpoints(_options, _pool, _metrics);
        _host.Post("/v1/clean", new CleanEndpoint(_options, jobs).Handle);
        _host.Post("/v1/inspect", new InspectEndpoint(_options, jobs).Handle);
        _host.Get("/v1/options", state.Options);
        _host.Get("/v1/version", state.Version);
        _host.Get("/metrics", state.Metrics).With(new ListenerChoice(Listeners.Figures));
        var both = new ListenerChoice(Listeners.Main | Listeners.Figures);
        _host.Get("/healthz", state.Health).With(new OpenToAll(), both);
        _host.Get("/readyz", state.Readiness).With(new OpenToAll(), both);
        _host.Get("/openapi.json", state.OpenApi).With(new OpenToAll());
        _host.Get("/favicon.ico", StateEndpoints.Favicon).With(new OpenToAll());
    }

    private void MapMicrophones()
    {
        if (_microphones is null)
        {
            return;
        }

        _metrics.Microphones = _microphones.Desk;
        foreach (string path in MicrophoneEndpoints.PagePaths)
        {
            _host.Get(path, path == "/mic" ? _microphones.ShowPage : MicrophoneEndpoints.ShowPart)
                .With(new OpenToAll());
        }

        _host.Post("/v1/mic/ticket", _microphones.MakeTicket);
        _host.Socket("/v1/mic", _microphones.Check).With(new OwnAccess());
    }
}
