using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using VoiceClean.Testing.Tools;
using VoiceClean.Web.Http;
using VoiceClean.Web.Pool;
using VoiceClean.Web.Serve;

namespace VoiceClean.Web.Tests;

/// <summary>A server on a free port of this machine, and what one asks it.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private TestServer(CleaningServer server, Uri address, ConcurrentQueue<RequestRecord> records) =>
        (Server, Address, Records, Client) = (
            server,
            address,
            records,
            new HttpClient { BaseAddress = address, Timeout = Await.Limit });

    public CleaningServer Server { get; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    /// <summary>What became of the requests so far.</summary>
    public ConcurrentQueue<RequestRecord> Records { get; }

    /// <summary>A noisy recording of 4 s that comes with the repository.</summary>
    public static byte[] Fan { get; } = File.ReadAllBytes(Path.Combine(Root(), "samples", "fan.wav"));

    /// <summary>Starts one.</summary>
    /// <param name="change">What is to be different from one worker, one more place.</param>
    public static async Task<TestServer> StartAsync(Func<ServeOptions, ServeOptions>? change = null)
    {
        var records = new ConcurrentQueue<RequestRecord>();
        var options = new ServeOptions
        {
            Listen = new ListenAddress(new IPEndPoint(IPAddress.Loopback, 0), null),
            MaxUpload = 1_000_000,
            Pool = new PoolOptions { Workers = 1, Queue = 1 },
            Farewell = TimeSpan.Zero,
            Observer = records.Enqueue,
        };
        var server = new CleaningServer(change?.Invoke(options) ?? options);
        IReadOnlyList<string> addresses = await server.StartAsync();
        bool isSocket = addresses[0].StartsWith("unix:", StringComparison.Ordinal);
        var address = new Uri(isSocket ? "http://local" : addresses[0]);
        return new TestServer(server, address, records);
    }

    /// <summary>Posts a body.</summary>
    public Task<HttpResponseMessage> Post(string path, byte[] body, CancellationToken stop = default) =>
        Client.PostAsync(new Uri(path, UriKind.Relative), new ByteArrayContent(body), stop);

    /// <summary>Gets a text, whatever the status is.</summary>
    public async Task<(HttpStatusCode Status, string Text)> Get(string path)
    {
        using HttpResponseMessage answer = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A connection for what no client library does.</summary>
    public async Task<Socket> Connect()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Address.Host, Address.Port);
        return socket;
    }

    /// <summary>The figures of the pool, waited for.</summary>
    public void AwaitFigures(Func<PoolFigures, bool> condition, string what) =>
        Await.Until(() => condition(Server.Pool.Figures), what);

    /// <summary>The reason in the body of a problem.</summary>
    public static async Task<string> ReasonOf(HttpResponseMessage answer) =>
        (string)(await ProblemOf(answer))["reason"]!;

    /// <summary>The body of a problem.</summary>
    public static async Task<JsonNode> ProblemOf(HttpResponseMessage answer)
    {
        Xunit.Assert.Equal(Problem.ContentType, answer.Content.Headers.ContentType?.MediaType);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Server.Pool.End();
        await Server.DrainAsync(Await.Limit);
        await Server.DisposeAsync();
    }

    internal static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "VoiceClean.sln")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
