using System.Text;
using Microsoft.AspNetCore.Http;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Studio;

/// <summary>The routes about options: what there are, and what holds.</summary>
/// <param name="options">The studio.</param>
internal sealed class WordEndpoints(StudioOptions options)
{
    private const string Type = "application/json; charset=utf-8";

    private static readonly OptionRow[] Rows =
        [.. OptionTable.Cleaning.Rows.Where(r => (r.Scope & OptionScope.Clean) != OptionScope.None)];

    /// <summary><c>GET /api/words</c>: the options with their ranges, units and defaults, from which a form is
    /// made.</summary>
    public static Task Words(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _ = new StudioQuery(context.Request);
        return Answer.SendAsync(
            context,
            StatusCodes.Status200OK,
            Type,
            Encoding.UTF8.GetBytes(OptionLists.ToForm(Rows)));
    }

    /// <summary><c>GET /api/options.json</c>: what the studio was started with, as <c>--config</c> reads it.</summary>
    public Task Options(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _ = new StudioQuery(context.Request);
        return Answer.SendAsync(
            context,
            StatusCodes.Status200OK,
            Type,
            Encoding.UTF8.GetBytes(ReportJson.ToLine(options.Cleaning)));
    }
}
