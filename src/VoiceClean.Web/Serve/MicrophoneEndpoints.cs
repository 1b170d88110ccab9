using System.Text;
using Microsoft.AspNetCore.Http;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Web.Http;
using VoiceClean.Web.Microphone;
using VoiceClean.Web.Pool;

namespace VoiceClean.Web.Serve;

/// <summary>
/// Live checks of microphones: the page, the tickets and the socket. The figures are worked out by the same workers as
/// everything else, a place for each update and none in between.
/// </summary>
/// <remarks>
/// Who may open a microphone: a WebSocket is not kept from other sites by the browser, so its Origin must be this
/// server or one that --mic-origin names. With a file of tokens a program sends its own as "Authorization: Bearer"; a
/// page offers a ticket as subprotocol, because what a page holds every visitor can read. A ticket comes to the page in
/// the fragment of its address, which is in no log, and the page takes it out of the address bar.
/// </remarks>
internal sealed class MicrophoneEndpoints : IDisposable
{
    private const string Html = "text/html; charset=utf-8";

    private readonly ServeOptions _options;
    private readonly CleaningPool _pool;
    private readonly MicrophoneTickets _tickets;
    private readonly byte[] _page;

    /// <summary>Prepares them.</summary>
    /// <param name="options">The server.</param>
    /// <param name="pool">The workers.</param>
    public MicrophoneEndpoints(ServeOptions options, CleaningPool pool)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _pool) = (options, pool);
        _tickets = new MicrophoneTickets(options.Tokens, options.Pool.Time);
        _page = Page();
        var limits = new MicrophoneOptions
        {
            Most = options.MicrophoneLimit,
            MostPerHolder = options.MicrophonesPerToken,
            MostBytes = options.MaxUpload,
            Patience = options.Pool.QueueTimeout,
            Time = options.Pool.Time,
        };
        Desk = new MicrophoneDesk(limits, new MicrophoneInspector(options.Cleaning, options.Decoders, Work))
        {
            Shown = Redaction.Of,
        };
    }

    /// <summary>The microphones.</summary>
    public MicrophoneDesk Desk { get; }

    /// <summary>Where its page is, and the paths of what the page is made of.</summary>
    public static IReadOnlyList<string> PagePaths { get; } =
        ["/mic", "/js/{file}", "/i18n/{file}", "/mic.css", "/palette.css", "/icon.svg"];

    /// <summary>Whether a route is about microphones.</summary>
    public static bool IsPath(string path) => PagePaths.Contains(path) || path is "/v1/mic" or "/v1/mic/ticket";

    /// <summary><c>GET /mic</c>: the page. It holds nothing, so everybody may have it.</summary>
    public Task ShowPage(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        SecurityHeaders.Add(context.Response);
        if (_options.MicrophoneOrigins.Count > 0)
        {
            IHeaderDictionary headers = context.Response.Headers;
            headers.ContentSecurityPolicy = SecurityHeaders.Policy.Replace(
                "frame-ancestors 'none'",
                $"frame-ancestors {string.Join(' ', _options.MicrophoneOrigins)}",
                StringComparison.Ordinal);
            headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        }

        return Answer.SendAsync(context, StatusCodes.Status200OK, Html, _page);
    }

    /// <summary>What the page is made of: <c>GET /js/{file}</c> and the like.</summary>
    public static Task ShowPart(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string path = context.Request.Path.Value!.TrimStart('/');
        Asset asset = MicrophonePage.Find(path)
            ?? throw new RefusalException(HttpReasons.NoRoute, "The page has no such part.");
        SecurityHeaders.Add(context.Response);
        return asset.Handle(context);
    }

    /// <summary><c>POST /v1/mic/ticket</c>: what a site gives to its page.</summary>
    public Task MakeTicket(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string ticket = _tickets.Make(context.Features.Get<RequestState>()!.Token);
        string json = FormattableString.Invariant(
            $"{{\"ticket\":\"{ticket}\",\"expires_s\":{MicrophoneTickets.Life.TotalSeconds},")
            + $"\"page\":\"mic#token={ticket}\"}}";
        return Answer.SendAsync(context, StatusCodes.Status200OK, "application/json", Encoding.UTF8.GetBytes(json));
    }

    /// <summary><c>GET /v1/mic</c>: the socket.</summary>
    public async Task Check(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        RequestState state = context.Features.Get<RequestState>()!;
        CheckOrigin(context);
        TicketHolder? ticket = null;
        if (_options.Tokens is not null && state.Token is null)
        {
            string? word = MicrophoneDesk.TokenOf(context) ?? context.Request.Headers["X-VoiceClean-Token"];
            ticket = _tickets.Read(word) ?? throw new RefusalException(
                HttpReasons.Unauthorized,
                "A ticket is needed: POST /v1/mic/ticket makes one for a page; it holds for half an hour.");
            state.Token = ticket.Name;
        }

        MicrophoneEnd end = await Desk.RunAsync(
            context,
            state.Token is null ? null : "token " + state.Token,
            ticket is null ? null : "ticket " + ticket.Key).ConfigureAwait(false);
        (state.UploadBytes, state.Report, state.Told) = (end.Bytes, end.Report, end.Problem);
        state.IsTold = end.Report is not null || end.Problem is not null;
    }

    public void Dispose() => Desk.Dispose();

    private void CheckOrigin(HttpContext context)
    {
        string origin = context.Request.Headers.Origin.ToString();
        if (origin.Length > 0 && _options.MicrophoneOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase))
        {
            return;
        }

        if (_options is { Tokens: null, NoAuth: false } && context.Connection.LocalIpAddress is not null)
        {
            LoopbackGuard.Check(
                context.Request,
                LoopbackGuard.NamesOf(context.Connection.LocalPort),
                "Behind a proxy start it with --no-auth or --token-file.");
            return;
        }

        // Which of the two a proxy in front speaks is not known here; the name says whose page it is.
        string host = context.Request.Headers.Host.ToString();
        bool isOwn = origin.Length == 0
            || string.Equals(origin, "https://" + host, StringComparison.OrdinalIgnoreCase)
            || string.Equals(origin, "http://" + host, StringComparison.OrdinalIgnoreCase);
        if (!isOwn)
        {
            throw new RefusalException(
                HttpReasons.WrongOrigin,
                "Pages of this site may not open a microphone here; --mic-origin names those that may.");
        }
    }

    private async Task<ClipReport?> Work(Func<int, CancellationToken, ClipReport> work, CancellationToken gone)
    {
        using PoolPlace? place = _pool.TryEnter();
        if (place is null)
        {
            return _pool.IsClosed ? throw Stopped(PoolStop.Ended) : null;
        }

        PoolResult<ClipReport> done = await place.RunAsync(turn => work(turn.Threads, turn.Stop), gone)
            .ConfigureAwait(false);
        bool isStopped = done.Value is null || done.Value.Reason == ReasonCodes.Cancelled;
        return !isStopped ? done.Value : done.Stop switch
        {
            PoolStop.QueueTimeout => null,
            PoolStop.Gone => throw new OperationCanceledException(gone),
            _ => throw Stopped(done.Stop),
        };
    }

    private static RefusalException Stopped(PoolStop stop) => stop == PoolStop.Ended
        ? new(HttpReasons.Draining, "This server ends; try another one.")
        : new(ReasonCodes.Timeout, "The figures took too long and were given up.");

    // The page of the studio, with the socket of this server.
    private static byte[] Page()
    {
        string html = Encoding.UTF8.GetString(Assets.Find("mic.html")!.Content.Span);
        const string socket = "data-socket=\"api/mic\"";
        return html.Contains(socket, StringComparison.Ordinal)
            ? Encoding.UTF8.GetBytes(html.Replace(socket, "data-socket=\"v1/mic\"", StringComparison.Ordinal))
            : throw new InvalidOperationException("mic.html names no socket.");
    }
}
