using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using VoiceClean.Testing.Tools;
using VoiceClean.Web.Studio;
using Xunit;

namespace VoiceClean.Web.Tests.Studio;

public class PagePresenceTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task A_studio_that_opened_its_page_is_over_ten_minutes_after_the_last_one_was_closed()
    {
        var time = new ManualTime();
        await using TestStudio studio = await TestStudio.StartAsync((options, _) =>
            options with { IdleLimit = Limit, Time = time });
        time.Advance(2 * Limit);
        Assert.False(studio.Server.Abandoned.IsCompleted);      // none was there yet
        using (ClientWebSocket one = await Page(studio), other = await Page(studio))
        {
            time.Advance(2 * Limit);
            Assert.False(studio.Server.Abandoned.IsCompleted);
            await one.CloseAsync(WebSocketCloseStatus.NormalClosure, "", default);
            time.Advance(2 * Limit);
            Assert.False(studio.Server.Abandoned.IsCompleted);
            other.Abort();
        }

        Await.Until(() => Moved(time, Limit).Invoke(studio), "the last page is gone");
    }

    [Fact]
    public async Task Whoever_asks_without_a_socket_is_a_page_too()
    {
        var time = new ManualTime();
        await using TestStudio studio = await TestStudio.StartAsync((options, _) =>
            options with { IdleLimit = Limit, Time = time });
        _ = await studio.Session();
        time.Advance(Limit - TimeSpan.FromSeconds(1));
        _ = await studio.Session();
        time.Advance(Limit - TimeSpan.FromSeconds(1));
        Assert.False(studio.Server.Abandoned.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await studio.Server.Abandoned.WaitAsync(Await.Limit);
    }

    [Fact]
    public async Task A_studio_that_opened_no_page_stays()
    {
        var time = new ManualTime();
        await using TestStudio studio = await TestStudio.StartAsync((options, _) => options with { Time = time });
        _ = await studio.Session();
        time.Advance(100 * Limit);
        Assert.False(studio.Server.Abandoned.IsCompleted);
    }

    [Fact]
    public async Task A_page_that_has_been_told_that_its_socket_is_open_is_there()
    {
        var time = new ManualTime();
        using var presence = new PagePresence(Limit, time, default);
        bool over = true;
        var request = new DefaultHttpContext();
        request.Features.Set<IHttpWebSocketFeature>(new Answering(() =>
        {
            time.Advance(2 * Limit);
            over = presence.Over.IsCompleted;
        }));

        presence.Touch();
        await presence.Handle(request);

        Assert.False(over);
        time.Advance(Limit);
        await presence.Over.WaitAsync(Await.Limit);             // and when its line broke it is gone
    }

    // The server sees the end of a connection when it sees it.
    private static Func<TestStudio, bool> Moved(ManualTime time, TimeSpan by) => studio =>
    {
        time.Advance(by);
        return studio.Server.Abandoned.IsCompleted;
    };

    private static async Task<ClientWebSocket> Page(TestStudio studio)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("voiceclean.alive.1");
        socket.Options.AddSubProtocol("token." + studio.Server.Token);
        await socket.ConnectAsync(
            new Uri($"ws://{studio.Address.Authority}/api/alive"),
            CancellationToken.None);
        return socket;
    }

    // A page that goes on as soon as it was answered, and whose line breaks then.
    private sealed class Answering(Action answered) : IHttpWebSocketFeature
    {
        public bool IsWebSocketRequest => true;

        public Task<WebSocket> AcceptAsync(WebSocketAcceptContext context)
        {
            answered();
            throw new IOException("the line broke");
        }
    }
}
