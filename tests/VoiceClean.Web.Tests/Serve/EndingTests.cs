using System.Net;
using System.Net.Sockets;
using System.Text;
using VoiceClean.Audio;
using VoiceClean.Cleaning;
using VoiceClean.Stages;
using VoiceClean.Testing.Tools;
using VoiceClean.Web.Http;
using VoiceClean.Web.Serve;
using Xunit;

namespace VoiceClean.Web.Tests.Serve;

/// <summary>How requests and servers end before they are done.</summary>
public class EndingTests
{
    [Fact]
    public async Task A_client_that_goes_away_frees_the_worker_and_its_place()
    {
        using var held = new HeldStage();
        await using TestServer server = await TestServer.StartAsync(o => o with { Stages = held.Catalog() });
        using var gone = new CancellationTokenSource();
        Task<HttpResponseMessage> request = server.Post("v1/clean?stages=held", TestServer.Fan, gone.Token);
        held.AwaitEntered(1);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        Await.Until(() => held.Left == 1, "the worker is free");
        server.AwaitFigures(f => f.Taken == 0, "the place is free");
        Await.Until(() => !server.Records.IsEmpty, "it stands in the log");
        Assert.Equal((499, "client_gone"), (server.Records.Single().Status, server.Records.Single().Reason));
    }

    [Fact]
    public async Task A_client_that_goes_away_while_it_sends_frees_its_place()
    {
        await using TestServer server = await TestServer.StartAsync();
        using (Socket client = await server.Connect())
        {
            await client.SendAsync(Encoding.ASCII.GetBytes(
                $"POST /v1/clean HTTP/1.1\r\nHost: {server.Address.Authority}\r\nContent-Length: 1000\r\n\r\nabc"));
            server.AwaitFigures(f => f.Taken == 1, "it holds a place");
        }

        server.AwaitFigures(f => f.Taken == 0, "the place is free");
        Await.Until(() => !server.Records.IsEmpty, "it stands in the log");
        Assert.Equal((499, "client_gone"), (server.Records.Single().Status, server.Records.Single().Reason));
    }

    [Fact]
    public async Task Work_that_takes_too_long_is_stopped()
    {
        using var held = new HeldStage();
        var time = new ManualTime();
        await using TestServer server = await TestServer.StartAsync(o => o with
        {
            Stages = held.Catalog(),
            Pool = o.Pool with { Time = time },
        });
        Task<HttpResponseMessage> request = server.Post("v1/clean?stages=held", TestServer.Fan);
        held.AwaitEntered(1);
        time.Advance(TimeSpan.FromSeconds(60));
        using HttpResponseMessage answer = await request;
        Assert.Equal((504, "timeout"), ((int)answer.StatusCode, await TestServer.ReasonOf(answer)));
        Assert.Equal(HttpStatusCode.OK, (await server.Get("healthz")).Status);
    }

    [Fact]
    public async Task A_wait_that_takes_too_long_is_ended()
    {
        using var held = new HeldStage();
        var time = new ManualTime();
        await using TestServer server = await TestServer.StartAsync(o => o with
        {
            Stages = held.Catalog(),
            Pool = o.Pool with { Time = time },
        });
        Task<HttpResponseMessage> first = server.Post("v1/clean?stages=held", TestServer.Fan);
        held.AwaitEntered(1);
        Task<HttpResponseMessage> waiting = server.Post("v1/clean", TestServer.Fan);
        server.AwaitFigures(f => f.Waiting == 1, "it waits");
        time.Advance(TimeSpan.FromSeconds(30));
        using HttpResponseMessage second = await waiting;
        Assert.Equal((503, "busy"), ((int)second.StatusCode, await TestServer.ReasonOf(second)));
        held.LetGo();
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
    }

    [Fact]
    public async Task A_stuck_worker_makes_the_server_unhealthy_and_is_replaced()
    {
        using var held = new HeldStage(ignoresStop: true);
        var time = new ManualTime();
        await using TestServer server = await TestServer.StartAsync(o => o with
        {
            Stages = held.Catalog(),
            Pool = o.Pool with { Time = time },
        });
        Task<HttpResponseMessage> request = server.Post("v1/clean?stages=held", TestServer.Fan);
        held.AwaitEntered(1);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.OK, (await server.Get("healthz")).Status);
        time.Advance(TimeSpan.FromSeconds(10));
        using HttpResponseMessage answer = await request;
        Assert.Equal((504, "timeout"), ((int)answer.StatusCode, await TestServer.ReasonOf(answer)));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Get("healthz")).Status);
        Assert.Contains("voiceclean_workers_stuck 1\n", (await server.Get("metrics")).Text, StringComparison.Ordinal);
        Task<HttpResponseMessage> next = server.Post("v1/clean?stages=held", TestServer.Fan);
        held.AwaitEntered(2);
        held.LetGo(2);
        (await next).Dispose();
        server.AwaitFigures(f => f.Stuck == 0, "the worker that was given up has ended");
        Assert.Equal(HttpStatusCode.OK, (await server.Get("healthz")).Status);
    }

    [Fact]
    public async Task A_server_that_ends_answers_what_is_under_way_and_lets_nothing_new_in()
    {
        using var held = new HeldStage();
        await using TestServer server = await TestServer.StartAsync(o => o with { Stages = held.Catalog() });
        Task<HttpResponseMessage> running = server.Post("v1/clean?stages=held", TestServer.Fan);
        held.AwaitEntered(1);
        Task<DrainEnd> ended = server.Server.DrainAsync(Await.Limit);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "draining\n"), await server.Get("readyz"));
        Assert.Equal(HttpStatusCode.OK, (await server.Get("healthz")).Status);
        using HttpResponseMessage refused = await server.Post("v1/clean", TestServer.Fan);
        Assert.Equal((503, "draining"), ((int)refused.StatusCode, await TestServer.ReasonOf(refused)));
        held.LetGo();
        using HttpResponseMessage answer = await running;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(DrainEnd.Clean, await ended);
    }

    [Fact]
    public async Task What_takes_too_long_for_a_server_that_ends_is_cancelled_and_told()
    {
        using var held = new HeldStage();
        await using TestServer server = await TestServer.StartAsync(o => o with { Stages = held.Catalog() });
        Task<HttpResponseMessage> running = server.Post("v1/clean?stages=held", TestServer.Fan);
        held.AwaitEntered(1);
        Assert.Equal(DrainEnd.Cut, await server.Server.DrainAsync(TimeSpan.FromMilliseconds(20)));
        using HttpResponseMessage answer = await running;
        Assert.Equal((503, "cancelled"), ((int)answer.StatusCode, await TestServer.ReasonOf(answer)));
    }

    [Fact]
    public async Task A_bug_is_a_number_for_the_client_and_everything_for_the_log()
    {
        StageCatalog catalog = StageCatalog.CreateDefault();
        catalog.Add("broken", _ => new BrokenStage());
        await using TestServer server = await TestServer.StartAsync(o => o with { Stages = catalog });
        using HttpResponseMessage answer = await server.Post("v1/clean?stages=broken", TestServer.Fan);
        var problem = await TestServer.ProblemOf(answer);
        Assert.Equal((500, "internal_error"), ((int)answer.StatusCode, (string?)problem["reason"]));
        Assert.DoesNotContain("secret", problem.ToJsonString(), StringComparison.Ordinal);
        Await.Until(() => !server.Records.IsEmpty, "it stands in the log");
        RequestRecord record = Assert.Single(server.Records);
        Assert.Equal((string?)problem["incident"], record.Incident);
        Assert.IsType<InvalidTimeZoneException>(record.Exception);
    }

    [Fact]
    public async Task A_socket_of_the_file_system_serves_too_and_a_dead_one_is_no_obstacle()
    {
        Requires.That(!OperatingSystem.IsWindows(), "Sockets in the file system are of Unix.");
        using var folder = new TemporaryFolder();
        string path = folder["s.sock"];
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(folder["s"]));
            File.Move(folder["s"], path);       // else its end would take its name along
        }

        Assert.True(File.Exists(path));
        await using (TestServer server = await TestServer.StartAsync(o => o with { Listen = new(null, path) }))
        {
            using var handler = new SocketsHttpHandler
            {
                ConnectCallback = async (_, stop) =>
                {
                    var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stop);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            };
            using var client = new HttpClient(handler);
            using HttpResponseMessage answer = await client.PostAsync(
                new Uri("http://any.name/v1/clean"),
                new ByteArrayContent(TestServer.Fan));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var second = new CleaningServer(new ServeOptions { Listen = new ListenAddress(null, path) });
            await Assert.ThrowsAsync<VoiceClean.Errors.VoiceCleanException>(second.StartAsync);
            await second.DisposeAsync();
            Assert.True(File.Exists(path), "the socket of the first is still there");
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Figures_have_an_address_of_their_own_if_one_is_named()
    {
        var any = new ListenAddress(new IPEndPoint(IPAddress.Loopback, 0), null);
        await using var server = new CleaningServer(new ServeOptions { Listen = any, MetricsListen = any });
        IReadOnlyList<string> addresses = await server.StartAsync();
        using var client = new HttpClient();
        int[] statuses =
        [
            .. (await Task.WhenAll(
                from path in new[] { "metrics", "healthz", "v1/version" }
                from address in addresses
                select client.GetAsync(new Uri($"{address}/{path}")))).Select(a => (int)a.StatusCode),
        ];
        Assert.Equal([404, 200, 200, 200, 200, 404], statuses);
        await server.DrainAsync(Await.Limit);
    }

    private sealed class BrokenStage : IStage
    {
        public string Name => "broken";

        public void Process(AudioClip clip, CancellationToken cancellation) =>
            throw new InvalidTimeZoneException("secret");
    }
}
