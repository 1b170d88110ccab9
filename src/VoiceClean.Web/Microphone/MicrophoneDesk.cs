using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Microphone;

/// <summary>What became of a live check.</summary>
/// <param name="Bytes">Bytes of sound.</param>
/// <param name="Report">The last figures; null if it did not come to them.</param>
/// <param name="Problem">Why not; null if the client wanted none.</param>
internal sealed record MicrophoneEnd(long Bytes, ClipReport? Report, Problem? Problem);

/// <summary>
/// Lets microphones in, so many at a time in all and of one holder, and runs their checks. Who may come is asked
/// before. Thread-safe.
/// </summary>
/// <param name="options">What they may take.</param>
/// <param name="inspector">Works out figures.</param>
internal sealed class MicrophoneDesk(MicrophoneOptions options, MicrophoneInspector inspector) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _held = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _taken;

    /// <summary>Keeps a recording and names it; null = none is kept.</summary>
    public Func<MicrophoneCapture, ClipReport, string?>? Keep { get; init; }

    /// <summary>What clients are told of a report.</summary>
    public Func<ClipReport, ClipReport> Shown { get; init; } = r => r;

    /// <summary>Microphones at this moment.</summary>
    public int Taken
    {
        get
        {
            lock (_lock)
            {
                return _taken;
            }
        }
    }

    /// <summary>The word that a client offers among its subprotocols: "token.WORD".</summary>
    /// <returns>Null if there is none.</returns>
    public static string? TokenOf(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        const string prefix = MicrophoneMessage.TokenPrefix;
        return context.WebSockets.WebSocketRequestedProtocols
            .FirstOrDefault(p => p.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
    }

    /// <summary>Runs a check.</summary>
    /// <param name="context">The request; it may be answered.</param>
    /// <param name="holder">Whose microphone it is; null where nobody is told apart.</param>
    /// <param name="key">What may have one microphone at a time beside the holder's limit; null = nothing.</param>
    /// <exception cref="RefusalException">There will be none; nothing was answered.</exception>
    public async Task<MicrophoneEnd> RunAsync(HttpContext context, string? holder, string? key)
    {
        ArgumentNullException.ThrowIfNull(context);
        MicrophoneFormat format = MicrophoneFormat.Of(context.Request);
        using var place = new Place(this, holder, key);
        if (!context.WebSockets.WebSocketRequestedProtocols.Contains(MicrophoneMessage.Protocol))
        {
            throw new RefusalException(
                ReasonCodes.BadOptions,
                $"This path takes a WebSocket with the subprotocol {MicrophoneMessage.Protocol}.");
        }

        using WebSocket socket = await context.WebSockets
            .AcceptWebSocketAsync(MicrophoneMessage.Protocol).ConfigureAwait(false);
        using var session = new MicrophoneSession(socket, format, options, inspector, this);
        await session.RunAsync(_ending.Token).ConfigureAwait(false);
        return new MicrophoneEnd(session.Bytes, session.Report, session.Problem);
    }

    /// <summary>Lets nobody in any more and tells those who are there that it ends.</summary>
    /// <returns>Completes when they are gone.</returns>
    public async Task EndAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        lock (_lock)
        {
            CompleteIfEmpty();
        }

        await _empty.Task.ConfigureAwait(false);
    }

    public void Dispose() => _ending.Dispose();

    private void Enter(string? holder, string? key)
    {
        lock (_lock)
        {
            if (_ending.IsCancellationRequested)
            {
                throw new RefusalException(HttpReasons.Draining, "This server is about to end; try another one.");
            }

            if (IsFull(key, 1) || IsFull(holder, options.MostPerHolder))
            {
                throw Full(HttpReasons.TokenLimit, "This token has as many microphones open as it may.");
            }

            if (_taken >= options.Most)
            {
                throw Full(HttpReasons.Busy, "As many microphones are open as this server takes.");
            }

            _taken++;
            Count(holder, 1);
            Count(key, 1);
        }
    }

    private void Leave(string? holder, string? key)
    {
        lock (_lock)
        {
            _taken--;
            Count(holder, -1);
            Count(key, -1);
            CompleteIfEmpty();
        }
    }

    private bool IsFull(string? name, int? most) =>
        name is not null && most is not null && _held.GetValueOrDefault(name) >= most;

    private void Count(string? name, int step)
    {
        if (name is not null && (_held[name] = _held.GetValueOrDefault(name) + step) == 0)
        {
            _held.Remove(name);
        }
    }

    private void CompleteIfEmpty()
    {
        if (_ending.IsCancellationRequested && _taken == 0)
        {
            _empty.TrySetResult();
        }
    }

    private static RefusalException Full(string reason, string detail) =>
        new(Problem.Of(reason, detail) with { RetryAfter = 10 });

    private sealed class Place : IDisposable
    {
        private readonly MicrophoneDesk _desk;
        private readonly string? _holder;
        private readonly string? _key;

        public Place(MicrophoneDesk desk, string? holder, string? key)
        {
            (_desk, _holder, _key) = (desk, holder, key);
            desk.Enter(holder, key);
        }

        public void Dispose() => _desk.Leave(_holder, _key);
    }
}
