using System.Net.WebSockets;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Microphone;

/// <summary>
/// One live check from its first sample to its last figures: receives, writes down, and sees to the limits. Figures are
/// worked out beside it (<see cref="MicrophoneUpdates"/>).
/// </summary>
internal sealed class MicrophoneSession : IDisposable
{
    private readonly MicrophoneLine _line;
    private readonly MicrophoneOptions _options;
    private readonly MicrophoneCapture _capture;
    private readonly MicrophoneUpdates _updates;
    private readonly long _began;
    private readonly long _mostBytes;
    private long _heard;
    private volatile bool _isStopped;
    private Task _goodbye = Task.CompletedTask;
    private int _isFailed;

    /// <summary>Prepares it.</summary>
    /// <param name="socket">The connection; whoever made it disposes of it.</param>
    /// <param name="format">How the sound comes.</param>
    /// <param name="options">What it may take.</param>
    /// <param name="inspector">Works out figures.</param>
    /// <param name="desk">What becomes of the recording, and what is told of it.</param>
    /// <exception cref="IOException">There is no space.</exception>
    public MicrophoneSession(
        WebSocket socket,
        MicrophoneFormat format,
        MicrophoneOptions options,
        MicrophoneInspector inspector,
        MicrophoneDesk desk)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(desk);
        _options = options;
        _capture = new MicrophoneCapture(format);
        _line = new MicrophoneLine(socket);
        double longest = Math.Min(MicrophoneOptions.LongestS * format.Rate, options.MostBytes / format.FrameBytes);
        _mostBytes = (long)longest * format.FrameBytes;
        _began = _heard = options.Time.GetTimestamp();
        _updates = new MicrophoneUpdates(_capture, _line, options, inspector)
        {
            LimitS = LimitS,
            Keep = desk.Keep,
            Shown = desk.Shown,
            Fail = Fail,
        };
    }

    /// <summary>Why it did not come to its last figures; null if it did, or the client ended it.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>The last figures.</summary>
    public ClipReport? Report => _updates.Report;

    /// <summary>Bytes of sound that came.</summary>
    public long Bytes => _capture.Bytes;

    private double LimitS => (double)_mostBytes / _capture.Format.FrameBytes / _capture.Format.Rate;

    /// <summary>Runs it to its end.</summary>
    /// <param name="ending">Cancelled when the server ends.</param>
    public async Task RunAsync(CancellationToken ending)
    {
        TimeSpan often = _options.Idle / 4;
        ITimer clock = _options.Time.CreateTimer(_ => CheckTime(), null, often, often);
        await using (clock.ConfigureAwait(false))
        {
            using CancellationTokenRegistration end = ending.Register(
                () => Fail(HttpReasons.Draining, "This server ends; try another one."));
            try
            {
                MicrophoneKind kind;
                while ((kind = await _line.ReceiveAsync().ConfigureAwait(false)) != MicrophoneKind.End)
                {
                    if (!_line.IsEnded && !_isStopped)
                    {
                        Handle(kind);
                    }
                }
            }
            finally
            {
                await _updates.EndAsync().ConfigureAwait(false);
                await _goodbye.ConfigureAwait(false);
                await _line.EndAsync(WebSocketCloseStatus.NormalClosure).ConfigureAwait(false);
            }
        }
    }

    public void Dispose()
    {
        _updates.Dispose();
        _line.Dispose();
        _capture.Dispose();
    }

    private void Handle(MicrophoneKind kind)
    {
        Interlocked.Exchange(ref _heard, _options.Time.GetTimestamp());
        switch (kind)
        {
            case MicrophoneKind.Sound:
                Hear(_line.Content.Span);
                break;
            case MicrophoneKind.Words:
                Obey(MicrophoneMessage.Read(_line.Content));
                break;
            default:
                Fail(
                    ReasonCodes.TooLarge,
                    $"A message holds at most {MicrophoneOptions.MostFrameBytes} bytes; send smaller blocks.");
                break;
        }
    }

    private void Obey(MicrophoneOrder order)
    {
        switch (order)
        {
            case MicrophoneOrder.Stop:
                _isStopped = true;
                _updates.Finish();
                break;
            case MicrophoneOrder.Discard:
                _isStopped = true;
                _goodbye = _line.EndAsync(WebSocketCloseStatus.NormalClosure);
                break;
            default:
                Fail(HttpReasons.BadBody, "Words are {\"do\":\"stop\"} and {\"do\":\"discard\"}.");
                break;
        }
    }

    private void Hear(ReadOnlySpan<byte> sound)
    {
        MicrophoneFormat format = _capture.Format;
        if (sound.Length % format.FrameBytes != 0)
        {
            Fail(HttpReasons.BadBody, $"A block is whole samples of {format.Channels} channels, 4 bytes each.");
            return;
        }

        if (_capture.Bytes + sound.Length > _mostBytes)
        {
            Fail(
                ReasonCodes.TooLong,
                FormattableString.Invariant($"A check lasts at most {LimitS:0.#} s; say stop before."));
            return;
        }

        try
        {
            _capture.Append(sound);
        }
        catch (IOException)
        {
            Fail(ReasonCodes.NoSpace, "The server is short of space; try again later.");
            return;
        }

        _updates.BeginIfDue();
    }

    private void CheckTime()
    {
        bool isIdle = !_isStopped && _options.Time.GetElapsedTime(Interlocked.Read(ref _heard)) > _options.Idle;
        TimeSpan longest = TimeSpan.FromSeconds(MicrophoneOptions.LongestS) + _options.Grace;
        if (isIdle || _options.Time.GetElapsedTime(_began) > longest)
        {
            Fail(HttpReasons.SlowBody, "Too little sound came; the microphone was let go.");
        }
    }

    private void Fail(string reason, string detail) => Fail(Problem.Of(reason, detail));

    // The first reason counts; whoever receives goes on until the client has closed its side.
    private void Fail(Problem problem)
    {
        if (Interlocked.Exchange(ref _isFailed, 1) == 0)
        {
            Problem = problem;
            _goodbye = TellAsync(problem);
        }
    }

    private async Task TellAsync(Problem problem)
    {
        await _line.SendAsync(MicrophoneMessage.Write(problem)).ConfigureAwait(false);
        await _line.EndAsync(problem.Answer.Reason switch
        {
            ReasonCodes.TooLarge or ReasonCodes.TooLong => WebSocketCloseStatus.MessageTooBig,
            HttpReasons.Draining => WebSocketCloseStatus.EndpointUnavailable,
            HttpReasons.BadBody => WebSocketCloseStatus.InvalidPayloadData,
            _ => WebSocketCloseStatus.PolicyViolation,
        }).ConfigureAwait(false);
    }
}
