using System.Text.Json.Nodes;
using VoiceClean.Cleaning.Options;
using VoiceClean.Web.Http;
using VoiceClean.Web.Serve;
using Xunit;

namespace VoiceClean.Web.Tests.Serve;

public class OpenApiDocumentTests
{
    private static readonly JsonObject Document =
        JsonNode.Parse(OpenApiDocument.Make(ServeOptions.DefaultCleaning, hasMicrophones: true))!.AsObject();

    [Fact]
    public async Task It_describes_every_route_and_no_other()
    {
        await using TestServer server = await TestServer.StartAsync();
        string[] served =
        [
            .. server.Server.Routes
                .SelectMany(r => r.Methods.Where(m => m != "HEAD").Select(m => $"{m} {r.Path}"))
                .Order(StringComparer.Ordinal),
        ];
        string[] described =
        [
            .. Document["paths"]!.AsObject()
                .SelectMany(p => p.Value!.AsObject().Select(m => $"{m.Key.ToUpperInvariant()} {p.Key}"))
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(served, described);
        Assert.Equal("3.1.0", (string?)Document["openapi"]);
        var told = JsonNode.Parse((await server.Get("openapi.json")).Text)!;
        Assert.True(JsonNode.DeepEquals(Document, told));
    }

    [Fact]
    public async Task Only_what_asks_for_no_token_says_so()
    {
        await using TestServer server = await TestServer.StartAsync(o => o with
        {
            Tokens = BearerTokens.Parse("anna 0123456789abcdef", "f"),
        });
        foreach ((string path, JsonNode? methods) in Document["paths"]!.AsObject())
        {
            (string method, JsonNode? operation) = Assert.Single(methods!.AsObject());
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using HttpResponseMessage answer = await server.Client.SendAsync(request);
            bool isOpen = operation!["security"] is JsonArray { Count: 0 };
            Assert.Equal(isOpen, (int)answer.StatusCode != 401);
            JsonObject answers = operation["responses"]!.AsObject();
            JsonNode? told = answers[$"{(int)answer.StatusCode}"] ?? answers["default"];
            Assert.True(told is not null, $"{method} {path} answers {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public void Words_are_those_of_the_table_and_the_statuses_those_of_the_list()
    {
        JsonNode operation = Document["paths"]!["/v1/clean"]!["post"]!;
        string[] words = [.. operation["parameters"]!.AsArray().Select(p => (string)p!["name"]!)];
        IEnumerable<string> options = OptionTable.Cleaning.Rows
            .Where(r => (r.Scope & OptionScope.Clean) != OptionScope.None && r.Kind != OptionKind.Path)
            .Select(r => r.Name);
        Assert.Equal(["id", "measure", .. options], words);
        Assert.Equal(words.Length, words.Distinct().Count());
        Assert.Equal(
            ReasonStatus.All.Select(r => $"{r.Status}").Where(s => s != "499").Append("200").Distinct().Order(),
            operation["responses"]!.AsObject().Select(r => r.Key).Order());
    }

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        string[] references = [.. References(Document).Distinct()];
        Assert.NotEmpty(references);
        Assert.All(references, r =>
        {
            JsonNode? target = Document;
            foreach (string step in r.Split('/').Skip(1))
            {
                target = target?[step];
            }

            Assert.NotNull(target);
        });
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => p.Key == "$ref" ? [(string)p.Value!] : References(p.Value)),
        JsonArray a => a.SelectMany(References),
        _ => [],
    };
}
