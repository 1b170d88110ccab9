using System.Net.WebSockets;
using System.Text.Json.Nodes;
using VoiceClean.Errors;
using VoiceClean.Testing.Tools;
using VoiceClean.Web.Http;
using VoiceClean.Web.Microphone;
using VoiceClean.Web.Pool;
using VoiceClean.Web.Serve;
using Xunit;

namespace VoiceClean.Web.Tests.Microphone;

public class MicrophoneLimitTests
{
    private const int Rate = 44_100;

    private static readonly float[] Voice = [.. TestWav.Samples16(TestServer.Fan).Select(x => x / 32768f)];

    [Theory]
    [InlineData("rate=44100", 400)]
    [InlineData("channels=1", 400)]
    [InlineData("rate=7999&channels=1", 400)]
    [InlineData("rate=192001&channels=1", 400)]
    [InlineData("rate=-48000&channels=1", 400)]
    [InlineData("rate=4.41e4&channels=1", 400)]
    [InlineData("rate=99999999999999999999&channels=1", 400)]
    [InlineData("rate=48000&channels=0", 400)]
    [InlineData("rate=48000&channels=9", 400)]
    [InlineData("rate=48000&rate=44100&channels=1", 400)]
    [InlineData("rate=192000&channels=8", 101)]
    public async Task Nonsense_about_the_sound_is_refused_before_there_is_a_line(string query, int status)
    {
        await using TestServer server = await TestServer.StartAsync();
        Assert.Equal(status, await TestMicrophone.StatusOf(server, query));
        Await.Until(() => server.Server.Microphones!.Taken == 0, "The microphone is free");
    }

    [Fact]
    public async Task A_plain_request_is_told_why_there_is_no_line()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpResponseMessage answer = await server.Client.GetAsync(
            new Uri("v1/mic?rate=48000&channels=1", UriKind.Relative));
        Assert.Equal(ReasonCodes.BadOptions, await TestServer.ReasonOf(answer));
    }

    [Theory]
    [InlineData(MicrophoneOptions.MostFrameBytes, null)]
    [InlineData(MicrophoneOptions.MostFrameBytes + 4, ReasonCodes.TooLarge)]
    [InlineData(4 * MicrophoneOptions.MostFrameBytes, ReasonCodes.TooLarge)]
    [InlineData(7, HttpReasons.BadBody)]
    public async Task A_message_holds_whole_samples_and_not_too_many(int bytes, string? reason)
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestMicrophone microphone = await TestMicrophone.Open(server);
        await microphone.SayBytes(new byte[bytes]);
        if (reason is null)
        {
            await microphone.Order("""{"do":"stop"}""");
            Assert.Equal(ReasonCodes.TooShort, (string?)(await microphone.Final())["record"]!["warnings"]![0]!["code"]);
        }
        else
        {
            Assert.Equal(reason, await microphone.Reason());
            Await.Until(() => server.Records.Any(r => r.Endpoint == "/v1/mic" && r.Reason == reason), "It is noted");
        }
    }

    [Theory]
    [InlineData("""{"do":"dance"}""")]
    [InlineData("""["stop"]""")]
    [InlineData("stop")]
    [InlineData("")]
    public async Task Words_that_nobody_knows_end_it(string words)
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestMicrophone microphone = await TestMicrophone.Open(server);
        await microphone.Order(words);
        Assert.Equal(HttpReasons.BadBody, await microphone.Reason());
    }

    [Fact]
    public async Task What_is_discarded_is_measured_no_more()
    {
        await using TestServer server = await TestServer.StartAsync();
        await using TestMicrophone microphone = await TestMicrophone.Open(server);
        await microphone.Say(Voice.AsMemory(0, 1000));
        await microphone.Order("""{"do":"discard"}""");
        Assert.Null(await microphone.Hear());
        await microphone.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        Await.Until(() => server.Server.Microphones!.Taken == 0, "The microphone is free");
    }

    [Fact]
    public async Task More_than_may_be_uploaded_is_refused_with_the_limit_named()
    {
        await using TestServer server = await TestServer.StartAsync(o => o with { MaxUpload = 4 * Rate });
        await using TestMicrophone microphone = await TestMicrophone.Open(server);
        await microphone.Say(new float[2 * Rate]);
        Assert.Equal(ReasonCodes.TooLong, await microphone.Reason());
    }

    [Fact]
    public async Task So_many_microphones_and_the_next_is_told_when_to_come_again()
    {
        await using TestServer server = await TestServer.StartAsync(o => o with { MicrophoneLimit = 1 });
        await using (TestMicrophone first = await TestMicrophone.Open(server))
        {
            Assert.Equal(503, await TestMicrophone.StatusOf(server));
            using HttpResponseMessage told = await server.Client.GetAsync(
                new Uri("v1/mic?rate=48000&channels=1", UriKind.Relative));
            Assert.Equal(HttpReasons.Busy, await TestServer.ReasonOf(told));
            Assert.NotNull(told.Headers.RetryAfter);
        }

        Await.Until(() => server.Server.Microphones!.Taken == 0, "Who went away has left the microphone");
        Assert.Equal(101, await TestMicrophone.StatusOf(server));
    }

    [Fact]
    public async Task Who_goes_away_in_the_middle_of_the_last_figures_holds_nothing()
    {
        await using TestServer server = await TestServer.StartAsync();
        TestMicrophone microphone = await TestMicrophone.Open(server);
        await microphone.Say(Voice);
        await microphone.Order("""{"do":"stop"}""");
        await microphone.DisposeAsync();
        Await.Until(() => server.Server.Microphones!.Taken == 0, "The microphone is free");
        server.AwaitFigures(f => f is { Taken: 0, Running: 0, Waiting: 0 }, "The workers are free");
    }

    [Fact]
    public async Task Who_says_nothing_for_long_is_sent_away()
    {
        var time = new ManualTime();
        await using TestServer server = await TestServer.StartAsync(o => o with
        {
            Pool = o.Pool with { Time = time },
        });
        await using TestMicrophone microphone = await TestMicrophone.Open(server);
        Await.Until(() => server.Server.Microphones!.Taken == 1, "It is open");
        Task<string> reason = microphone.Reason();
        Await.Until(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(30));
                return reason.IsCompleted;
            },
            "It was sent away");
        Assert.Equal(HttpReasons.SlowBody, await reason);
    }

    [Fact]
    public async Task A_server_that_ends_says_so_and_lets_nobody_in()
    {
        await using TestServer server = await TestServer.StartAsync(o => o with { MicrophoneLimit = 2 });
        await using TestMicrophone microphone = await TestMicrophone.Open(server);
        await microphone.Say(Voice.AsMemory(0, 1000));
        Task<DrainEnd> end = server.Server.DrainAsync(Await.Limit);
        Assert.Equal(HttpReasons.Draining, await microphone.Reason());
        Assert.Equal(DrainEnd.Clean, await end);
    }

    [Fact]
    public async Task With_every_place_taken_the_last_figures_wait_for_one()
    {
        await using TestServer server = await TestServer.StartAsync(o => o with
        {
            Pool = new PoolOptions { Workers = 1, Queue = 0 },
        });
        PoolPlace place = server.Server.Pool.TryEnter()!;
        await using TestMicrophone microphone = await TestMicrophone.Open(server);
        await microphone.Say(Voice);
        await microphone.Order("""{"do":"stop"}""");
        Task<JsonNode> last = microphone.Final();
        Assert.False(last.IsCompleted);
        place.Dispose();
        Assert.True((bool)(await last)["final"]!);
    }
}
