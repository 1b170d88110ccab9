using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using VoiceClean.Testing.Tools;
using VoiceClean.Web.Serve;
using Xunit;

namespace VoiceClean.Web.Tests.Serve;

/// <summary>What a server does not do, and how it says so.</summary>
public class RefusalTests
{
    private const string Anna = "0123456789abcdef", Ben = "fedcba9876543210";

    [Theory]
    [InlineData("GET", "v1/clean", 405, "wrong_method")]
    [InlineData("PUT", "v1/clean", 405, "wrong_method")]
    [InlineData("POST", "healthz", 405, "wrong_method")]
    [InlineData("GET", "v2/clean", 404, "no_route")]
    [InlineData("POST", "v1/clean/../../etc/passwd", 404, "no_route")]
    [InlineData("POST", "v1/clean?strength=2", 400, "bad_options")]
    [InlineData("POST", "v1/clean?noise=file:/etc/passwd", 400, "bad_options")]
    [InlineData("POST", "v1/clean?stages=nonsense", 400, "bad_options")]
    public async Task What_is_asked_wrongly_is_a_problem(string method, string path, int status, string reason)
    {
        await using TestServer server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = method == "GET" ? null : new ByteArrayContent(TestServer.Fan);
        using HttpResponseMessage answer = await server.Client.SendAsync(request);
        Assert.Equal((status, reason), ((int)answer.StatusCode, await TestServer.ReasonOf(answer)));
        Assert.Equal(method != "GET", answer.Headers.ConnectionClose ?? false);
    }

    [Fact]
    public async Task What_is_no_recording_is_a_problem_and_the_connection_goes_on()
    {
        await using TestServer server = await TestServer.StartAsync();
        foreach ((byte[] body, int status, string reason) in new[]
        {
            ("not a recording"u8.ToArray(), 415, "unsupported_format"),
            (TestServer.Fan[..20], 400, "truncated"),
        })
        {
            using HttpResponseMessage answer = await server.Post("v1/clean?id=a.wav", body);
            Assert.Equal((status, reason), ((int)answer.StatusCode, await TestServer.ReasonOf(answer)));
            Assert.Null(answer.Headers.ConnectionClose);
        }
    }

    [Fact]
    public async Task An_empty_body_is_a_problem_in_either_form()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpResponseMessage empty = await server.Post("v1/clean", []);
        Assert.Equal((400, "empty_file"), ((int)empty.StatusCode, await TestServer.ReasonOf(empty)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/clean") { Content = new ByteArrayContent([]) };
        request.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage chunked = await server.Client.SendAsync(request);
        Assert.Equal((400, "empty_file"), ((int)chunked.StatusCode, await TestServer.ReasonOf(chunked)));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_before_a_byte_of_it_is_sent()
    {
        await using TestServer server = await TestServer.StartAsync(o => o with { MaxUpload = 1000 });
        using Socket client = await server.Connect();
        string answer = await Ask(
            client,
            $"POST /v1/clean HTTP/1.1\r\nHost: {server.Address.Authority}\r\nContent-Length: 1001\r\n"
                + "Expect: 100-continue\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        Assert.Contains("\"too_large\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_a_length_is_cut_off_at_the_limit()
    {
        await using TestServer server = await TestServer.StartAsync(o => o with { MaxUpload = 100_000 });
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/clean")
        {
            Content = new ByteArrayContent(TestServer.Fan),
        };
        request.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage answer = await server.Client.SendAsync(request);
        Assert.Equal((413, "too_large"), ((int)answer.StatusCode, await TestServer.ReasonOf(answer)));
        Assert.True(answer.Headers.ConnectionClose);
    }

    [Fact]
    public async Task A_recording_that_is_too_long_is_refused()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpResponseMessage answer = await server.Post("v1/clean?max-duration=1s", TestServer.Fan);
        Assert.Equal((413, "too_long"), ((int)answer.StatusCode, await TestServer.ReasonOf(answer)));
    }

    [Fact]
    public async Task A_full_house_refuses_at_once_and_says_when_to_come_again()
    {
        using var held = new HeldStage();
        await using TestServer server = await TestServer.StartAsync(o => o with { Stages = held.Catalog() });
        Task<HttpResponseMessage>[] inside =
            [.. Enumerable.Range(0, 2).Select(_ => server.Post("v1/clean?stages=held", TestServer.Fan))];
        server.AwaitFigures(f => (f.Running, f.Waiting) == (1, 1), "one is worked on and one waits");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "no place is free\n"), await server.Get("readyz"));
        using HttpResponseMessage refused = await server.Post("v1/clean", TestServer.Fan);
        Assert.Equal((503, "busy"), ((int)refused.StatusCode, await TestServer.ReasonOf(refused)));
        Assert.True(refused.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        Assert.True(refused.Headers.ConnectionClose);
        Assert.Equal(HttpStatusCode.OK, (await server.Get("healthz")).Status);
        held.LetGo(2);
        foreach (HttpResponseMessage answer in await Task.WhenAll(inside))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            answer.Dispose();
        }
    }

    [Fact]
    public async Task Without_a_known_token_only_health_and_the_description_are_told()
    {
        await using TestServer server = await TestServer.StartAsync(o => o with
        {
            Tokens = BearerTokens.Parse($"anna {Anna}\nben {Ben}", "f"),
            MaxPerToken = 1,
        });
        foreach (string path in new[] { "v1/options", "v1/version", "metrics" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.Get(path)).Status);
        }

        foreach (string path in new[] { "healthz", "readyz", "openapi.json" })
        {
            Assert.Equal(HttpStatusCode.OK, (await server.Get(path)).Status);
        }

        using HttpResponseMessage refused = await server.Post("v1/clean", TestServer.Fan);
        Assert.Equal("unauthorized", await TestServer.ReasonOf(refused));
        Assert.Equal("Bearer", refused.Headers.WwwAuthenticate.ToString());
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Ben);
        using HttpResponseMessage known = await server.Post("v1/clean", TestServer.Fan);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        // The log is written behind the answer, so it can come after it.
        Await.Until(() => server.Records.Any(r => r.Token == "ben"), "it stands in the log with its name");
    }

    [Fact]
    public async Task One_token_cannot_take_all_places()
    {
        using var held = new HeldStage();
        await using TestServer server = await TestServer.StartAsync(o => o with
        {
            Tokens = BearerTokens.Parse($"anna {Anna}\nben {Ben}", "f"),
            MaxPerToken = 1,
            Stages = held.Catalog(),
        });
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Anna);
        Task<HttpResponseMessage> first = server.Post("v1/clean?stages=held", TestServer.Fan);
        held.AwaitEntered(1);
        using HttpResponseMessage second = await server.Post("v1/clean", TestServer.Fan);
        Assert.Equal((429, "token_limit"), ((int)second.StatusCode, await TestServer.ReasonOf(second)));
        Assert.NotNull(second.Headers.RetryAfter);
        held.LetGo();
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        using HttpResponseMessage third = await server.Post("v1/clean", TestServer.Fan);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Theory]
    [InlineData("Host", "evil.example:{0}", 421)]
    [InlineData("Host", "127.0.0.1.evil.example:{0}", 421)]
    [InlineData("Host", "127.0.0.1", 421)]
    [InlineData("Origin", "http://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Host", "localhost:{0}", 200)]
    public async Task Pages_of_others_may_not_use_a_server_that_asks_for_no_token(
        string header,
        string value,
        int status)
    {
        await using TestServer server = await TestServer.StartAsync();
        string said = value.Replace("{0}", $"{server.Address.Port}", StringComparison.Ordinal);
        using Socket client = await server.Connect();
        string host = header == "Host" ? said : server.Address.Authority;
        string more = header == "Host" ? "" : $"{header}: {said}\r\n";
        string answer = await Ask(
            client,
            $"GET /v1/version HTTP/1.1\r\nHost: {host}\r\n{more}Connection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file", "file", "two parts")]
    [InlineData("strength", null, "a part 'strength'")]
    [InlineData(null, null, "a part ''")]
    public async Task A_form_with_anything_but_one_file_is_refused(string? first, string? second, string part)
    {
        await using TestServer server = await TestServer.StartAsync();
        using var form = new MultipartFormDataContent();
        foreach (string? name in new[] { first, second }.Where(n => n is not null))
        {
            form.Add(new ByteArrayContent(TestServer.Fan), name!, "a.wav");
        }

        using HttpResponseMessage answer = await server.Client.PostAsync(new Uri("v1/clean", UriKind.Relative), form);
        var problem = await TestServer.ProblemOf(answer);
        Assert.Equal((400, "bad_body"), ((int)answer.StatusCode, (string?)problem["reason"]));
        Assert.Contains(part, (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_ends_too_early_is_refused()
    {
        await using TestServer server = await TestServer.StartAsync();
        using var body = new ByteArrayContent(
            "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc"u8.ToArray());
        body.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        using HttpResponseMessage answer = await server.Client.PostAsync(new Uri("v1/clean", UriKind.Relative), body);
        Assert.Equal((400, "bad_body"), ((int)answer.StatusCode, await TestServer.ReasonOf(answer)));
    }

    internal static async Task<string> Ask(Socket client, string request)
    {
        await client.SendAsync(Encoding.Latin1.GetBytes(request));
        using var stream = new NetworkStream(client);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync().WaitAsync(Await.Limit);
    }
}
