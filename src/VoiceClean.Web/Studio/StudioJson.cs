using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Studio;

/// <summary>JSON to the page.</summary>
internal static class StudioJson
{
    /// <summary>A figure; null for what is none.</summary>
    public static JsonNode? Figure(double? value, int digits = 6) =>
        value is { } v && double.IsFinite(v) ? JsonValue.Create(Math.Round(v, digits)) : null;

    /// <summary>Sends a whole answer.</summary>
    /// <param name="context">The request; its answer has not begun.</param>
    /// <param name="status">The status.</param>
    /// <param name="value">What to say.</param>
    public static Task SendAsync(HttpContext context, int status, JsonNode value) =>
        Answer.SendAsync(context, status, "application/json; charset=utf-8", JsonBytes.Of(value));
}
