using Microsoft.AspNetCore.Http;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Web.Http;
using VoiceClean.Web.Pool;

namespace VoiceClean.Web.Serve;

/// <summary>
/// The way of one recording through the server: let in, brought in, worked on; every way in which that can end.
/// </summary>
/// <param name="options">The server.</param>
/// <param name="pool">The workers.</param>
internal sealed class JobRunner(ServeOptions options, CleaningPool pool)
{
    private readonly Admission _admission = new(options, pool);

    /// <summary>What does the work: gets the job and what stops it.</summary>
    public delegate ClipReport Work(ClipJob job, CancellationToken stop);

    /// <summary>Runs one request to its answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="query">What it asks for.</param>
    /// <param name="result">Keeps the result; null if there is none.</param>
    /// <param name="work">The pipeline.</param>
    /// <param name="answer">Sends the answer, while the request still holds its place.</param>
    /// <exception cref="RefusalException">There is no good answer.</exception>
    public async Task RunAsync(
        HttpContext context,
        RequestQuery query,
        ResultFile? result,
        Work work,
        Func<ClipReport, Task> answer)
    {
        RequestState state = context.Features.Get<RequestState>()!;
        BodyFile.CheckHeaders(context.Request, options.MaxUpload);
        using AdmittedRequest admitted = _admission.Enter(state.Token);
        using BodyFile body = await ReadAsync(context.Request).ConfigureAwait(false);
        state.IsBodyRead = true;
        state.UploadBytes = body.Content.Length;
        ClipJob job = Job(query, body, result);
        PoolResult<ClipReport> done = await admitted.Place.RunAsync(
            turn => work(job with { Threads = turn.Threads }, turn.Stop),
            context.RequestAborted).ConfigureAwait(false);
        ClipReport? report = done.Value;
        state.Report = report;
        if (report is null || report.Reason == ReasonCodes.Cancelled)
        {
            throw Stopped(done.Stop);
        }

        if (report.Status is not (ClipStatus.Ok or ClipStatus.Unchanged))
        {
            throw new RefusalException(Redaction.Of(
                new Problem(ReasonStatus.Of(report.Reason!, report.Kind), report.Message!) { Report = report }));
        }

        await answer(report).ConfigureAwait(false);
    }

    private async Task<BodyFile> ReadAsync(HttpRequest request)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            request.HttpContext.RequestAborted,
            pool.Ending);
        return await BodyFile.ReadAsync(request, options.MaxUpload, options.Rate, stop.Token).ConfigureAwait(false);
    }

    private static ClipJob Job(RequestQuery query, BodyFile body, ResultFile? result)
    {
        string id = query.Id ?? (body.Name is { } name ? RequestQuery.CheckedId(name) : "stdin");
        return new ClipJob
        {
            Id = id,
            InputPath = id,
            OutputPath = result is null ? "" : "-",
            IsMeasured = query.IsMeasured,
            OpenInput = () => body.Content,
            Publish = write => result!.Write(write),
        };
    }

    private RefusalException Stopped(PoolStop stop) => stop switch
    {
        PoolStop.Gone => new(HttpReasons.ClientGone, "The client went away."),
        PoolStop.QueueTimeout => _admission.Busy(
            FormattableString.Invariant($"No worker came up in {pool.Options.QueueTimeout.TotalSeconds:0.###} s.")),
        PoolStop.WorkTimeout or PoolStop.Stuck => new(
            ReasonCodes.Timeout,
            FormattableString.Invariant(
                $"The work took longer than {pool.Options.WorkTimeout.TotalSeconds:0.###} s and was given up; ")
                + "send a shorter recording."),
        _ => new(ReasonCodes.Cancelled, "This server ends; try another one."),
    };
}
