using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using VoiceClean.Cleaning.Reports;

namespace VoiceClean.Web.Studio;

/// <summary><c>GET /api/session</c>: what there is, what holds at the start, and what may be done.</summary>
/// <param name="options">The studio.</param>
/// <param name="triage">The recordings and what is known of them.</param>
/// <param name="tongue">The language of the page.</param>
internal sealed class SessionEndpoint(StudioOptions options, Triage triage, StudioTongue tongue)
{
    /// <summary>Handles a request.</summary>
    public Task Handle(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return StudioJson.SendAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["version"] = ClipReportBuilder.ToolVersion,
            ["lang"] = tongue.Of(context.Request),
            ["alive"] = true,
            ["can_write"] = options.Output is not null,
            ["files"] = new JsonArray([.. triage.Ranked.Select(f => (JsonNode)Triage.ToJson(f.File, f.Report))]),
            ["options"] = JsonNode.Parse(ReportJson.ToLine(options.Cleaning)),
            ["limits"] = new JsonObject { ["max_open_s"] = StudioClip.MostSeconds },
        });
    }
}
