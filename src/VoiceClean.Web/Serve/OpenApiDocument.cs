using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Files;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Serve;

/// <summary>
/// The description of a server in OpenAPI 3.1: what is written by hand (<c>OpenApi.json</c>), with the options from the
/// table of options and the answers from the list of reasons.
/// </summary>
internal static class OpenApiDocument
{
    private const string Resource = "VoiceClean.Web.Serve.OpenApi.json";

    /// <summary>Makes it.</summary>
    /// <param name="defaults">What holds for a request that says nothing.</param>
    /// <param name="hasMicrophones">Whether there is a page that checks microphones.</param>
    /// <returns>JSON, UTF-8.</returns>
    public static byte[] Make(CleaningOptions defaults, bool hasMicrophones)
    {
        byte[] resource = PackedResource.Read(typeof(OpenApiDocument).Assembly, Resource);
        JsonObject document = JsonNode.Parse(resource)!.AsObject();
        document["info"]!["version"] = ClipReportBuilder.ToolVersion;
        OptionTable<CleaningOptions> table = OptionTable.CleaningOver(Redaction.Of(defaults));
        foreach ((string path, OptionScope scope) in
            new[] { ("/v1/clean", OptionScope.Clean), ("/v1/inspect", OptionScope.Inspect) })
        {
            JsonObject operation = document["paths"]![path]!["post"]!.AsObject();
            operation["parameters"] = Parameters(table, scope);
            AddProblems(operation["responses"]!.AsObject());
        }

        if (!hasMicrophones)
        {
            JsonObject paths = document["paths"]!.AsObject();
            paths.Select(p => p.Key).Where(MicrophoneEndpoints.IsPath).ToList().ForEach(p => paths.Remove(p));
            document["components"]!["securitySchemes"]!.AsObject().Remove("ticket");
        }

        // Other paths refuse too, for fewer reasons.
        IEnumerable<JsonObject> answers = document["paths"]!.AsObject()
            .SelectMany(p => p.Value!.AsObject().Select(o => o.Value!["responses"]!.AsObject()));
        foreach (JsonObject other in answers.Where(a => !a.ContainsKey("500")))
        {
            other["default"] = new JsonObject { ["$ref"] = "#/components/responses/Problem" };
        }

        foreach (JsonNode? reason in ReasonStatus.All.Select(r => JsonValue.Create(r.Reason)))
        {
            document["components"]!["schemas"]!["Problem"]!["properties"]!["reason"]!["enum"]!.AsArray().Add(reason);
        }

        return JsonBytes.Of(document, isIndented: true);
    }

    private static JsonArray Parameters(OptionTable<CleaningOptions> table, OptionScope scope)
    {
        var parameters = new JsonArray();
        foreach ((string name, _, string sentence) in RequestQuery.Own.Where(o => (o.Scope & scope) != 0))
        {
            parameters.Add((JsonNode)Parameter(name, sentence, new JsonObject { ["type"] = "string" }));
        }

        foreach (OptionRow row in table.Rows.Where(r => StateEndpoints.IsForClients(r, scope)))
        {
            var schema = new JsonObject { ["type"] = "string" };
            if (row.Kind == OptionKind.Choice)
            {
                schema["enum"] = new JsonArray([.. row.Words.Select(w => JsonValue.Create(w))]);
            }

            if (row.Default.Length > 0)
            {
                schema["default"] = row.Default;
            }

            string range = row.Range.Length > 0 ? $" Range {row.Range}." : "";
            parameters.Add((JsonNode)Parameter(row.Name, row.Sentence + range, schema));
        }

        return parameters;
    }

    private static JsonObject Parameter(string name, string sentence, JsonObject schema) => new()
    {
        ["name"] = name,
        ["in"] = "query",
        ["description"] = sentence,
        ["schema"] = schema,
    };

    // Every status that a reason has, with the reasons behind it. 499 is only in the log.
    private static void AddProblems(JsonObject responses)
    {
        foreach (Group<int, ReasonStatus> answers in
            ReasonStatus.All.Where(r => r.Status != 499).GroupBy(r => r.Status).OrderBy(g => g.Key))
        {
            var description = new StringBuilder(ReasonPhrases.GetReasonPhrase(answers.Key)).Append(": ")
                .AppendJoin(", ", answers.Select(r => r.Reason));
            responses[$"{answers.Key}"] = new JsonObject
            {
                ["description"] = description.ToString(),
                ["content"] = new JsonObject
                {
                    [Problem.ContentType] = new JsonObject
                    {
                        ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" },
                    },
                },
            };
        }
    }
}
