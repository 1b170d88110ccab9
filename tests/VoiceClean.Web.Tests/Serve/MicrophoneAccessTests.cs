using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using VoiceClean.Errors;
using VoiceClean.Testing.Tools;
using VoiceClean.Web.Serve;
using VoiceClean.Web.Tests.Microphone;
using Xunit;

namespace VoiceClean.Web.Tests.Serve;

public class MicrophoneAccessTests
{
    private const string Anna = "anna-0123456789abcdef", Ben = "ben-0123456789abcdef";

    private static readonly BearerTokens Tokens = BearerTokens.Parse($"anna {Anna}\nben {Ben}", "f");

    [Fact]
    public async Task A_page_comes_in_with_a_ticket_and_with_nothing_else()
    {
        await using TestServer server = await Start();
        string ticket = await Ticket(server, Anna);
        Assert.Equal(101, await TestMicrophone.StatusOf(server, ticket: ticket));
        Assert.Equal(401, await TestMicrophone.StatusOf(server));
        Assert.Equal(401, await TestMicrophone.StatusOf(server, ticket: ""));
        Assert.Equal(401, await TestMicrophone.StatusOf(server, ticket: Anna));
        Assert.Equal(401, await TestMicrophone.StatusOf(server, ticket: ticket[..^1]));
        Assert.Equal(401, await TestMicrophone.StatusOf(server, ticket: "9" + ticket));
        Assert.Equal(401, await TestMicrophone.StatusOf(server, ticket: "9999999999.AAAA.AAAA"));
        Assert.Equal(401, await TestMicrophone.StatusOf(server, ticket: new string('a', 5000)));
        Assert.Equal(401, await TestMicrophone.StatusOf(server, "rate=44100&channels=1&token=" + ticket));
    }

    [Fact]
    public async Task A_ticket_opens_nothing_but_a_microphone()
    {
        await using TestServer server = await Start();
        string ticket = await Ticket(server, Anna);
        foreach (string path in new[] { "v1/options", "metrics" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ticket);
            request.Headers.Add("X-VoiceClean-Token", ticket);
            using HttpResponseMessage answer = await server.Client.SendAsync(request);
            Assert.Equal(401, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_program_sends_its_token_as_for_everything_else()
    {
        await using TestServer server = await Start();
        Assert.Equal(101, await TestMicrophone.StatusOf(server, headers: ("Authorization", "Bearer " + Anna)));
        Assert.Equal(401, await TestMicrophone.StatusOf(server, headers: ("Authorization", "Bearer " + Anna[1..])));
    }

    [Fact]
    public async Task A_ticket_is_for_one_microphone_and_a_token_for_its_share()
    {
        await using TestServer server = await Start(o => o with { MicrophonesPerToken = 2 });
        string first = await Ticket(server, Anna);
        await using TestMicrophone one = await TestMicrophone.Open(server, ticket: first);
        Assert.Equal(429, await TestMicrophone.StatusOf(server, ticket: first));
        await using TestMicrophone two = await TestMicrophone.Open(server, ticket: await Ticket(server, Anna));
        Assert.Equal(429, await TestMicrophone.StatusOf(server, ticket: await Ticket(server, Anna)));
        Assert.Equal(101, await TestMicrophone.StatusOf(server, ticket: await Ticket(server, Ben)));
        await one.DisposeAsync();
        Await.Until(() => server.Server.Microphones!.Taken == 1, "One is free");
        Assert.Equal(101, await TestMicrophone.StatusOf(server, ticket: first));
    }

    [Fact]
    public void A_ticket_holds_for_its_time_and_on_every_server_with_the_same_tokens()
    {
        var time = new SetTime();
        var here = new MicrophoneTickets(Tokens, time);
        var there = new MicrophoneTickets(BearerTokens.Parse($"ben {Ben}\nanna {Anna}", "g"), time);
        var elsewhere = new MicrophoneTickets(BearerTokens.Parse($"anna {Anna}x", "h"), time);
        string ticket = here.Make("anna");
        Assert.Equal("anna", here.Read(ticket)!.Name);
        Assert.Equal("anna", there.Read(ticket)!.Name);
        Assert.Null(elsewhere.Read(ticket));
        Assert.NotEqual(ticket, here.Make("anna"));
        time.Now += MicrophoneTickets.Life;
        Assert.Null(here.Read(ticket));
    }

    [Theory]
    [InlineData("http://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("https://shop.example.evil.example", 403)]
    [InlineData("https://shop.example", 101)]
    [InlineData(null, 101)]
    public async Task Pages_of_other_sites_come_in_only_where_they_are_named(string? origin, int status)
    {
        foreach (bool hasTokens in new[] { true, false })
        {
            await using TestServer server = await Start(o => o with
            {
                MicrophoneOrigins = ["https://shop.example"],
                Tokens = hasTokens ? o.Tokens : null,
            });
            string? ticket = hasTokens ? await Ticket(server, Anna) : null;
            (string, string)[] headers = origin is null ? [] : [("Origin", origin)];
            Assert.Equal(status, await TestMicrophone.StatusOf(server, ticket: ticket, headers: headers));
        }
    }

    [Fact]
    public async Task Its_own_page_comes_in_behind_a_proxy_too()
    {
        await using TestServer server = await Start(o => o with { Tokens = null, NoAuth = true });
        Assert.Equal(101, await TestMicrophone.StatusOf(server, headers: [("Origin", Own(server))]));
        Assert.Equal(403, await TestMicrophone.StatusOf(server, headers: [("Origin", "https://other.example")]));
    }

    [Fact]
    public async Task Whoever_names_another_host_is_refused_where_nobody_is_asked_for_a_token()
    {
        await using TestServer server = await Start(o => o with { Tokens = null });
        Assert.Equal(101, await TestMicrophone.StatusOf(server, headers: [("Origin", Own(server))]));
        Assert.Equal(421, await TestMicrophone.StatusOf(server, headers: [("Host", "evil.example")]));
    }

    [Fact]
    public async Task The_page_is_shown_in_a_frame_only_by_the_sites_that_are_named()
    {
        await using TestServer closed = await Start();
        using HttpResponseMessage alone = await closed.Client.GetAsync(new Uri("mic", UriKind.Relative));
        Assert.Contains("frame-ancestors 'none'", Policy(alone), StringComparison.Ordinal);
        Assert.Contains("data-socket=\"v1/mic\"", await alone.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await using TestServer open = await Start(o => o with
        {
            MicrophoneOrigins = ["https://a.example", "https://b.example:8443"],
        });
        using HttpResponseMessage framed = await open.Client.GetAsync(new Uri("mic", UriKind.Relative));
        Assert.EndsWith("frame-ancestors https://a.example https://b.example:8443", Policy(framed));
    }

    [Fact]
    public async Task The_page_has_its_parts_and_no_part_of_the_studio()
    {
        await using TestServer server = await Start();
        foreach (string path in new[] { "js/mic.js", "js/i18n.js", "i18n/mic.zh-CN.json", "mic.css", "palette.css" })
        {
            Assert.Equal(200, (int)(await server.Get(path)).Status);
        }

        foreach (string path in new[] { "js/api.js", "js/mic.js.map", "js/..%2findex.html", "i18n/en.json" })
        {
            Assert.Equal(404, (int)(await server.Get(path)).Status);
        }
    }

    [Fact]
    public async Task Without_microphones_there_is_no_trace_of_them()
    {
        await using TestServer server = await Start(o => o with { Tokens = null, HasMicrophones = false });
        foreach (string path in new[] { "mic", "v1/mic?rate=48000&channels=1", "js/mic.js", "palette.css" })
        {
            Assert.Equal(404, (int)(await server.Get(path)).Status);
        }

        Assert.DoesNotContain("/mic", (await server.Get("openapi.json")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_mean_nothing_are_refused()
    {
        var failure = Assert.Throws<VoiceCleanException>(new ServeOptions { MicrophonesPerToken = 1 }.CheckAccess);
        Assert.Contains("--mic-per-token", failure.Message, StringComparison.Ordinal);
        failure = Assert.Throws<VoiceCleanException>(
            new ServeOptions { HasMicrophones = false, MicrophoneOrigins = ["https://a.example"] }.CheckAccess);
        Assert.Contains("--mic-origin", failure.Message, StringComparison.Ordinal);
    }

    private static Task<TestServer> Start(Func<ServeOptions, ServeOptions>? change = null) =>
        TestServer.StartAsync(o =>
        {
            ServeOptions guarded = o with { Tokens = Tokens };
            return change?.Invoke(guarded) ?? guarded;
        });

    private static string Own(TestServer server) => $"http://{server.Address.Authority}";

    private static string Policy(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Content-Security-Policy").Single();

    private static async Task<string> Ticket(TestServer server, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/mic/ticket");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage answer = await server.Client.SendAsync(request);
        JsonNode json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal("mic#token=" + (string?)json["ticket"], (string?)json["page"]);
        return (string)json["ticket"]!;
    }

    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddYears(50);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
