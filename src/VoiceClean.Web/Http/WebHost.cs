using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Web.Http;

/// <summary>How fast a client must be.</summary>
/// <param name="BytesPerSecond">Least mean rate of a body, and of reading an answer [byte/s].</param>
/// <param name="Grace">How long it may be slower at the beginning; more than 1 s, which is how often it is
/// looked.</param>
internal sealed record BodyRate(double BytesPerSecond, TimeSpan Grace)
{
    /// <summary>16 KB/s after 5 s. The server's own default of 240 B/s lets 200 MB take ten days.</summary>
    public static BodyRate Default { get; } = new(16_000, TimeSpan.FromSeconds(5));
}

/// <summary>Through which of the server's addresses a request came; a feature of its connection.</summary>
/// <param name="Value">The place in the list of addresses.</param>
internal sealed record ListenerNumber(int Value);

/// <summary>
/// The web server with nothing in it that was not asked for: no configuration files, no environment, no console, no
/// signal handlers. HTTP/1.1 only; a proxy does the rest. Routes are added before it starts.
/// </summary>
internal sealed class WebHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<ListenAddress> _addresses;
    private readonly Func<HttpContext, RequestDelegate, Task> _frame;
    private readonly IServer _server;
    private readonly RouteTable _table = new();
    private readonly RequestDelegate _dispatch;

    /// <summary>Makes a server that does not listen yet.</summary>
    /// <param name="addresses">Where it will.</param>
    /// <param name="rate">How fast bodies and readers must be.</param>
    /// <param name="frame">What stands around every request, after it was routed: it calls the handler.</param>
    public WebHost(
        IReadOnlyList<ListenAddress> addresses,
        BodyRate rate,
        Func<HttpContext, RequestDelegate, Task> frame)
    {
        // A connection over whose unread body an answer was sent ends with FIN. The default is RST, and a client that
        // has not read the answer yet may then never see it.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.FinOnError", true);
        _addresses = addresses;
        _frame = frame;
        _server = BareServer.Make(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;       // counted where the body is read, see BodyFile
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(rate.BytesPerSecond, rate.Grace);
            kestrel.Limits.MinResponseDataRate = new MinDataRate(rate.BytesPerSecond, rate.Grace);
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            for (int i = 0; i < addresses.Count; i++)
            {
                Listen(kestrel, addresses[i], i);
            }
        });
        IOptions<WebSocketOptions> sockets = Options.Create(new WebSocketOptions());
        _dispatch = new WebSocketMiddleware(Dispatch, sockets, NullLoggerFactory.Instance).Invoke;
    }

    /// <summary>What is served.</summary>
    public IReadOnlyList<Route> Routes => _table.Routes;

    /// <summary>Adds a route that answers GET and HEAD.</summary>
    public Route Get(string path, RequestDelegate handler) => Map([HttpMethods.Get, HttpMethods.Head], path, handler);

    /// <summary>Adds a route that answers POST.</summary>
    public Route Post(string path, RequestDelegate handler) => Map([HttpMethods.Post], path, handler);

    /// <summary>Adds a route that becomes a WebSocket: GET without HEAD.</summary>
    public Route Socket(string path, RequestDelegate handler) => Map([HttpMethods.Get], path, handler);

    /// <summary>Begins to listen.</summary>
    /// <returns>
    /// Where it listens, with the ports that were chosen: "http://127.0.0.1:8080", "unix:/run/vc.sock".
    /// </returns>
    /// <exception cref="VoiceCleanException">It cannot listen there.</exception>
    public async Task<IReadOnlyList<string>> StartAsync()
    {
        string names = string.Join(" and ", _addresses);
        try
        {
            foreach (ListenAddress address in _addresses)
            {
                RemoveDeadSocket(address.SocketPath);
            }

            await _server.StartAsync(new Application(this), default).ConfigureAwait(false);
            ICollection<string> bound = _server.Features.Get<IServerAddressesFeature>()!.Addresses;
            return [.. bound.Select(a => a.Replace("http://unix:", "unix:", StringComparison.Ordinal))];
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException)
        {
            throw new VoiceCleanException(
                ErrorKind.Temporary,
                ReasonCodes.IoError,
                $"cannot listen on {names}: {Why(e)}",
                e);
        }
    }

    /// <summary>Stops listening; connections that are busy have 5 s.</summary>
    public async Task StopAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _server.StopAsync(patience.Token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        return ValueTask.CompletedTask;
    }

    private Route Map(string[] methods, string path, RequestDelegate handler) =>
        _table.Add(new Route(methods, path, handler));

    private static Task Dispatch(HttpContext context)
    {
        var match = RouteMatch.Of(context);
        return match.Route is { } route ? route.Handler(context) : RouteTable.Refuse(context, match);
    }

    // Whatever the server wraps it in, the socket knows.
    private static string Why(Exception e)
    {
        Exception cause = e;
        while (cause is not SocketException && cause.InnerException is { } inner)
        {
            cause = inner;
        }

        return (cause as SocketException)?.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => "it is taken. Is another server there already?",
            SocketError.AddressNotAvailable =>
                "this machine has no such address, or there is no such folder for a socket; name another.",
            SocketError.AccessDenied =>
                "it is not permitted; take a port above 1023, or a folder of your own for a socket.",
            _ => $"{SystemErrors.Say(cause)}.",
        };
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, int number)
    {
        if (address.SocketPath is { } path)
        {
            kestrel.ListenUnixSocket(path, Configure);
        }
        else
        {
            kestrel.Listen(address.EndPoint!, Configure);
        }

        void Configure(ListenOptions listening)
        {
            listening.Protocols = HttpProtocols.Http1;
            listening.Use(next => connection =>
            {
                connection.Features.Set(new ListenerNumber(number));
                return next(connection);
            });
        }
    }

    /// <summary>A server that was killed leaves the name of its socket behind, and nobody can listen there.</summary>
    private static void RemoveDeadSocket(string? path)
    {
        if (path is null || !File.Exists(path))
        {
            return;
        }

        bool isFile = true;
        try
        {
            File.OpenHandle(path).Dispose();
        }
        catch (IOException)
        {
            isFile = false;     // a socket cannot be opened like a file
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        if (isFile || CanConnect(probe, path))
        {
            throw new IOException(isFile ? $"{path} exists and is no socket" : "address already in use");
        }

        File.Delete(path);
    }

    private static bool CanConnect(Socket probe, string path)
    {
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
    }

    /// <summary>Between the server and what is served.</summary>
    private sealed class Application(WebHost host) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context)
        {
            context.Features.Set(host._table.Find(context.Request));
            return host._frame(context, host._dispatch);
        }

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
