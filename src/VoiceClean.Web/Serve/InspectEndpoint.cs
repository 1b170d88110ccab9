using System.Text;
using Microsoft.AspNetCore.Http;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Serve;

/// <summary>
/// <c>POST /v1/inspect</c>: a recording in, the record of <c>inspect --json</c> out, whatever the verdict is.
/// </summary>
/// <param name="options">The server.</param>
/// <param name="jobs">Runs it.</param>
internal sealed class InspectEndpoint(ServeOptions options, JobRunner jobs)
{
    /// <summary>Handles a request.</summary>
    public async Task Handle(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var query = RequestQuery.Parse(
            context.Request.QueryString.Value ?? "",
            OptionScope.Inspect,
            options.Cleaning);
        var pipeline = new InspectionPipeline(query.Cleaning, query.IsGate, options.Decoders);
        await jobs.RunAsync(
            context,
            query,
            result: null,
            pipeline.Inspect,
            report => Answer.SendAsync(
                context,
                StatusCodes.Status200OK,
                "application/json",
                Encoding.UTF8.GetBytes(ReportJson.ToLine(Redaction.Of(report))))).ConfigureAwait(false);
    }
}
