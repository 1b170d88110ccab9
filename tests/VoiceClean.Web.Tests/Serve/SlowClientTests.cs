using System.Net;
using System.Net.Sockets;
using System.Text;
using VoiceClean.Testing.Tools;
using VoiceClean.Web.Http;
using Xunit;

namespace VoiceClean.Web.Tests.Serve;

/// <summary>Clients that send or take too slowly, or not at all.</summary>
public class SlowClientTests
{
    [Fact]
    public async Task A_body_that_stands_still_is_ended_and_gives_its_place_back()
    {
        await using TestServer server = await TestServer.StartAsync(o => o with
        {
            Rate = o.Rate with { Grace = TimeSpan.FromSeconds(1.1) },
        });
        using Socket a = await server.Connect(), b = await server.Connect();
        string head = $"POST /v1/clean HTTP/1.1\r\nHost: {server.Address.Authority}\r\nContent-Length: 1000\r\n\r\nabc";
        Task<string>[] stalled = [RefusalTests.Ask(a, head), RefusalTests.Ask(b, head)];
        server.AwaitFigures(f => f.Taken == 2, "both hold places");
        Assert.Equal(0, server.Server.Pool.Figures.Running);
        Assert.Equal(HttpStatusCode.OK, (await server.Get("healthz")).Status);
        Assert.All(await Task.WhenAll(stalled), t => Assert.StartsWith("HTTP/1.1 408 ", t, StringComparison.Ordinal));
        server.AwaitFigures(f => f.Taken == 0, "both places are free");
        using HttpResponseMessage next = await server.Post("v1/clean", TestServer.Fan);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task A_body_that_comes_fast_at_first_and_then_stands_still_is_ended_too()
    {
        // At a byte a second the mean of the first piece alone would be enough for days.
        await using TestServer server = await TestServer.StartAsync(o => o with
        {
            Rate = new BodyRate(1, TimeSpan.FromSeconds(1.1)),
        });
        using Socket client = await server.Connect();
        string head = $"POST /v1/clean HTTP/1.1\r\nHost: {server.Address.Authority}\r\nContent-Length: 900000\r\n\r\n";
        string answer = await RefusalTests.Ask(client, head + new string('a', 400_000));
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        server.AwaitFigures(f => f.Taken == 0, "the place is free");
    }

    [Fact]
    public async Task A_client_that_does_not_read_its_answer_loses_its_place()
    {
        Requires.That(!OperatingSystem.IsWindows(), "Sockets in the file system are of Unix; they hold little.");
        using var folder = new TemporaryFolder();
        await using TestServer server = await TestServer.StartAsync(o => o with
        {
            Listen = new(null, folder["s"]),
            Rate = new BodyRate(1_000_000, TimeSpan.FromSeconds(1.1)),
        });
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(folder["s"]));
        await client.SendAsync(Encoding.ASCII.GetBytes(
            "POST /v1/clean?rate=192k&bit-depth=32f&silence=off HTTP/1.1\r\nHost: a\r\n"
                + $"Content-Length: {TestServer.Fan.Length}\r\n\r\n"));
        await client.SendAsync(TestServer.Fan);
        Await.Until(() => !server.Records.IsEmpty, "it is given up");
        Assert.Equal((499, "client_gone"), (server.Records.Single().Status, server.Records.Single().Reason));
        server.AwaitFigures(f => f.Taken == 0, "the place is free");
    }
}
