using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Testing.Tools;
using VoiceClean.Web.Pool;
using VoiceClean.Web.Serve;
using Xunit;

namespace VoiceClean.Web.Tests.Serve;

/// <summary>What a server answers when all goes well.</summary>
public class CleaningServerTests
{
    [Fact]
    public async Task A_recording_comes_back_with_the_bytes_of_the_command_line()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpResponseMessage answer = await server.Post("v1/clean?id=fan.wav&strength=0.4", TestServer.Fan);
        byte[] result = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Expected("fan.wav", new CleaningOptions { Strength = 0.4 }), result);
        Assert.Equal("audio/wav", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(result.Length, answer.Content.Headers.ContentLength);
        Assert.Equal(
            $"sha-256=:{Convert.ToBase64String(SHA256.HashData(result))}:",
            Assert.Single(answer.Headers.GetValues("Repr-Digest")));
        Assert.Equal("ok", Assert.Single(answer.Headers.GetValues("VoiceClean-Status")));
        Assert.Equal("", Assert.Single(answer.Headers.GetValues("VoiceClean-Warnings")));
    }

    [Fact]
    public async Task The_id_seeds_the_dither_and_without_one_it_is_standard_input()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpResponseMessage named = await server.Post("v1/clean?id=b.wav", TestServer.Fan);
        using HttpResponseMessage nameless = await server.Post("v1/clean?measure=0", TestServer.Fan);
        Assert.Equal(Expected("b.wav"), await named.Content.ReadAsByteArrayAsync());
        Assert.Equal(Expected("stdin"), await nameless.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_form_names_its_file()
    {
        await using TestServer server = await TestServer.StartAsync();
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(TestServer.Fan), "file", "C:\\takes/fan.wav" },
        };
        using HttpResponseMessage answer = await server.Client.PostAsync(new Uri("v1/clean", UriKind.Relative), form);
        Assert.Equal(Expected("fan.wav"), await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_body_in_chunks_is_read_too()
    {
        await using TestServer server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/clean?id=fan.wav")
        {
            Content = new ByteArrayContent(TestServer.Fan),
        };
        request.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage answer = await server.Client.SendAsync(request);
        Assert.Equal(Expected("fan.wav"), await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Report_and_recording_come_together_if_asked_for()
    {
        await using TestServer server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/clean?id=fan.wav")
        {
            Content = new ByteArrayContent(TestServer.Fan),
        };
        request.Headers.Accept.ParseAdd("multipart/mixed");
        using HttpResponseMessage answer = await server.Client.SendAsync(request);
        byte[] all = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal("multipart/mixed", answer.Content.Headers.ContentType?.MediaType);
        string boundary = Assert.Single(answer.Content.Headers.ContentType!.Parameters).Value!;
        string[] parts = Encoding.Latin1.GetString(all).Split($"--{boundary}");
        Assert.Equal(["", "--\r\n"], [parts[0], parts[^1]]);
        var report = JsonNode.Parse(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(BodyOf(parts[1]))))!;
        Assert.Equal("voiceclean.result/1", (string?)report["schema"]);
        Assert.NotNull(report["before"]!["integrated_lufs"]);
        Assert.Equal(Expected("fan.wav"), Encoding.Latin1.GetBytes(BodyOf(parts[2])));
    }

    [Fact]
    public async Task An_inspection_is_the_record_of_the_command_line()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpResponseMessage answer = await server.Post("v1/inspect?id=fan.wav", TestServer.Fan);
        var record = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ClipReport expected = new InspectionPipeline(ServeOptions.DefaultCleaning, isGate: false)
            .Inspect(Job("fan.wav", _ => { }));
        var same = JsonNode.Parse(ReportJson.ToLine(expected))!;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        foreach (string part in new[] { "schema", "id", "status", "warnings", "before", "inspection", "options" })
        {
            Assert.Equal(same[part]?.ToJsonString(), record[part]?.ToJsonString());
        }
    }

    [Fact]
    public async Task A_hopeless_recording_is_described_and_refused_only_if_asked_to()
    {
        await using TestServer server = await TestServer.StartAsync();
        byte[] silence = TestWav.Pcm16(16_000, new short[32_000]);
        using HttpResponseMessage described = await server.Post("v1/inspect", silence);
        using HttpResponseMessage refused = await server.Post("v1/inspect?gate=1", silence);
        using HttpResponseMessage cleaned = await server.Post("v1/clean", silence);
        Assert.Equal(HttpStatusCode.OK, described.StatusCode);
        Assert.Contains("hopeless", await described.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (HttpResponseMessage answer in new[] { refused, cleaned })
        {
            JsonNode problem = await TestServer.ProblemOf(answer);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Equal(("silent", 3), ((string?)problem["reason"], (int?)problem["exit_code"]));
            Assert.Equal("rejected", (string?)problem["report"]!["status"]);
        }
    }

    [Fact]
    public void Microphones_need_temporary_space_as_places_do()
    {
        long free = new DriveInfo(Path.GetTempPath()).AvailableFreeSpace;
        var options = new ServeOptions
        {
            Pool = new PoolOptions { Workers = 1, Queue = 1 },
            MaxUpload = free / 3,
            MicrophoneLimit = 8,
        };
        Assert.Null(StateEndpoints.SpaceObstacle(options with { HasMicrophones = false }));
        Assert.Contains("8 microphones", StateEndpoints.SpaceObstacle(options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_tells_its_options_its_version_its_health_and_its_figures()
    {
        await using TestServer server = await TestServer.StartAsync(o => o with
        {
            Cleaning = o.Cleaning with { SampleRate = 24_000 },
        });
        (await server.Post("v1/clean?id=fan.wav", TestServer.Fan)).Dispose();
        var options = JsonNode.Parse((await server.Get("v1/options")).Text)!;
        JsonNode rate = options["clean"]!.AsArray().Single(o => (string?)o!["name"] == "rate")!;
        Assert.Equal(("24000Hz", 24_000), ((string?)rate["default"], (int?)options["defaults"]!["sample_rate"]));
        Assert.Equal(1_000_000, (int?)options["limits"]!["max_upload_bytes"]);
        var version = JsonNode.Parse((await server.Get("v1/version")).Text)!;
        Assert.Contains("wav", version["decoders"]!.AsArray().Select(d => (string?)d!["name"]));
        Assert.Equal((HttpStatusCode.OK, "ok\n"), await server.Get("healthz"));
        Assert.Equal((HttpStatusCode.OK, "ready\n"), await server.Get("readyz"));
        string figures = (await server.Get("metrics")).Text;
        Assert.Contains(
            "voiceclean_requests_total{endpoint=\"/v1/clean\",status=\"200\",reason=\"\"} 1\n",
            figures,
            StringComparison.Ordinal);
        Assert.Contains("voiceclean_work_seconds_bucket{le=\"+Inf\"} 1\n", figures, StringComparison.Ordinal);
        Assert.Contains($"voiceclean_upload_bytes_total {TestServer.Fan.Length}\n", figures, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await server.Get("favicon.ico")).Status);
    }

    [Fact]
    public async Task Many_at_once_get_the_bytes_that_one_gets()
    {
        await using TestServer server = await TestServer.StartAsync(o => o with
        {
            Pool = o.Pool with { Workers = 2, Queue = 8 },
        });
        byte[][] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using HttpResponseMessage answer = await server.Post($"v1/clean?id={i % 2}.wav", TestServer.Fan);
            return await answer.Content.ReadAsByteArrayAsync();
        }));
        byte[][] expected = [Expected("0.wav"), Expected("1.wav")];
        Assert.All(Enumerable.Range(0, 8), i => Assert.Equal(expected[i % 2], results[i]));
    }

    private static string BodyOf(string part) =>
        part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..^2];

    private static byte[] Expected(string id, CleaningOptions? options = null)
    {
        byte[] result = [];
        var pipeline = new CleaningPipeline(options ?? new CleaningOptions());
        Assert.Equal(ClipStatus.Ok, pipeline.Clean(Job(id, bytes => result = bytes)).Status);
        return result;
    }

    private static ClipJob Job(string id, Action<byte[]> take) => new()
    {
        Id = id,
        InputPath = id,
        OutputPath = "-",
        OpenInput = () => new MemoryStream(TestServer.Fan),
        Publish = write =>
        {
            using var bytes = new MemoryStream();
            write(bytes);
            take(bytes.ToArray());
        },
    };
}
