using System.Text;
using System.Text.Json.Nodes;
using VoiceClean.Web.Http;
using Xunit;

namespace VoiceClean.Web.Tests.Studio;

/// <summary>Who may ask a studio: probes as a foreign page, a foreign name or a program without the token would
/// send.</summary>
public class GuardTests
{
    private const string Session = "GET /api/session HTTP/1.1\r\n", Own = "Host: 127.0.0.1:{P}\r\n",
        Token = "X-VoiceClean-Token: {T}\r\n", Page = "GET / HTTP/1.1\r\n",
        Upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
        Alive = "GET /api/alive HTTP/1.1\r\n";

    /// <summary>Requests without their last line, and the status of the answer.</summary>
    public static TheoryData<string, int> Probes => new()
    {
        // names
        { Page + Own, 200 },
        { Page + "Host: localhost:{P}\r\n", 200 },
        { Page + "Host: evil.example:{P}\r\n", 421 },
        { Page + "Host: 127.0.0.1.evil.example:{P}\r\n", 421 },
        { Page + "Host: 127.0.0.1\r\n", 421 },
        { Page + "Host: localhost\r\n", 421 },
        { Page + "Host: localhost.:{P}\r\n", 421 },
        { Page + "Host: 127.0.0.1:{P}1\r\n", 421 },
        { Page + "Host: 127.0.0.1:1\r\n", 421 },
        { Page + "Host: 127.1:{P}\r\n", 421 },
        { Page + "Host: 0.0.0.0:{P}\r\n", 421 },
        { Page + "Host: [::1]:{P}\r\n", 421 },
        { "GET / HTTP/1.0\r\n", 421 },
        { Page, 400 },
        { Page + Own + "Host: evil.example\r\n", 400 },
        { Page + "Host: evil.example@127.0.0.1:{P}\r\n", 400 },
        { "GET http://evil.example/ HTTP/1.1\r\n" + Own, 400 },

        // tokens
        { Session + Own + Token, 200 },
        { Session + Own, 401 },
        { Session + Own + "X-VoiceClean-Token: 0123456789abcdef0123456789abcdef\r\n", 401 },
        { Session + Own + "X-VoiceClean-Token: \r\n", 401 },
        { Session + Own + "X-VoiceClean-Token: {T}0\r\n", 401 },
        { Session + Own + "X-VoiceClean-Token: {T},{T}\r\n", 401 },
        { Session + Own + Token + "X-VoiceClean-Token: x\r\n", 401 },
        { Session + Own + "Authorization: Bearer {T}\r\n", 401 },
        { Session + Own + "Cookie: token={T}\r\n", 401 },
        { Session + Own + "Sec-WebSocket-Protocol: token.{T}\r\n", 401 },
        { "GET /api/session?token={T} HTTP/1.1\r\n" + Own, 401 },
        { "GET /api/session/ HTTP/1.1\r\n" + Own, 401 },
        { "GET /api/%73ession HTTP/1.1\r\n" + Own, 401 },
        { "GET /x/../api/session HTTP/1.1\r\n" + Own, 401 },
        { "DELETE /api/session HTTP/1.1\r\n" + Own, 401 },
        { "GET /api/words HTTP/1.1\r\n" + Own, 401 },
        { "GET /api/options.json HTTP/1.1\r\n" + Own, 401 },
        { "GET /api/renders/r1/result.wav HTTP/1.1\r\n" + Own, 401 },
        { "POST /api/clips HTTP/1.1\r\n" + Own + "Content-Length: 0\r\n", 401 },

        // pages of others
        { Session + Own + Token + "Origin: http://127.0.0.1:{P}\r\n", 200 },
        { Session + Own + Token + "Sec-Fetch-Site: same-origin\r\n", 200 },
        { Page + Own + "Sec-Fetch-Site: none\r\n", 200 },
        { Session + Own + Token + "Origin: https://evil.example\r\n", 403 },
        { Session + Own + Token + "Origin: null\r\n", 403 },
        { Session + Own + Token + "Origin: https://127.0.0.1:{P}\r\n", 403 },
        { Session + Own + Token + "Origin: http://127.0.0.1:1\r\n", 403 },
        { Session + Own + Token + "Origin: http://127.0.0.1:{P}.evil.example\r\n", 403 },
        { Session + Own + Token + "Sec-Fetch-Site: cross-site\r\n", 403 },
        { Session + Own + Token + "Sec-Fetch-Site: same-site\r\n", 403 },
        { "OPTIONS /api/clips HTTP/1.1\r\n" + Own + "Origin: https://evil.example\r\n"
            + "Access-Control-Request-Method: POST\r\n", 403 },

        // paths
        { "GET /a/../../etc/passwd HTTP/1.1\r\n" + Own, 404 },
        { "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + Own, 404 },
        { "GET /js/..%2f..%2f..%2fetc%2fpasswd HTTP/1.1\r\n" + Own, 404 },
        { "GET /js/..\\..\\etc\\passwd HTTP/1.1\r\n" + Own, 404 },
        { "GET /wwwroot/index.html HTTP/1.1\r\n" + Own, 404 },
        { "GET /js/ HTTP/1.1\r\n" + Own, 404 },
        { "GET /recordings/fan.wav HTTP/1.1\r\n" + Own, 404 },

        // sockets
        { Alive + Own + Upgrade + "Sec-WebSocket-Protocol: voiceclean.alive.1, token.{T}\r\n", 101 },
        { Alive + Own + Upgrade + "Sec-WebSocket-Protocol: voiceclean.alive.1\r\n", 401 },
        { Alive + Own + Upgrade + "Sec-WebSocket-Protocol: voiceclean.alive.1, token.x\r\n", 401 },
        { Alive + Own + Upgrade + "Sec-WebSocket-Protocol: voiceclean.alive.1, token.{T}\r\n"
            + "Origin: https://evil.example\r\n", 403 },
        { "GET /api/mic HTTP/1.1\r\n" + Own + Upgrade + "Sec-WebSocket-Protocol: voiceclean.mic.1\r\n", 401 },
    };

    [Fact]
    public async Task Only_the_page_of_this_run_gets_anything_and_no_answer_allows_another_origin()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        var wrong = new List<string>();
        foreach ((string request, int status) in Probes.Select(p => p.Data))
        {
            string end = request.Contains("Upgrade", StringComparison.Ordinal) ? "\r\n" : "Connection: close\r\n\r\n";
            string head = await studio.Send(request + end);
            if (!head.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal)
                || head.Contains("Access-Control-Allow", StringComparison.OrdinalIgnoreCase))
            {
                wrong.Add($"{request.ReplaceLineEndings("|")} wanted {status}: {head.Split('\r')[0]}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(Probes.Count >= 40);
    }

    [Theory]
    [InlineData("text/plain", "{}", 415, "wrong_type")]
    [InlineData("application/x-www-form-urlencoded", "file=f1", 415, "wrong_type")]
    [InlineData("application/json", "", 400, "bad_body")]
    [InlineData("application/json", "{", 400, "bad_body")]
    [InlineData("application/json", "[]", 400, "bad_options")]
    [InlineData("application/json", "{\"file\":7}", 400, "bad_options")]
    [InlineData("application/json", "{\"file\":\"f1\",\"file\":\"f2\"}", 400, "bad_options")]
    [InlineData("application/json", "{\"file\":\"f1\",\"path\":\"/etc/passwd\"}", 400, "bad_options")]
    [InlineData("application/json", "{\"file\":\"../../etc/passwd\"}", 404, "not_open")]
    [InlineData("application/json", "{\"file\":\"fan.wav\"}", 404, "not_open")]
    [InlineData("application/json", "{\"file\":\"f1\",\"start_s\":-1}", 400, "bad_options")]
    [InlineData("application/json", "{\"file\":\"f1\",\"start_s\":1e999}", 400, "bad_options")]
    [InlineData("application/json", "{\"file\":\"f1\",\"length_s\":601}", 400, "bad_options")]
    [InlineData("application/json", "{\"file\":\"f1\",\"start_s\":5000,\"length_s\":1}", 400, "bad_options")]
    public async Task A_body_is_one_object_of_known_members(string type, string body, int status, string reason)
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        using var content = new StringContent(body, Encoding.UTF8, type);
        using HttpResponseMessage answer = await studio.Client.PostAsync(
            new Uri("/api/clips", UriKind.Relative),
            content);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, text);
        Assert.Equal(reason, (string)JsonNode.Parse(text)!["reason"]!);
    }

    [Fact]
    public async Task A_body_of_more_than_a_megabyte_is_not_read()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        string text = "{\"file\":\"" + new string('x', 1_000_000) + "\"}";
        using var content = new StringContent(text, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await studio.Client.PostAsync(
            new Uri("/api/clips", UriKind.Relative),
            content);
        Assert.Equal(413, (int)answer.StatusCode);
        using var deep = new StringContent(new string('[', 200), Encoding.UTF8, "application/json");
        using HttpResponseMessage refused = await studio.Client.PostAsync(
            new Uri("/api/clips", UriKind.Relative),
            deep);
        Assert.Equal(400, (int)refused.StatusCode);
    }

    [Fact]
    public async Task Every_answer_has_the_headers_of_the_design_be_it_a_page_a_figure_or_a_refusal()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        foreach (string path in new[] { "/", "/api/session", "/api/nothing", "/js/api.js" })
        {
            string head = await studio.Send($"GET {path} HTTP/1.1\r\n{Own}{Token}Connection: close\r\n\r\n");
            foreach (string header in new[]
            {
                "Content-Security-Policy: " + SecurityHeaders.Policy,
                "X-Content-Type-Options: nosniff",
                "Referrer-Policy: no-referrer",
                "Cross-Origin-Opener-Policy: same-origin",
                "Cross-Origin-Resource-Policy: same-origin",
                "Cache-Control: no-store",
                "Permissions-Policy: microphone=(self)",
            })
            {
                Assert.Contains(header + "\r\n", head, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Every_file_of_the_pages_is_served_with_its_type()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        Assert.NotEmpty(Assets.All);
        foreach (Asset asset in Assets.All)
        {
            var path = new Uri("/" + asset.Path, UriKind.Relative);
            using HttpResponseMessage answer = await studio.Client.GetAsync(path);
            Assert.Equal((asset.Path, 200), (asset.Path, (int)answer.StatusCode));
            Assert.Equal(asset.Type, answer.Content.Headers.ContentType!.ToString());
            Assert.Equal(asset.Content.ToArray(), await answer.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task It_listens_on_this_machine_alone_and_its_token_is_another_in_every_run()
    {
        await using TestStudio one = await TestStudio.StartAsync();
        await using TestStudio other = await TestStudio.StartAsync();
        Assert.Equal("127.0.0.1", one.Address.Host);
        Assert.Matches("^[0-9a-f]{32}$", one.Server.Token);
        Assert.NotEqual(one.Server.Token, other.Server.Token);
    }
}
