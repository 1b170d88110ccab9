using Microsoft.AspNetCore.Http;

namespace VoiceClean.Web.Http;

/// <summary>What becomes of a request after its handler.</summary>
internal static class Outcome
{
    /// <summary>The problem of a request that no handler answered; null if one did.</summary>
    /// <param name="context">The request, after routing and handling.</param>
    /// <param name="advice">Where it says what there is; a sentence.</param>
    public static Problem? Unanswered(HttpContext context, string advice)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Response.HasStarted ? null : context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound when !RouteMatch.Of(context).HasPath => Problem.Of(
                HttpReasons.NoRoute,
                $"There is nothing at this path; {advice}"),
            StatusCodes.Status405MethodNotAllowed => Problem.Of(
                HttpReasons.WrongMethod,
                $"This path takes {context.Response.Headers.Allow}."),
            _ => null,
        };
    }

    /// <summary>Answers with a problem, if there is one and somebody to tell.</summary>
    /// <param name="context">The request.</param>
    /// <param name="problem">The problem; null if it was answered.</param>
    /// <param name="isBodyRead">Whether the body was read to its end.</param>
    /// <returns>What became of it in the end: a client may go away while it is answered.</returns>
    public static async Task<Problem?> TryAnswer(HttpContext context, Problem? problem, bool isBodyRead)
    {
        ArgumentNullException.ThrowIfNull(context);
        bool isGone = context.RequestAborted.IsCancellationRequested
            || problem?.Answer.Reason == HttpReasons.ClientGone;
        if (problem is null || context.Response.HasStarted || isGone)
        {
            if (isGone || (problem is not null && context.Response.HasStarted))
            {
                context.Abort();        // so that half an answer is not taken for a whole one
            }

            return isGone ? Problem.Of(HttpReasons.ClientGone, "The client went away.") : problem;
        }

        try
        {
            bool hasBody = context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0;
            await Answer.SendAsync(context, problem, hasBody && !isBodyRead).ConfigureAwait(false);
            return problem;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return Problem.Of(HttpReasons.ClientGone, e.Message);
        }
    }
}
