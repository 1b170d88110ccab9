using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using VoiceClean.Testing.Tools;

namespace VoiceClean.Web.Tests.Microphone;

/// <summary>A microphone as a page has one: a WebSocket over which it sends sound.</summary>
internal sealed class TestMicrophone : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1 << 20];

    /// <summary>The connection itself.</summary>
    public ClientWebSocket Socket => _socket;

    /// <summary>Opens it.</summary>
    /// <param name="server">Of which server.</param>
    /// <param name="query">Behind '?'.</param>
    /// <param name="ticket">Offered as subprotocol; null = none.</param>
    /// <param name="headers">More headers.</param>
    public static Task<TestMicrophone> Open(
        TestServer server,
        string query = "rate=44100&channels=1",
        string? ticket = null,
        params (string Name, string Value)[] headers) =>
        Open(new Uri($"ws://{server.Address.Authority}/v1/mic?{query}"), ticket, headers);

    /// <summary>Opens one at an address.</summary>
    public static async Task<TestMicrophone> Open(
        Uri address,
        string? ticket,
        params (string Name, string Value)[] headers)
    {
        var microphone = new TestMicrophone();
        await microphone.Connect(address, ticket, headers);
        return microphone;
    }

    /// <summary>The status with which it is answered; 101 = it was opened, and is closed again.</summary>
    public static Task<int> StatusOf(
        TestServer server,
        string query = "rate=44100&channels=1",
        string? ticket = null,
        params (string Name, string Value)[] headers) =>
        StatusOf(new Uri($"ws://{server.Address.Authority}/v1/mic?{query}"), ticket, headers);

    /// <summary>The same at an address.</summary>
    public static async Task<int> StatusOf(Uri address, string? ticket, params (string Name, string Value)[] headers)
    {
        var microphone = new TestMicrophone();
        await using (microphone)
        {
            try
            {
                await microphone.Connect(address, ticket, headers);
            }
            catch (WebSocketException)
            {
                // the status says why
            }

            return (int)microphone._socket.HttpStatusCode;
        }
    }

    /// <summary>Sends sound, in blocks like those of the page.</summary>
    public async Task Say(ReadOnlyMemory<float> samples, int block = 4096)
    {
        for (int i = 0; i < samples.Length; i += block)
        {
            await SayBytes(MemoryMarshal.AsBytes(samples.Span.Slice(i, Math.Min(block, samples.Length - i))).ToArray());
        }
    }

    /// <summary>Sends one message of sound.</summary>
    public Task SayBytes(byte[] bytes) =>
        _socket.SendAsync(bytes, WebSocketMessageType.Binary, true, CancellationToken.None);

    /// <summary>Sends words.</summary>
    public Task Order(string json) => _socket.SendAsync(
        Encoding.UTF8.GetBytes(json),
        WebSocketMessageType.Text,
        true,
        CancellationToken.None);

    /// <summary>The next message; null = the line was closed.</summary>
    public async Task<JsonNode?> Hear()
    {
        using var limit = new CancellationTokenSource(Await.Limit);
        int count = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(_buffer.AsMemory(count), limit.Token);
            count += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (part.EndOfMessage)
            {
                return JsonNode.Parse(_buffer.AsSpan(0, count));
            }
        }
    }

    /// <summary>The last figures.</summary>
    public async Task<JsonNode> Final()
    {
        while (await Hear() is { } message)
        {
            Xunit.Assert.Null(message["problem"]);
            if ((bool)message["final"]!)
            {
                return message;
            }
        }

        throw new InvalidOperationException("The line was closed before the last figures.");
    }

    /// <summary>The reason of the problem with which it ends.</summary>
    public async Task<string> Reason()
    {
        while (await Hear() is { } message)
        {
            if (message["problem"] is { } problem)
            {
                return (string)problem["reason"]!;
            }
        }

        throw new InvalidOperationException("The line was closed without a problem.");
    }

    private async Task Connect(Uri address, string? ticket, (string Name, string Value)[] headers)
    {
        ClientWebSocketOptions options = _socket.Options;
        options.CollectHttpResponseDetails = true;
        options.AddSubProtocol("voiceclean.mic.1");
        if (ticket is not null)
        {
            options.AddSubProtocol("token." + ticket);
        }

        foreach ((string name, string value) in headers)
        {
            options.SetRequestHeader(name, value);
        }

        using var limit = new CancellationTokenSource(Await.Limit);
        await _socket.ConnectAsync(address, limit.Token);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
