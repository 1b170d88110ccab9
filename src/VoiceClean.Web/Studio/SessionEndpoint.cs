using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using VoiceClean.Cleaning.Reports;

namespace VoiceClean.Web.Studio;

/// <summary><c>GET /api/session</c>: what there is, what holds at the start, and what may be done.</summary>
/// <param name="options">The studio.</param>
/// <param name="triage">The recordings and what is known of them.</param>
internal sealed class SessionEndpoint(StudioOptions options, Triage triage)
{
    /// <summary>Handles a request.</summary>
    public Task Handle(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return StudioJson.SendAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["version"] = ClipReportBuilder.ToolVersion,
            ["lang"] = options.Language ?? Preferred(context.Request),
            ["alive"] = true,
            ["can_write"] = options.Output is not null,
            ["files"] = new JsonArray([.. triage.Ranked.Select(f => (JsonNode)Triage.ToJson(f.File, f.Report))]),
            ["options"] = JsonNode.Parse(ReportJson.ToLine(options.Cleaning)),
            ["limits"] = new JsonObject { ["max_open_s"] = StudioClip.MostSeconds },
        });
    }

    // The language of the list that the browser wants most and the page has; "zh" alone is Chinese as well.
    private static string Preferred(HttpRequest request)
    {
        var wanted = MediaTypeless(request).OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.ToString());
        return wanted.Select(w =>
                StudioOptions.Languages.FirstOrDefault(l => string.Equals(l, w, StringComparison.OrdinalIgnoreCase))
                ?? StudioOptions.Languages.FirstOrDefault(l => l.Split('-')[0] == w.Split('-')[0]))
            .FirstOrDefault(l => l is not null) ?? StudioOptions.Languages[0];
    }

    private static IList<StringWithQualityHeaderValue> MediaTypeless(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var parsed) ? parsed : [];
}
