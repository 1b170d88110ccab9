using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;

namespace VoiceClean.Web.Serve;

/// <summary><c>POST /v1/clean</c>: a recording in, the WAV file out that the command line would write.</summary>
/// <param name="options">The server.</param>
/// <param name="jobs">Runs it.</param>
internal sealed class CleanEndpoint(ServeOptions options, JobRunner jobs)
{
    private const string WavType = "audio/wav";

    /// <summary>Handles a request.</summary>
    public async Task Handle(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var query = RequestQuery.Parse(
            context.Request.QueryString.Value ?? "",
            OptionScope.Clean,
            options.Cleaning);
        var pipeline = new CleaningPipeline(query.Cleaning, options.Stages, options.Decoders);
        bool isMixed = WantsMixed(context.Request);
        using var result = new ResultFile();
        await jobs.RunAsync(
            context,
            query,
            result,
            pipeline.Clean,
            report => isMixed
                ? SendMixed(context, Redaction.Of(report), result)
                : SendWav(context, report, result)).ConfigureAwait(false);
    }

    private static bool WantsMixed(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? accepted)
        && accepted.Any(t =>
            t.Quality != 0 && t.MediaType.Equals("multipart/mixed", StringComparison.OrdinalIgnoreCase));

    private async Task SendWav(HttpContext context, ClipReport report, ResultFile result)
    {
        HttpResponse response = context.Response;
        AddVerdict(response, report);
        response.ContentType = WavType;
        response.Headers["Repr-Digest"] = DigestOf(report);
        response.ContentLength = result.Length;
        await result.SendAsync(response.Body, options.Rate, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task SendMixed(HttpContext context, ClipReport report, ResultFile result)
    {
        string boundary = "voiceclean-" + Guid.NewGuid().ToString("N");
        byte[] head = Encoding.UTF8.GetBytes(
            $"--{boundary}\r\nContent-Type: application/json\r\n\r\n{ReportJson.ToLine(report)}\r\n"
                + $"--{boundary}\r\nContent-Type: {WavType}\r\nRepr-Digest: {DigestOf(report)}\r\n\r\n");
        byte[] tail = Encoding.UTF8.GetBytes($"\r\n--{boundary}--\r\n");
        HttpResponse response = context.Response;
        AddVerdict(response, report);
        response.ContentType = $"multipart/mixed; boundary={boundary}";
        response.ContentLength = head.Length + result.Length + tail.Length;
        await response.Body.WriteAsync(head, context.RequestAborted).ConfigureAwait(false);
        await result.SendAsync(response.Body, options.Rate, context.RequestAborted).ConfigureAwait(false);
        await response.Body.WriteAsync(tail, context.RequestAborted).ConfigureAwait(false);
    }

    private static void AddVerdict(HttpResponse response, ClipReport report)
    {
        response.Headers["VoiceClean-Status"] = report.Status.ToString().ToLowerInvariant();
        response.Headers["VoiceClean-Warnings"] = string.Join(", ", report.Warnings.Select(w => w.Code).Distinct());
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
    }

    // RFC 9530: the hash of the whole file, in base64 between colons.
    private static string DigestOf(ClipReport report) =>
        $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(report.Output!.Sha256!))}:";
}
