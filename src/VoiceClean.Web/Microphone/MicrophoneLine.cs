using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace VoiceClean.Web.Microphone;

/// <summary>What came over a line.</summary>
internal enum MicrophoneKind
{
    /// <summary>Its end: it was closed, or the client is gone.</summary>
    End,

    /// <summary>Sound.</summary>
    Sound,

    /// <summary>Words.</summary>
    Words,

    /// <summary>More than a message may hold.</summary>
    TooLong,
}

/// <summary>
/// Whole messages over a WebSocket. One receives; any number may send. When it is ended from here, what the client
/// still sends is received and means nothing, so that nothing it was told gets lost, but only for a moment.
/// </summary>
/// <param name="socket">The connection; whoever made it disposes of it.</param>
internal sealed class MicrophoneLine(WebSocket socket) : IDisposable
{
    // How long a client may take to close its side.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    // One byte more than may come: whoever needs it sends too much.
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(MicrophoneOptions.MostFrameBytes + 1);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _cut = new();
    private int _count;
    private volatile bool _isEnded;

    /// <summary>Whether it was ended from here.</summary>
    public bool IsEnded => _isEnded;

    /// <summary>The message that came last; valid until the next one is received.</summary>
    public ReadOnlyMemory<byte> Content => _buffer.AsMemory(0, _count);

    /// <summary>Waits for a message.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<MicrophoneKind> ReceiveAsync()
    {
        _count = 0;
        try
        {
            while (true)
            {
                Memory<byte> room = _buffer.AsMemory(_count, MicrophoneOptions.MostFrameBytes + 1 - _count);
                ValueWebSocketReceiveResult part = await socket.ReceiveAsync(room, _cut.Token).ConfigureAwait(false);
                _count += part.Count;
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return MicrophoneKind.End;
                }

                if (_count > MicrophoneOptions.MostFrameBytes)
                {
                    return MicrophoneKind.TooLong;
                }

                if (part.EndOfMessage)
                {
                    return part.MessageType == WebSocketMessageType.Text ? MicrophoneKind.Words : MicrophoneKind.Sound;
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            return MicrophoneKind.End;
        }
    }

    /// <summary>Sends words; does nothing if nobody is there any more.</summary>
    /// <param name="json">UTF-8.</param>
    public Task SendAsync(byte[] json) =>
        InTurnAsync(() => socket.SendAsync(json, WebSocketMessageType.Text, true, _cut.Token));

    /// <summary>Says goodbye.</summary>
    /// <param name="status">Why.</param>
    public async Task EndAsync(WebSocketCloseStatus status)
    {
        _isEnded = true;
        await InTurnAsync(() => socket.CloseOutputAsync(status, null, _cut.Token)).ConfigureAwait(false);
        _cut.CancelAfter(Farewell);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _turn.Dispose();
        _cut.Dispose();
    }

    private async Task InTurnAsync(Func<Task> send)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await send().ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // whoever receives sees that the client is gone
        }
        finally
        {
            _turn.Release();
        }
    }
}
