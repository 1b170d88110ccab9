using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using VoiceClean.Web.Studio;

namespace VoiceClean.Web.Tests.Studio;

/// <summary>A studio on a free port of this machine, with a folder of recordings, and what one asks it.</summary>
internal sealed class TestStudio : IAsyncDisposable
{
    public const int Rate = 32_000;

    private readonly TemporaryFolder _folder;

    private TestStudio(TemporaryFolder folder, StudioServer server, Uri address)
    {
        (_folder, Server, Address) = (folder, server, address);
        Client = new HttpClient { BaseAddress = address, Timeout = Await.Limit };
        Client.DefaultRequestHeaders.Add(StudioToken.Header, server.Token);
    }

    public StudioServer Server { get; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    /// <summary>The folder of the recordings.</summary>
    public string Recordings => Path.Combine(_folder.Path, "recordings");

    /// <summary>The folder for results.</summary>
    public string Results => Path.Combine(_folder.Path, "results");

    /// <summary>Starts one with the recordings fan.wav (4 s, noise) and talk.wav (12 s).</summary>
    /// <param name="change">What is to be different; gets the folder that all of it is in.</param>
    public static async Task<TestStudio> StartAsync(Func<StudioOptions, string, StudioOptions>? change = null)
    {
        var folder = new TemporaryFolder();
        string recordings = Directory.CreateDirectory(Path.Combine(folder.Path, "recordings")).FullName;
        File.WriteAllBytes(Path.Combine(recordings, "fan.wav"), TestServer.Fan);
        File.WriteAllBytes(
            Path.Combine(recordings, "talk.wav"),
            TestWav.Pcm16(Rate, SyllablesInNoise.Make(12, seed: 1)));
        var options = new StudioOptions { Source = recordings, Processors = 1 };
        var server = new StudioServer(change?.Invoke(options, folder.Path) ?? options);
        return new TestStudio(folder, server, new Uri(await server.StartAsync()));
    }

    /// <summary>Posts JSON.</summary>
    public async Task<(int Status, JsonNode Body)> Post(string path, JsonNode body, CancellationToken stop = default)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await Client.PostAsync(new Uri(path, UriKind.Relative), content, stop);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(stop))!);
    }

    /// <summary>Gets bytes, whatever the status is.</summary>
    public async Task<(int Status, byte[] Body)> Get(string path)
    {
        using HttpResponseMessage answer = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return ((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Gets samples.</summary>
    public async Task<float[]> Samples(string path)
    {
        (int status, byte[] body) = await Get(path);
        Xunit.Assert.Equal(200, status);
        return MemoryMarshal.Cast<byte, float>(body).ToArray();
    }

    /// <summary>The session.</summary>
    public async Task<JsonNode> Session() => JsonNode.Parse((await Get("/api/session")).Body)!;

    /// <summary>The id of a recording.</summary>
    public async Task<string> FileId(string name) =>
        (string)(await Session())["files"]!.AsArray().Single(f => (string)f!["name"]! == name)!["id"]!;

    /// <summary>Opens a recording.</summary>
    public async Task<JsonNode> Open(string name)
    {
        (int status, JsonNode body) = await Post("/api/clips", new JsonObject { ["file"] = await FileId(name) });
        Xunit.Assert.Equal(201, status);
        return body;
    }

    /// <summary>Cleans one that is open.</summary>
    public async Task<JsonNode> Render(JsonNode clip, JsonObject? options = null, (double, double)? window = null)
    {
        (int status, JsonNode body) = await TryRender(clip, options, window);
        Xunit.Assert.True(status == 201, body.ToJsonString());
        return body;
    }

    /// <summary>The same, whatever comes of it.</summary>
    public Task<(int Status, JsonNode Body)> TryRender(
        JsonNode clip,
        JsonObject? options = null,
        (double Start, double Length)? window = null)
    {
        var body = new JsonObject { ["options"] = options ?? [] };
        if (window is { } span)
        {
            body["window"] = new JsonObject { ["start_s"] = span.Start, ["length_s"] = span.Length };
        }

        return Post($"/api/clips/{clip["clip"]}/renders", body);
    }

    /// <summary>Sends a request as it stands, {P} being the port and {T} the token.</summary>
    /// <returns>The head of the answer.</returns>
    public async Task<string> Send(string request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Address.Host, Address.Port);
        string text = request
            .Replace("{P}", $"{Address.Port}", StringComparison.Ordinal)
            .Replace("{T}", Server.Token, StringComparison.Ordinal);
        await socket.SendAsync(Encoding.Latin1.GetBytes(text));
        var head = new StringBuilder();
        byte[] block = new byte[4096];
        using var patience = new CancellationTokenSource(Await.Limit);
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            int count = await socket.ReceiveAsync(block.AsMemory(), patience.Token);
            if (count == 0)
            {
                break;
            }

            head.Append(Encoding.Latin1.GetString(block, 0, count));
        }

        return head.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
