using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace VoiceClean.Web.Http;

/// <summary>Sends answers.</summary>
internal static class Answer
{
    // What a client that does not listen may still send after it was refused, and for how long it is read.
    private const long LingerBytes = 64L << 20;
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);

    /// <summary>Sends a whole body.</summary>
    /// <param name="context">The request; its answer has not begun.</param>
    /// <param name="status">The status.</param>
    /// <param name="type">The type of the content.</param>
    /// <param name="body">The content.</param>
    public static async Task SendAsync(HttpContext context, int status, string type, ReadOnlyMemory<byte> body)
    {
        ArgumentNullException.ThrowIfNull(context);
        HttpResponse response = context.Response;
        response.StatusCode = status;
        response.ContentType = type;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a problem.</summary>
    /// <param name="context">The request; its answer has not begun.</param>
    /// <param name="problem">What to say.</param>
    /// <param name="isBodyUnread">Whether the request has a body that nobody has read to its end.</param>
    /// <remarks>
    /// The connection ends with the answer where a body is unread. Otherwise the server would read the body to have the
    /// next request behind it, up to 5 s; and a client that waits for "100 Continue" would take what it sends next for
    /// that body, or find the connection reset. What a client that does not wait sends meanwhile is read and thrown
    /// away for a moment: to close over unread bytes resets the connection, and many clients then lose the answer.
    /// </remarks>
    public static async Task SendAsync(HttpContext context, Problem problem, bool isBodyUnread)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(problem);
        IHeaderDictionary headers = context.Response.Headers;
        if (problem.RetryAfter is { } seconds)
        {
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (problem.Answer.Status == StatusCodes.Status401Unauthorized)
        {
            headers.WWWAuthenticate = "Bearer";
        }

        if (isBodyUnread)
        {
            headers.Connection = "close";
        }

        await SendAsync(context, problem.Answer.Status, Problem.ContentType, problem.ToJson()).ConfigureAwait(false);
        await context.Response.CompleteAsync().ConfigureAwait(false);
        if (isBodyUnread && context.Request.Headers.Expect.Count == 0)
        {
            await DiscardAsync(context).ConfigureAwait(false);
        }
    }

    private static async Task DiscardAsync(HttpContext context)
    {
        using var linger = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        linger.CancelAfter(Linger);
        byte[] block = new byte[16 * 1024];
        long rest = LingerBytes;
        try
        {
            int count;
            while (rest > 0
                && (count = await context.Request.Body.ReadAsync(block, linger.Token).ConfigureAwait(false)) > 0)
            {
                rest -= count;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // the answer is sent; nothing is lost
        }
    }
}
