using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Serve;

/// <summary>What is found out about a request on its way; of one request.</summary>
internal sealed class RequestState
{
    /// <summary>Whether the body was read to its end.</summary>
    public bool IsBodyRead { get; set; }

    /// <summary>Whose token it is.</summary>
    public string? Token { get; set; }

    /// <summary>Bytes of the recording.</summary>
    public long UploadBytes { get; set; }

    /// <summary>What was found and done.</summary>
    public ClipReport? Report { get; set; }

    /// <summary>Whether the client was told how it ended over the connection itself, and not by an answer.</summary>
    public bool IsTold { get; set; }

    /// <summary>What it was told then; null = a result.</summary>
    public Problem? Told { get; set; }
}

/// <summary>
/// What stands around every request: who may ask, failures that become problems, and the record of what became of it.
/// </summary>
/// <param name="options">The server.</param>
/// <param name="metrics">What is counted.</param>
internal sealed class RequestFrame(ServeOptions options, ServeMetrics metrics)
{
    /// <summary>Handles one request.</summary>
    /// <param name="context">The request, after it was routed.</param>
    /// <param name="next">Its handler.</param>
    public async Task Run(HttpContext context, RequestDelegate next)
    {
        long start = Stopwatch.GetTimestamp();
        var state = new RequestState();
        context.Features.Set(state);
        Problem? problem = null;
        Exception? cause = null;
        try
        {
            CheckListener(context);
            Authorize(context, state);
            await next(context).ConfigureAwait(false);
            problem = Outcome.Unanswered(context, "GET /openapi.json says what there is.");
        }
#pragma warning disable CA1031 // The one place where whatever happened to a request becomes its answer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            (problem, cause) = (ProblemOf(e, context.RequestAborted), e);
        }

        problem = await Outcome.TryAnswer(context, problem, state.IsBodyRead).ConfigureAwait(false);
        Note(context, state, start, state.IsTold ? state.Told : problem, cause);
    }

    // Figures have an address of their own if one was named, and that address has nothing else.
    private void CheckListener(HttpContext context)
    {
        bool isOfFigures = context.Features.Get<ListenerNumber>()?.Value == 1;
        var match = RouteMatch.Of(context);
        Listeners on = match.Route?.Mark<ListenerChoice>()?.On ?? Listeners.Main;
        if (options.MetricsListen is not null
            && match.HasPath
            && !on.HasFlag(isOfFigures ? Listeners.Figures : Listeners.Main))
        {
            throw new RefusalException(HttpReasons.NoRoute, "This is served at another address of this server.");
        }
    }

    private void Authorize(HttpContext context, RequestState state)
    {
        Route? route = RouteMatch.Of(context).Route;
        bool isOpen = route?.Mark<OpenToAll>() is not null || route?.Mark<OwnAccess>() is not null;
        if (options.Tokens is { } tokens)
        {
            state.Token = tokens.NameOf(context.Request.Headers.Authorization);
            if (state.Token is null && !isOpen)
            {
                throw new RefusalException(
                    HttpReasons.Unauthorized,
                    "A token is needed: send 'Authorization: Bearer TOKEN' with one that this server knows.");
            }
        }
        else if (!options.NoAuth && !isOpen && context.Connection.LocalIpAddress is not null)
        {
            LoopbackGuard.Check(
                context.Request,
                LoopbackGuard.NamesOf(context.Connection.LocalPort),
                "Behind a proxy start it with --no-auth or --token-file.");
        }
    }

    private static Problem ProblemOf(Exception exception, CancellationToken gone) => exception switch
    {
        RefusalException refusal => refusal.Problem,
        _ when gone.IsCancellationRequested => Problem.Of(HttpReasons.ClientGone, "The client went away."),
        VoiceCleanException failure => Redaction.Of(Problem.Of(failure)),
        OperationCanceledException => Problem.Of(ReasonCodes.Cancelled, "The server ends; try another one."),
        _ => Redaction.Bug(),
    };

    private void Note(HttpContext context, RequestState state, long start, Problem? problem, Exception? cause)
    {
        var record = new RequestRecord
        {
            Method = context.Request.Method is "GET" or "HEAD" or "POST" or "PUT" or "OPTIONS" or "DELETE"
                ? context.Request.Method
                : "-",
            Endpoint = RouteMatch.Of(context).Route?.Path ?? "-",
            Status = problem?.Answer.Status ?? context.Response.StatusCode,
            Reason = problem?.Answer.Reason ?? "",
            Time = Stopwatch.GetElapsedTime(start),
            Token = state.Token,
            UploadBytes = state.UploadBytes,
            Report = state.Report,
            Incident = problem?.Incident,
            Exception = cause is null or RefusalException or OperationCanceledException
                ? state.Report?.Reason == ReasonCodes.InternalError ? state.Report.Exception : null
                : cause,
        };
        metrics.Add(record);
        options.Observer?.Invoke(record);
    }
}

/// <summary>The addresses of a server.</summary>
[Flags]
internal enum Listeners
{
    /// <summary>The one for recordings.</summary>
    Main = 1,

    /// <summary>The one for figures, if there is one.</summary>
    Figures = 2,
}

/// <summary>Marks a route that is not only at the main address, if there are two.</summary>
/// <param name="On">Where it is.</param>
internal sealed record ListenerChoice(Listeners On);

/// <summary>Marks a route that asks for no token.</summary>
internal sealed record OpenToAll;

/// <summary>Marks a route that asks for what it needs by itself, beside the tokens of the server.</summary>
internal sealed record OwnAccess;
