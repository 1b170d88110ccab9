using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using VoiceClean.Errors;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Studio;

/// <summary>
/// Whether a page of the studio is open somewhere: each keeps a WebSocket as long as it lives, which neither a sleeping
/// tab nor a long silence ends. Thread-safe.
/// </summary>
internal sealed class PagePresence : IDisposable
{
    /// <summary>The subprotocol of the socket.</summary>
    public const string Protocol = "voiceclean.alive.1";

    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _stop;
    private readonly TimeSpan? _limit;
    private readonly ITimer _timer;
    private readonly Lock _guard = new();
    private int _pages;

    /// <summary>Begins without a page; time runs when the first was there.</summary>
    /// <param name="limit">How long after the last page was closed it is over; null = never.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends the sockets.</param>
    public PagePresence(TimeSpan? limit, TimeProvider time, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_limit, _stop) = (limit, stop);
        _timer = time.CreateTimer(_ => _over.TrySetResult(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Done when the last page was closed long enough ago.</summary>
    public Task Over => _over.Task;

    /// <summary>A page has asked for something; it may be one that keeps no socket.</summary>
    public void Touch()
    {
        lock (_guard)
        {
            if (_pages == 0 && _limit is { } limit)
            {
                _timer.Change(limit, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary><c>WS /api/alive</c>: held by a page as long as it is open.</summary>
    /// <param name="context">The request; the token was looked at.</param>
    /// <exception cref="RefusalException">It is no WebSocket.</exception>
    public async Task Handle(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.WebSockets.IsWebSocketRequest)
        {
            throw new RefusalException(ReasonCodes.BadOptions, "This is a WebSocket.");
        }

        // Counted before it is answered: who has been told that the socket is open must not find the studio over.
        Enter();
        try
        {
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(Protocol).ConfigureAwait(false);
            byte[] block = new byte[256];
            while (socket.State == WebSocketState.Open)
            {
                _ = await socket.ReceiveAsync(block.AsMemory(), _stop).ConfigureAwait(false);
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // closed without a word, or the studio ends
        }
        finally
        {
            Leave();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Enter()
    {
        lock (_guard)
        {
            _pages++;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private void Leave()
    {
        lock (_guard)
        {
            _pages--;
        }

        Touch();
    }
}
