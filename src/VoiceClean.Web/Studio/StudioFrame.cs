using Microsoft.AspNetCore.Http;
using VoiceClean.Errors;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Studio;

/// <summary>Marks a route that asks for no token: the page itself, which has none yet.</summary>
internal sealed record OpenToBrowser;

/// <summary>
/// What stands around every request: the headers of the answer, who may ask, and failures that become problems.
/// </summary>
/// <param name="token">By which the page is known.</param>
/// <param name="pages">Is told that one is there.</param>
/// <param name="tongue">In which a page is answered.</param>
internal sealed class StudioFrame(StudioToken token, PagePresence pages, StudioTongue tongue)
{
    /// <summary>Handles one request.</summary>
    /// <param name="context">The request, after it was routed.</param>
    /// <param name="next">Its handler.</param>
    public async Task Run(HttpContext context, RequestDelegate next)
    {
        Problem? problem;
        SecurityHeaders.Add(context.Response);
        try
        {
            Check(context);
            await next(context).ConfigureAwait(false);
            problem = Outcome.Unanswered(context, "the page is at '/'.");
        }
#pragma warning disable CA1031 // The one place where whatever happened to a request becomes its answer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            problem = ProblemOf(e, context.RequestAborted);
        }

        if (problem is not null)
        {
            problem = problem with { Detail = tongue.Say(context.Request, problem.Detail) };
        }

        bool isBodyRead = context.Features.Get<BodyWasRead>() is not null;
        await Outcome.TryAnswer(context, problem, isBodyRead).ConfigureAwait(false);
    }

    private void Check(HttpContext context)
    {
        int port = context.Connection.LocalPort;
        LoopbackGuard.Check(context.Request, [$"127.0.0.1:{port}", $"localhost:{port}"], "");
        var match = RouteMatch.Of(context);
        if (match.HasPath && match.Route?.Mark<OpenToBrowser>() is null && !token.IsCarriedBy(context.Request))
        {
            throw new RefusalException(
                HttpReasons.Unauthorized,
                "The page is not of this run of the studio; open the address that 'voiceclean studio' printed.");
        }

        pages.Touch();
    }

    // The user is who started it, so what went wrong is said as it is.
    private static Problem ProblemOf(Exception exception, CancellationToken gone) => exception switch
    {
        RefusalException refusal => refusal.Problem,
        _ when gone.IsCancellationRequested => Problem.Of(HttpReasons.ClientGone, "The client went away."),
        VoiceCleanException failure => Of(Problem.Of(failure)),
        OperationCanceledException => Problem.Of(ReasonCodes.Cancelled, "The studio ends."),
        _ => Problem.Of(ReasonCodes.InternalError, $"A bug of ours; please report this: {exception}"),
    };

    // Elsewhere a client names no files, so that these would be faults of the server.
    private static Problem Of(Problem problem) => problem.Answer.Reason switch
    {
        ReasonCodes.OutputExists or ReasonCodes.InputIsOutput => With(problem, StatusCodes.Status409Conflict),
        ReasonCodes.NameTooLong or ReasonCodes.UnreadableName => With(problem, StatusCodes.Status400BadRequest),
        ReasonCodes.PermissionDenied => With(problem, StatusCodes.Status403Forbidden),
        ReasonCodes.NotFound => With(problem, StatusCodes.Status404NotFound),
        _ => problem,
    };

    private static Problem With(Problem problem, int status) =>
        problem with { Answer = problem.Answer with { Status = status } };
}
