using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using VoiceClean.Reporting;

namespace VoiceClean.Web.Studio;

/// <summary>
/// The language in which the studio speaks to a page. Codes, names of options and figures are the same in every one;
/// what is said in sentences is said as the command line says it. Thread-safe.
/// </summary>
/// <param name="chosen">One of <see cref="StudioOptions.Languages"/>; null = what the browser wants.</param>
internal sealed class StudioTongue(string? chosen)
{
    private readonly ConcurrentDictionary<string, Sentences> _sentences = new(StringComparer.Ordinal);

    /// <summary>The language of who asks: of the list that the browser wants, the first that there is; "zh" alone is
    /// Chinese as well.</summary>
    public string Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (chosen is not null)
        {
            return chosen;
        }

        IList<StringWithQualityHeaderValue> all =
            StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var parsed) ? parsed : [];
        return all.OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.ToString())
            .Select(w =>
                StudioOptions.Languages.FirstOrDefault(l => string.Equals(l, w, StringComparison.OrdinalIgnoreCase))
                ?? StudioOptions.Languages.FirstOrDefault(l => l.Split('-')[0] == w.Split('-')[0]))
            .FirstOrDefault(l => l is not null) ?? StudioOptions.Languages[0];
    }

    /// <summary>A sentence in the language of who asks; as it is where nobody has translated it.</summary>
    public string Say(HttpRequest request, string english) =>
        _sentences.GetOrAdd(Of(request), Sentences.Of).Say(english);

    /// <summary>Puts the messages of warnings into the language of who asks.</summary>
    /// <param name="request">Who asks.</param>
    /// <param name="record">Has the warnings; they are changed in it.</param>
    public JsonObject Said(HttpRequest request, JsonObject record)
    {
        ArgumentNullException.ThrowIfNull(record);
        foreach (JsonNode? warning in record["warnings"]?.AsArray() ?? [])
        {
            if (warning?["message"] is { } message)
            {
                warning["message"] = Say(request, message.GetValue<string>());
            }
        }

        return record;
    }
}
